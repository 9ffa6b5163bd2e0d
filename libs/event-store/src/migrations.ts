import { readMigrations } from '@consilium/postgres';
import type { Migration } from '@consilium/postgres';

/** The schemas `journal` and `vault`. */
export const eventStoreMigrations = async (): Promise<readonly Migration[]> =>
  readMigrations('event-store', new URL('../sql/', import.meta.url));
