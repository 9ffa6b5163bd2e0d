import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrate } from './migrate.ts';
import type { Migration } from './migration.ts';
import { hasSqlState, sqlState } from './sql-state.ts';

/**
 * Databases for integration tests: a migrated template is made once for each set of migrations, and every spec file
 * works in a copy of its own, so that nothing one file leaves behind is seen by another.
 */
export interface TestDatabase {
  /** Of the login user, who owns the tables. */
  readonly url: string;
  readonly name: string;
  /** Closes whatever is still connected. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  readonly migrations: readonly Migration[];
  /** @default process.env.CONSILIUM_TEST_DATABASE_URL */
  readonly serverUrl?: string;
}

const serverVariable = 'CONSILIUM_TEST_DATABASE_URL';

/** 'cons' 'tmpl': one template is made at a time on a server. */
const templateLock = [0x636f6e73, 0x746d706c] as const;

export function testServerUrl(): string {
  const url = process.env[serverVariable];
  if (url === undefined || url === '') {
    throw new Error(`${serverVariable} is not set: integration tests run by \`npm test\`, or give it a server's URL`);
  }
  return url;
}

export async function createTestDatabase(options: TestDatabaseOptions): Promise<TestDatabase> {
  const serverUrl = options.serverUrl ?? testServerUrl();
  const template = await ensureTemplate(serverUrl, options.migrations);
  const name = `consilium_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, async (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return {
    url: urlOfDatabase(serverUrl, name),
    name,
    drop: async () => {
      await onServer(serverUrl, async (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** The same server, another database. */
export function urlOfDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/**
 * A half-made template keeps its working name, so a crash never leaves one under the name that is copied. Sessions on
 * a template would make copying fail: only its making connects to it.
 */
async function ensureTemplate(serverUrl: string, migrations: readonly Migration[]): Promise<string> {
  const template = `consilium_template_${checksumOfAll(migrations)}`;
  const unfinished = `${template}_unfinished`;
  await onServer(serverUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1, $2)', [...templateLock]);
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
    if (found.rowCount === 1) return;
    await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${unfinished}`);
    await migrate({ url: urlOfDatabase(serverUrl, unfinished), migrations });
    await renameWhenFree(client, unfinished, template);
  });
  return template;
}

/** The server may take a moment to notice that the migrating session has ended. */
async function renameWhenFree(client: pg.Client, from: string, to: string): Promise<void> {
  const attempts = 50;
  const pauseMs = 20;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`ALTER DATABASE ${from} RENAME TO ${to}`);
      return;
    } catch (error) {
      if (attempt === attempts || !hasSqlState(error, sqlState.objectInUse)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

function checksumOfAll(migrations: readonly Migration[]): string {
  const hash = createHash('sha256');
  for (const { name, checksum } of migrations) hash.update(`${name} ${checksum}\n`);
  return hash.digest('hex').slice(0, 16);
}

async function onServer(serverUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl, application_name: 'consilium-test' });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
