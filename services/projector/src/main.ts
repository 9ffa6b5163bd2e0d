import 'reflect-metadata';
import type { EventTopics } from '@consilium/messaging';
import type { Database } from '@consilium/postgres';
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
import { Logger as NestLog } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readProjectorConfig } from './config.ts';
import type { ProjectorConfig } from './config.ts';
import { NestLogger } from './platform/nest-logger.ts';
import { DATABASE, HEALTH, PROJECTOR, TOPICS } from './platform/tokens.ts';
import type { Projector } from './projecting/projector.ts';
import { ProjectorModule } from './projector.module.ts';

async function start(config: ProjectorConfig): Promise<void> {
  const logger = createLogger({ service: 'projector', level: config.logLevel });
  const shutdown = new ShutdownSequence({ logger });
  shutdown.listen();
  collectSeldom();
  giveWay(waysToGive.showing);
  if (config.exitWithParent) parentWatch({ onParentGone: () => void shutdown.start('the parent is gone', 0) });

  NestLog.overrideLogger(new NestLogger(logger));
  const app = await NestFactory.create<NestFastifyApplication>(
    ProjectorModule.of(config, logger),
    new FastifyAdapter(),
  );
  const health = app.get<HealthRegistry>(HEALTH);
  const database = app.get<Database>(DATABASE);
  const topics = app.get<EventTopics>(TOPICS);
  const projector = app.get<Projector>(PROJECTOR);
  await app.listen(config.port, config.host);

  const stopping = new AbortController();
  const running = projector.run(stopping.signal);
  shutdown.add('readiness', () => {
    health.stopping();
  });
  shutdown.add('projector', async () => {
    stopping.abort();
    // How it ended was reported where it ended.
    await Promise.allSettled([running]);
  });
  shutdown.add('http', async () => app.close());
  shutdown.add('kafka', async () => topics.close());
  shutdown.add('database', async () => database.close());
  running.catch((error: unknown) => void shutdown.fatal(error, 'the projector cannot go on'));

  const address = app.getHttpServer().address();
  logger.info({ port: typeof address === 'object' ? address?.port : undefined }, 'listening');
}

try {
  armFailpoint(process.env);
  await start(readProjectorConfig(process.env));
} catch (error) {
  process.stderr.write(error instanceof ConfigError ? `${error.message}\n` : `projector: ${String(error)}\n`);
  process.exit(1);
}
