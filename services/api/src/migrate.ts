import { destroyKeysOfErased, eventStoreMigrations } from '@consilium/event-store';
import { Database, migrate } from '@consilium/postgres';
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
  const owner = new Database({ url, applicationName: 'consilium-migrate', poolSize: 1 });
  try {
    const destroyed = await destroyKeysOfErased(owner);
    if (destroyed > 0) logger.warn({ destroyed }, 'keys of erased subjects had come back, and were destroyed again');
  } finally {
    await owner.close();
  }
} catch (error) {
  logger.fatal({ error }, 'the database could not be brought up to date');
  process.exitCode = 1;
}
