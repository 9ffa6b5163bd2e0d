import { Database } from '@consilium/postgres';
import type { DatabaseRole } from '@consilium/postgres';
import { createTestDatabase } from '@consilium/postgres/testing';
import type { Journal } from '../contract/journal-fixture.spec.ts';
import { eventStoreMigrations } from '../migrations.ts';
import { PostgresEventStore } from './postgres-event-store.ts';
import { PostgresLogReader } from './postgres-log-reader.ts';
import { PostgresRelayLease } from './postgres-relay-lease.ts';
import { PostgresSealStore } from './postgres-seal-store.ts';
import { PostgresSequencer } from './postgres-sequencer.ts';

export interface PostgresJournal extends Journal {
  readonly url: string;
  /** The pool that the store works on, as consilium_api. */
  readonly api: Database;
  readonly relay: Database;
  /** A pool of its own, closed with the rest; without a role it is the owner's. */
  connect(role?: DatabaseRole): Database;
  close(): Promise<void>;
}

/** A fresh database with the roles as the services use them. */
export async function openPostgresJournal(): Promise<PostgresJournal> {
  const testDatabase = await createTestDatabase({ migrations: await eventStoreMigrations() });
  const pools: Database[] = [];
  const connect = (role?: DatabaseRole): Database => {
    const options = { url: testDatabase.url, applicationName: 'consilium-test', poolSize: 16 };
    const pool = new Database(role === undefined ? options : { ...options, role });
    pools.push(pool);
    return pool;
  };
  const [api, relay] = [connect('consilium_api'), connect('consilium_relay')];
  return {
    store: new PostgresEventStore(api),
    sequencer: new PostgresSequencer(relay),
    log: new PostgresLogReader(relay),
    lease: new PostgresRelayLease(relay),
    seals: new PostgresSealStore(relay),
    url: testDatabase.url,
    api,
    relay,
    connect,
    close: async () => {
      await Promise.all(pools.map((pool) => pool.close()));
      await testDatabase.drop();
    },
  };
}
