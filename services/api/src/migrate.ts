import { eventStoreMigrations } from '@consilium/event-store';
import { migrate } from '@consilium/postgres';
import { readModelMigrations } from '@consilium/read-model';
import { createLogger } from '@consilium/runtime';
import { readDatabaseUrl } from './config.ts';

/* Brings the database up to date and ends: 0 when it is, 1 when it could not be done. Services start after it. */

const logger = createLogger({ service: 'migrate' });
try {
  const url = readDatabaseUrl();
  const migrations = [...(await eventStoreMigrations()), ...(await readModelMigrations())];
  const { applied, alreadyApplied } = await migrate({ url, migrations });
  logger.info({ applied, alreadyApplied: alreadyApplied.length }, 'the database is up to date');
} catch (error) {
  logger.fatal({ error }, 'the database could not be brought up to date');
  process.exitCode = 1;
}
