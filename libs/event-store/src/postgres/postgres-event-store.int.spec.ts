import { afterAll, beforeAll } from '@jest/globals';
import { describeEventStore } from '../contract/event-store-contract.spec.ts';
import { openPostgresJournal } from './postgres-journal-fixture.spec.ts';
import type { PostgresJournal } from './postgres-journal-fixture.spec.ts';

let journal: PostgresJournal;

beforeAll(async () => {
  journal = await openPostgresJournal();
});

afterAll(async () => {
  await journal.close();
});

describeEventStore('PostgresEventStore', () => journal);
