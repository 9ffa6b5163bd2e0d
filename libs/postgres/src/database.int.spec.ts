import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from './database.ts';
import { isTransient } from './is-transient.ts';
import { checksumOf } from './migration.ts';
import { TransactionRolledBack } from './queryable.ts';
import { readInteger } from './row.ts';
import { hasSqlState, sqlState } from './sql-state.ts';
import { createTestDatabase } from './test-database.ts';
import type { TestDatabase } from './test-database.ts';

const ana = '11111111-1111-4111-8111-111111111111';
const ben = '22222222-2222-4222-8222-222222222222';
const sql = `
  CREATE TABLE public.note (id integer PRIMARY KEY, organisation uuid NOT NULL);
  ALTER TABLE public.note ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own ON public.note TO consilium_api
    USING (organisation = nullif(current_setting('consilium.organisation', true), '')::uuid);
  GRANT SELECT, INSERT ON public.note TO consilium_api;
  INSERT INTO public.note VALUES (1, '${ana}'), (2, '${ben}');`;

let testDatabase: TestDatabase;
let database: Database;
let admin: Database;
const idleErrors: Error[] = [];

beforeAll(async () => {
  testDatabase = await createTestDatabase({
    migrations: [{ name: 'test/000001-note', sql, checksum: checksumOf(sql) }],
  });
  const options = { url: testDatabase.url, applicationName: 'consilium-test', poolSize: 2 };
  database = new Database({ ...options, role: 'consilium_api', onIdleError: (error) => idleErrors.push(error) });
  admin = new Database(options);
});

afterAll(async () => {
  await Promise.all([database.close(), admin.close()]);
  await testDatabase.drop();
});

const idsSeen = async (organisation?: string): Promise<readonly number[]> => {
  const session = organisation === undefined ? database : database.forOrganisation(organisation);
  const rows = await session.query({ name: 'ids', text: 'SELECT note.id FROM public.note ORDER BY note.id' });
  return rows.map((row) => readInteger(row, 'id'));
};

describe('the organisation of a session', () => {
  it('stays with its own statements, however connections are shared', async () => {
    const asked = Array.from({ length: 60 }, (_, index) => [ana, ben, undefined][index % 3]);
    const seen = await Promise.all(asked.map(async (organisation) => idsSeen(organisation)));
    expect(seen).toEqual(asked.map((organisation) => (organisation === ana ? [1] : organisation === ben ? [2] : [])));
  });

  it('survives a transaction that was rolled back, in either direction', async () => {
    await expect(
      database.forOrganisation(ana).transaction(async (transaction) => {
        await transaction.query({ text: 'SELECT 1 / 0' });
      }),
    ).rejects.toThrow();
    expect(await idsSeen(ana)).toEqual([1]);
    expect(await idsSeen(ben)).toEqual([2]);
    expect(await idsSeen()).toEqual([]);
  });

  it('is enforced on what is written', async () => {
    const insert = { text: 'INSERT INTO public.note VALUES (3, $1)', values: [ben] };
    const refused = await database
      .forOrganisation(ana)
      .execute(insert)
      .catch((error: unknown) => error);
    expect(hasSqlState(refused, sqlState.insufficientPrivilege)).toBe(true);
  });
});

describe('a transaction', () => {
  const insert = (id: number) => ({ text: 'INSERT INTO public.note VALUES ($1, $2)', values: [id, ana] });

  it('leaves nothing behind when it fails', async () => {
    const session = database.forOrganisation(ana);
    const failed = session.transaction(async (transaction) => {
      await transaction.execute(insert(10));
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await idsSeen(ana)).toEqual([1]);
  });

  it('goes on after a failed savepoint, without its statements', async () => {
    const session = database.forOrganisation(ana);
    await session.transaction(async (transaction) => {
      await transaction.execute(insert(20));
      const inner = transaction.savepoint(async () => {
        await transaction.execute(insert(21));
        await transaction.savepoint(async () => transaction.execute(insert(20)));
      });
      await expect(inner).rejects.toThrow(/duplicate key/);
      await transaction.execute(insert(22));
    });
    expect(await idsSeen(ana)).toEqual([1, 20, 22]);
  });

  it('says so when a swallowed failure turned its commit into a rollback', async () => {
    const swallowing = database.forOrganisation(ana).transaction(async (transaction) => {
      await transaction.execute(insert(30));
      await transaction.query({ text: 'SELECT 1 / 0' }).catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow(TransactionRolledBack);
    expect(await idsSeen(ana)).not.toContain(30);
  });
});

describe('a database that loses its connections', () => {
  const terminateAll = async (): Promise<void> => {
    await admin.query({
      text: `SELECT pg_terminate_backend(activity.pid) FROM pg_stat_activity AS activity
        WHERE activity.datname = current_database() AND activity.pid <> pg_backend_pid()`,
    });
  };

  const whenPassed = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isTransient(error)) throw error;
      }
    }
  };

  it('fails as transient under way, and works again without help', async () => {
    const sleeping = database.query({ text: 'SELECT pg_sleep(60)' }).catch((error: unknown) => error);
    const busy = { text: "SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)' AND state = 'active'" };
    while ((await admin.query(busy)).length === 0);
    await terminateAll();
    expect(isTransient(await sleeping)).toBe(true);
    // Each connection of the pool may tell once that it died.
    expect(await whenPassed(async () => idsSeen(ana))).toContain(1);
  });

  it('fails as transient only, however close one query follows the other', async () => {
    const failures: unknown[] = [];
    const ended = new AbortController();
    const querying = (async () => {
      while (!ended.signal.aborted)
        await database.query({ text: 'SELECT 1' }).catch((error: unknown) => failures.push(error));
    })();
    for (let time = 0; time < 20; time += 1) await terminateAll();
    ended.abort();
    await querying;
    expect(failures.filter((error) => !isTransient(error))).toEqual([]);
    expect(failures.length).toBeGreaterThan(0);
    expect(await whenPassed(async () => database.query({ text: 'SELECT 1 AS one' }))).toEqual([{ one: 1 }]);
  });

  it('replaces idle connections that died, and tells', async () => {
    await idsSeen(ana);
    const before = idleErrors.length;
    await terminateAll();
    while (idleErrors.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await whenPassed(async () => idsSeen(ben))).toEqual([2]);
  });

  it('reports an unreachable server as transient', async () => {
    const nowhere = new Database({ url: 'postgres://nobody@127.0.0.1:1/x', applicationName: 'test' });
    const failed = await nowhere.query({ text: 'SELECT 1' }).catch((error: unknown) => error);
    expect(isTransient(failed)).toBe(true);
    await nowhere.close();
  });
});

describe('values and limits', () => {
  it('end a statement that runs too long', async () => {
    const impatient = new Database({ url: testDatabase.url, applicationName: 'test', statementTimeoutMs: 50 });
    const failed = await impatient.query({ text: 'SELECT pg_sleep(60)' }).catch((error: unknown) => error);
    expect(hasSqlState(failed, sqlState.queryCanceled)).toBe(true);
    expect(await impatient.query({ text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
    await impatient.close();
  });

  it('read instants as text and big numbers as numbers', async () => {
    const [row] = await admin.query({
      text: "SELECT 9007199254740991::bigint AS large, timestamptz '2026-01-01 00:00:00Z' AS instant",
    });
    expect(row).toMatchObject({ large: Number.MAX_SAFE_INTEGER });
    expect(typeof row?.['instant']).toBe('string');
    await expect(admin.query({ text: 'SELECT 9007199254740992::bigint' })).rejects.toThrow(RangeError);
  });
});
