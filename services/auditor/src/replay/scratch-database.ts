import { randomUUID } from 'node:crypto';
import { eventStoreMigrations } from '@consilium/event-store';
import { Database, migrate } from '@consilium/postgres';
import { readModelMigrations } from '@consilium/read-model';

export interface ScratchDatabase {
  readonly name: string;
  readonly url: string;
  /** As consilium_projector. */
  readonly database: Database;
  /** Closes what is connected from here, and leaves the database. */
  close(): Promise<void>;
  /** Closes, and removes the database. */
  drop(): Promise<void>;
}

/**
 * A database of its own on that server, with the tables of this version, empty. The login user must be allowed to make
 * databases. A process that is killed leaves it behind: its name begins with `consilium_replay_`.
 */
export async function makeScratchDatabase(serverUrl: string): Promise<ScratchDatabase> {
  const name = `consilium_replay_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const server = new Database({ url: serverUrl, applicationName: 'consilium-auditor', poolSize: 1 });
  await server.execute({ text: `CREATE DATABASE ${name}` }).finally(async () => server.close());
  const url = urlOf(serverUrl, name);
  await migrate({ url, migrations: [...(await eventStoreMigrations()), ...(await readModelMigrations())] });
  const database = new Database({
    url,
    role: 'consilium_projector',
    applicationName: 'consilium-auditor',
    poolSize: 4,
    statementTimeoutMs: 10 * 60_000,
  });
  const close = async (): Promise<void> => database.close();
  return {
    name,
    url,
    database,
    close,
    drop: async () => {
      await close();
      const again = new Database({ url: serverUrl, applicationName: 'consilium-auditor', poolSize: 1 });
      await again.execute({ text: `DROP DATABASE IF EXISTS ${name} WITH (FORCE)` }).finally(async () => again.close());
    },
  };
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
