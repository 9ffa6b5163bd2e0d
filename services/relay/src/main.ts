import 'reflect-metadata';
import {
  armFailpoint,
  collectSeldom,
  ConfigError,
  createLogger,
  giveWay,
  parentWatch,
  ShutdownSequence,
  waysToGive,
} from '@consilium/runtime';
import type { HealthRegistry } from '@consilium/runtime';
import type { Database } from '@consilium/postgres';
import { Logger as NestLog } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readRelayConfig } from './config.ts';
import type { RelayConfig } from './config.ts';
import { NestLogger } from './platform/nest-logger.ts';
import { DATABASE, HEALTH, RELAY } from './platform/tokens.ts';
import type { Relay } from './publishing/relay.ts';
import { RelayModule } from './relay.module.ts';

async function start(config: RelayConfig): Promise<void> {
  const logger = createLogger({ service: 'relay', level: config.logLevel });
  const shutdown = new ShutdownSequence({ logger });
  shutdown.listen();
  collectSeldom();
  giveWay(waysToGive.showing);
  if (config.exitWithParent) parentWatch({ onParentGone: () => void shutdown.start('the parent is gone', 0) });

  NestLog.overrideLogger(new NestLogger(logger));
  const app = await NestFactory.create<NestFastifyApplication>(RelayModule.of(config, logger), new FastifyAdapter());
  const health = app.get<HealthRegistry>(HEALTH);
  const database = app.get<Database>(DATABASE);
  const relay = app.get<Relay>(RELAY);
  await app.listen(config.port, config.host);

  const stopping = new AbortController();
  const running = relay.run(stopping.signal);
  shutdown.add('readiness', () => health.stopping());
  shutdown.add('relay', async () => {
    stopping.abort();
    // How it ended was reported where it ended.
    await Promise.allSettled([running]);
  });
  shutdown.add('http', async () => app.close());
  shutdown.add('database', async () => database.close());
  running.catch((error: unknown) => void shutdown.fatal(error, 'the relay cannot go on'));

  const address = app.getHttpServer().address();
  logger.info({ port: typeof address === 'object' ? address?.port : undefined }, 'listening');
}

try {
  armFailpoint(process.env);
  await start(readRelayConfig(process.env));
} catch (error) {
  process.stderr.write(error instanceof ConfigError ? `${error.message}\n` : `relay: ${String(error)}\n`);
  process.exit(1);
}
