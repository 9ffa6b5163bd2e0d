import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newAppend, newCaseStream, newEvent, newOrganisation, sequenceAll } from '../contract/journal-fixture.spec.ts';
import type { AppendRequest } from '../event-store.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { openPostgresJournal } from './postgres-journal-fixture.spec.ts';
import type { PostgresJournal } from './postgres-journal-fixture.spec.ts';

const organisation = newOrganisation();
let journal: PostgresJournal;

beforeAll(async () => {
  journal = await openPostgresJournal();
});

afterAll(async () => {
  await journal.close();
});

describe('a store that loses its connections', () => {
  it('says so, and stores every command once when it is repeated until answered', async () => {
    const owner = journal.connect();
    const cut = {
      text: `SELECT pg_terminate_backend(activity.pid) FROM pg_stat_activity AS activity
        WHERE activity.datname = current_database() AND activity.usename = current_user AND activity.pid <> pg_backend_pid()`,
    };
    let unavailable = 0;
    const untilAnswered = async (request: AppendRequest): Promise<string> => {
      for (;;) {
        try {
          return (await journal.store.append(request)).kind;
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) throw error;
          unavailable += 1;
        }
      }
    };

    const streams = Array.from({ length: 8 }, () => newCaseStream());
    const rounds = 40;
    const kinds = await Promise.all(
      streams.map(async (streamId, writer) => {
        const answered: string[] = [];
        for (let version = 0; version < rounds; version += 1) {
          if (writer === 0 && version % 4 === 0) await owner.query(cut);
          const write = { streamId, expectedVersion: version, events: [newEvent()] };
          answered.push(await untilAnswered(newAppend({ organisation, writes: [write] })));
        }
        return answered;
      }),
    );

    expect(unavailable).toBeGreaterThan(0);
    expect(kinds.flat().filter((kind) => kind !== 'appended' && kind !== 'repeated')).toEqual([]);
    const { streams: loaded } = await journal.store.load({ organisation, streams });
    expect([...loaded.values()].map(({ version }) => version)).toEqual(streams.map(() => rounds));
    await sequenceAll(journal);
    expect(await journal.log.lastGlobalSeq()).toBe(streams.length * rounds);
  });
});
