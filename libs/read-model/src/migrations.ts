import { readMigrations } from '@consilium/postgres';
import type { Migration } from '@consilium/postgres';

/** The schema `read_model` and generation 1. They need the event store's migrations before them, in the same list. */
export const readModelMigrations = async (): Promise<readonly Migration[]> =>
  readMigrations('read-model', new URL('../sql/', import.meta.url));
