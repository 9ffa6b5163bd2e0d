import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Database, migrate, readInteger, readText } from '@consilium/postgres';
import { eventStoreMigrations } from '../../migrations.ts';

const run = promisify(execFile);

/** How a database was carried over. */
export type DumpMethod = 'pg_dump' | 'row by row';

/** Carries all data of one database into another, empty one, on another server; or all but the rows of the vault. */
export async function dumpAndRestore(
  sourceUrl: string,
  targetUrl: string,
  { withoutVault = false }: { readonly withoutVault?: boolean } = {},
): Promise<DumpMethod> {
  const source = new Database({ url: sourceUrl, applicationName: 'consilium-test' });
  const target = new Database({ url: targetUrl, applicationName: 'consilium-test' });
  try {
    if (await hasFittingDump(source)) {
      // Roles belong to the server, and a dump brings none.
      await migrate({ url: targetUrl, migrations: [] });
      await target.execute({ text: 'DROP SCHEMA consilium CASCADE' });
      await byDump(sourceUrl, targetUrl, withoutVault);
      return 'pg_dump';
    }
    await migrate({ url: targetUrl, migrations: await eventStoreMigrations() });
    await rowByRow(source, target, withoutVault ? ['journal'] : ['journal', 'vault']);
    return 'row by row';
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
}

/** pg_dump refuses servers that are newer than itself. */
async function hasFittingDump(source: Database): Promise<boolean> {
  const [row] = await source.query({ text: "SELECT current_setting('server_version_num')::int / 10000 AS major" });
  const version = await run('pg_dump', ['--version']).catch(() => ({ stdout: '' }));
  const major = Number(/(\d+)/.exec(version.stdout)?.[1] ?? 0);
  return row !== undefined && major >= readInteger(row, 'major');
}

async function byDump(sourceUrl: string, targetUrl: string, withoutVault: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'consilium-dump-'));
  const file = join(folder, 'dump.sql');
  const left = withoutVault ? ['--exclude-table-data', 'vault.*'] : [];
  await run('pg_dump', ['--dbname', sourceUrl, '--no-owner', ...left, '--file', file]);
  await run('psql', ['--dbname', targetUrl, '--quiet', '--set', 'ON_ERROR_STOP=1', '--file', file]);
  await rm(folder, { recursive: true });
}

/** What a dump holds: the rows of every table as text, and where the sequences stand. */
async function rowByRow(source: Database, target: Database, schemas: readonly string[]): Promise<void> {
  const tables = await source.query({
    text: "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = ANY ($1)",
    values: [schemas],
  });
  for (const table of tables) {
    const name = readText(table, 'name');
    const rows = await source.query({ text: `SELECT copied::text AS line FROM ${name} AS copied` });
    if (name === 'journal.head' || name === 'journal.relay') await target.execute({ text: `DELETE FROM ${name}` });
    await target.execute({
      text: `INSERT INTO ${name} SELECT (line::${name}).* FROM unnest($1::text[]) AS line`,
      values: [rows.map((row) => readText(row, 'line'))],
    });
  }
  const [sequence] = await source.query({ text: 'SELECT last_value, is_called FROM journal.pending_number' });
  await target.query({
    text: "SELECT setval('journal.pending_number', $1, $2)",
    values: [sequence?.['last_value'], sequence?.['is_called']],
  });
}
