import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventStoreMigrations } from '@consilium/event-store';
import { createTestDatabase, type TestDatabase } from '@consilium/postgres/testing';
import { readModelMigrations } from '@consilium/read-model';
import { describeSchema } from './describe-schema.ts';

/** Write it anew with CONSILIUM_WRITE_SCHEMA=1 npm run test:integration -- tests/schema */
const committed = new URL('../../docs/schema.txt', import.meta.url);

describe('the schema that all migrations make', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase({
      migrations: [...(await eventStoreMigrations()), ...(await readModelMigrations())],
    });
  });

  afterAll(async () => {
    await database.drop();
  });

  it('is the one in docs/schema.txt, so that a change of it is read by a person', async () => {
    const schema = await describeSchema(database.url);
    if (process.env['CONSILIUM_WRITE_SCHEMA'] === '1') writeFileSync(committed, schema);
    expect(schema).toEqual(readFileSync(committed, 'utf8'));
  });
});
