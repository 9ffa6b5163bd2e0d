import type { Database } from '@consilium/postgres';
import type { SystemUnderTest } from '../harness/system-under-test.ts';

export interface CheckedSystem {
  readonly system: Pick<SystemUnderTest, 'databaseUrl' | 'environment' | 'topicPrefix'>;
  readonly kafkaBrokers: string;
  /** As the owner of the tables, who sees every organisation. */
  readonly database: Database;
}
