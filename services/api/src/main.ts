import {
  armFailpoint,
  collectSeldom,
  ConfigError,
  createLogger,
  parentWatch,
  ShutdownSequence,
} from '@consilium/runtime';
import { readApiConfig } from './config.ts';
import type { ApiConfig } from './config.ts';
import { startApi } from './start-api.ts';

async function start(config: ApiConfig): Promise<void> {
  const logger = createLogger({ service: 'api', level: config.logLevel });
  const shutdown = new ShutdownSequence({ logger });
  shutdown.listen();
  collectSeldom();
  if (config.exitWithParent) parentWatch({ onParentGone: () => void shutdown.start('the parent is gone', 0) });
  const api = await startApi(config, logger);
  for (const { name, run } of api.steps) shutdown.add(name, run);
  logger.info({ port: api.port }, 'listening');
}

try {
  armFailpoint(process.env);
  await start(readApiConfig(process.env));
} catch (error) {
  process.stderr.write(error instanceof ConfigError ? `${error.message}\n` : `api: ${String(error)}\n`);
  process.exit(1);
}
