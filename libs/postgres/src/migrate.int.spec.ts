import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from './database.ts';
import { databaseRoles } from './database-options.ts';
import { migrate, MigrationChanged } from './migrate.ts';
import { checksumOf } from './migration.ts';
import type { Migration } from './migration.ts';
import { createTestDatabase } from './test-database.ts';
import type { TestDatabase } from './test-database.ts';

const migration = (name: string, sql: string): Migration => ({ name, sql, checksum: checksumOf(sql) });
const first = migration('a/000001-one', 'CREATE TABLE public.one (n integer); INSERT INTO public.one VALUES (1);');
const second = migration('a/000002-two', 'INSERT INTO public.one VALUES (2);');

let empty: TestDatabase;
let database: Database;

beforeEach(async () => {
  empty = await createTestDatabase({ migrations: [] });
  database = new Database({ url: empty.url, applicationName: 'consilium-test' });
});

afterEach(async () => {
  await database.close();
  await empty.drop();
});

const contents = async () => database.query({ text: 'SELECT one.n FROM public.one ORDER BY one.n' });

describe('migrate', () => {
  it('applies what is missing, in order, once', async () => {
    const { url } = empty;
    await expect(migrate({ url, migrations: [first] })).resolves.toEqual({ applied: [first.name], alreadyApplied: [] });
    await expect(migrate({ url, migrations: [first, second] })).resolves.toEqual({
      applied: [second.name],
      alreadyApplied: [first.name],
    });
    expect(await contents()).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('is run by one of several processes that start together', async () => {
    const reports = await Promise.all(
      Array.from({ length: 6 }, async () => migrate({ url: empty.url, migrations: [first, second] })),
    );
    expect(reports.filter(({ applied }) => applied.length === 2)).toHaveLength(1);
    expect(reports.filter(({ alreadyApplied }) => alreadyApplied.length === 2)).toHaveLength(5);
    expect(await contents()).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('refuses a migration that was applied in another form, and applies nothing then', async () => {
    await migrate({ url: empty.url, migrations: [first] });
    const changed = migration(first.name, 'SELECT 1');
    await expect(migrate({ url: empty.url, migrations: [changed, second] })).rejects.toThrow(MigrationChanged);
    expect(await contents()).toEqual([{ n: 1 }]);
  });

  it('leaves nothing of a migration that fails, and goes on from there when it is mended', async () => {
    const broken = migration(second.name, `${second.sql} SELECT 1 / 0;`);
    await expect(migrate({ url: empty.url, migrations: [first, broken] })).rejects.toThrow(/000002-two failed/);
    expect(await contents()).toEqual([{ n: 1 }]);
    await migrate({ url: empty.url, migrations: [first, second] });
    expect(await contents()).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('makes the roles of the services, without login', async () => {
    await migrate({ url: empty.url, migrations: [] });
    const rows = await database.query({
      text: 'SELECT rolname FROM pg_roles WHERE rolname = ANY ($1) AND NOT rolcanlogin AND NOT rolsuper AND NOT rolbypassrls',
      values: [databaseRoles],
    });
    expect(rows).toHaveLength(databaseRoles.length);
  });
});
