import 'reflect-metadata';
import type { JobWorkers } from '@consilium/jobs';
import type { EventSubscription } from '@consilium/messaging';
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
import { readQualityConfig } from './config.ts';
import type { QualityConfig } from './config.ts';
import type { CaseWork } from './intake/case-work.ts';
import type { Reconcile } from './intake/reconcile.ts';
import { NestLogger } from './platform/nest-logger.ts';
import type { QualityMetrics } from './platform/quality-metrics.ts';
import { DATABASE, HEALTH, QUALITY_METRICS, RECONCILE, SUBSCRIPTION, WORKERS, WORKS } from './platform/tokens.ts';
import { QualityModule } from './quality.module.ts';
import { Quality } from './quality.ts';

async function start(config: QualityConfig): Promise<void> {
  const logger = createLogger({ service: 'quality', level: config.logLevel });
  const shutdown = new ShutdownSequence({ logger });
  shutdown.listen();
  collectSeldom();
  giveWay(waysToGive.background);
  if (config.exitWithParent) parentWatch({ onParentGone: () => void shutdown.start('the parent is gone', 0) });

  NestLog.overrideLogger(new NestLogger(logger));
  const app = await NestFactory.create<NestFastifyApplication>(QualityModule.of(config, logger), new FastifyAdapter());
  const health = app.get<HealthRegistry>(HEALTH);
  const database = app.get<Database>(DATABASE);
  const onFatal = (error: unknown) => void shutdown.fatal(error, 'quality cannot go on');
  const quality = new Quality({
    prefix: config.prefix,
    subscription: app.get<EventSubscription>(SUBSCRIPTION),
    works: app.get<readonly CaseWork[]>(WORKS),
    workers: app.get<JobWorkers>(WORKERS),
    reconcile: app.get<Reconcile>(RECONCILE),
    observer: app.get<QualityMetrics>(QUALITY_METRICS),
    logger,
    onFatal,
  });
  await app.listen(config.port, config.host);
  shutdown.add('readiness', () => health.stopping());
  shutdown.add('quality', async () => quality.stop());
  shutdown.add('http', async () => app.close());
  shutdown.add('database', async () => database.close());
  quality.start().catch(onFatal);

  const address = app.getHttpServer().address();
  logger.info({ port: typeof address === 'object' ? address?.port : undefined }, 'listening');
}

try {
  armFailpoint(process.env);
  await start(readQualityConfig(process.env));
} catch (error) {
  process.stderr.write(error instanceof ConfigError ? `${error.message}\n` : `quality: ${String(error)}\n`);
  process.exit(1);
}
