/**
 * `node services/projector/dist/rebuild.js [--switch] [--drop-old]`: builds the views anew from Kafka, beside those that are
 * read. Reads the environment as the projector does. Progress goes to standard error, the result as one line of JSON to
 * standard output.
 */
import { parseArgs } from 'node:util';
import { connectKafka } from '@consilium/messaging';
import { collectSeldom, ConfigError, createLogger } from '@consilium/runtime';
import { readOwnConfig } from './config.ts';
import { openDatabase } from './platform/open-database.ts';
import { rebuildViews } from './rebuilding/rebuild-views.ts';

async function rebuild(): Promise<void> {
  collectSeldom();
  const { values } = parseArgs({
    options: { switch: { type: 'boolean', default: false }, 'drop-old': { type: 'boolean', default: false } },
  });
  const config = readOwnConfig();
  const logger = createLogger({ service: 'rebuild', level: config.logLevel, destination: process.stderr });
  const database = openDatabase(config.databaseUrl, 'consilium-rebuild', logger);
  try {
    const result = await rebuildViews({
      session: database,
      messaging: connectKafka({ brokers: config.kafkaBrokers, clientId: 'consilium-rebuild', logger }),
      prefix: config.topicPrefix,
      mostParkedStreams: config.mostParkedStreams,
      takeSwitch: values.switch,
      dropOld: values['drop-old'],
      logger,
      onProgress: (progress) => {
        logger.info(progress, 'rebuilding');
      },
    });
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } finally {
    await database.close();
  }
}

try {
  await rebuild();
} catch (error) {
  process.stderr.write(error instanceof ConfigError ? `${error.message}\n` : `rebuild: ${String(error)}\n`);
  process.exitCode = 1;
}
