import pg from 'pg';
import { ensureRoles } from './ensure-roles.ts';
import type { Migration } from './migration.ts';

/** A migration that was applied reads differently now: released migrations never change, a new one is added. */
export class MigrationChanged extends Error {
  override readonly name = 'MigrationChanged';
  readonly migration: string;

  constructor(migration: string) {
    super(`migration ${migration} was applied in another form; restore its text and add a new migration`);
    this.migration = migration;
  }
}

export interface MigrationReport {
  /** Names, in order. */
  readonly applied: readonly string[];
  readonly alreadyApplied: readonly string[];
}

export interface MigrateOptions {
  readonly url: string;
  /** In this order. */
  readonly migrations: readonly Migration[];
}

/** 'cons' 'mig1' as two 32 bit numbers: one migration at a time in a database. */
const migrationLock = [0x636f6e73, 0x6d696731] as const;

/**
 * Brings a database up to date. Each migration runs in a transaction of its own that records it first: a crash leaves
 * whole migrations only, and the next run goes on from there. Processes that start together wait for each other.
 * Migrations have no statement timeout: a large table may take its time.
 */
export async function migrate({ url, migrations }: MigrateOptions): Promise<MigrationReport> {
  const client = new pg.Client({ connectionString: url, application_name: 'consilium-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1, $2)', [...migrationLock]);
    await ensureRoles(client);
    await client.query(`
      CREATE SCHEMA IF NOT EXISTS consilium;
      CREATE TABLE IF NOT EXISTS consilium.migration (
        name text PRIMARY KEY,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
      );`);
    return await applyMissing(client, migrations);
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]): Promise<MigrationReport> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT migration.name, migration.checksum FROM consilium.migration',
  );
  const checksums = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of migrations) {
    const known = checksums.get(name);
    if (known !== undefined && known !== checksum) throw new MigrationChanged(name);
  }
  const missing = migrations.filter(({ name }) => !checksums.has(name));
  for (const migration of missing) await apply(client, migration);
  return {
    applied: missing.map(({ name }) => name),
    alreadyApplied: migrations.filter(({ name }) => checksums.has(name)).map(({ name }) => name),
  };
}

async function apply(client: pg.Client, { name, checksum, sql }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('INSERT INTO consilium.migration (name, checksum) VALUES ($1, $2)', [name, checksum]);
    await client.query(sql);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`migration ${name} failed`, { cause: error });
  }
}
