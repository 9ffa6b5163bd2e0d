/**
 * `node services/relay/dist/recover-from-kafka.js`: reads back from Kafka what a database restored from a backup has lost. Reads
 * the environment as the relay does; DATABASE_URL must be of the owner of the tables. Everything else must be stopped.
 * docs/RECOVERY.md says when, and what to do afterwards. The result is one line of JSON on standard output.
 */
import { connectKafka } from '@consilium/messaging';
import { Database } from '@consilium/postgres';
import { createLogger } from '@consilium/runtime';
import { readOwnConfig } from './config.ts';
import { recoverLog } from './recovery/recover-log.ts';

try {
  const config = readOwnConfig();
  const logger = createLogger({ service: 'recovery', level: config.logLevel, destination: process.stderr });
  const database = new Database({ url: config.databaseUrl, applicationName: 'consilium-recovery', poolSize: 2 });
  try {
    const report = await recoverLog({
      database,
      messaging: connectKafka({ brokers: config.kafkaBrokers, clientId: 'consilium-recovery', logger }),
      prefix: config.topicPrefix,
      onProgress: (written, lost) => {
        logger.info({ written, lost }, 'recovering');
      },
    });
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } finally {
    await database.close();
  }
} catch (error) {
  process.stderr.write(`recover-from-kafka: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
