import {
  countReadersLeft,
  findUnansweredReadsCompleted,
  findUnscored,
  goldScoresOf,
  PostgresEventStore,
} from '@consilium/event-store';
import {
  consensusQueue,
  gaugeJobCounts,
  jobMetrics,
  type JobQueue,
  JobWorkers,
  type QueueDefinition,
  RedisJobQueue,
  scoringQueue,
  toBoundHandler,
} from '@consilium/jobs';
import { consensusJobOf, scoringCauses, scoringJobOf } from '@consilium/contracts';
import { connectKafka } from '@consilium/messaging';
import type { EventSubscription } from '@consilium/messaging';
import { Database } from '@consilium/postgres';
import { createMetrics, HealthRegistry } from '@consilium/runtime';
import type { Logger, Registry } from '@consilium/runtime';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { QualityConfig } from './config.ts';
import { ConsensusRecorder } from './consensus/consensus-recorder.ts';
import { ProjectProtocols } from './consensus/project-protocols.ts';
import { type CaseWork, caseWork } from './intake/case-work.ts';
import { Reconcile } from './intake/reconcile.ts';
import { DriftWatch } from './scores/drift-watch.ts';
import { ScoreRecorder } from './scores/score-recorder.ts';
import { OperationsController } from './platform/operations.controller.ts';
import { QualityMetrics } from './platform/quality-metrics.ts';
import {
  CONFIG,
  DATABASE,
  HEALTH,
  LOGGER,
  METRICS,
  QUALITY_METRICS,
  RECONCILE,
  SUBSCRIPTION,
  WORKERS,
  WORKS,
} from './platform/tokens.ts';

const service = 'quality';
/** A partition that has heard nothing for this long has lost its brokers, not merely its news. */
const longestSilenceMs = 60_000;

/** The whole service, from what it is given to what it does. */
@Module({})
export class QualityModule {
  static of(config: QualityConfig, logger: Logger): DynamicModule {
    return {
      module: QualityModule,
      controllers: [OperationsController],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: HEALTH, useFactory: () => new HealthRegistry() },
        { provide: METRICS, useFactory: () => createMetrics(service) },
        {
          provide: QUALITY_METRICS,
          useFactory: (registry: Registry) => new QualityMetrics(registry),
          inject: [METRICS],
        },
        { provide: DATABASE, useFactory: openDatabase, inject: [CONFIG, LOGGER, HEALTH] },
        { provide: SUBSCRIPTION, useFactory: openSubscription, inject: [CONFIG, LOGGER, HEALTH] },
        { provide: WORKS, useFactory: openWorks, inject: [CONFIG, LOGGER, METRICS, DATABASE] },
        {
          provide: WORKERS,
          useFactory: makeWorkers,
          inject: [CONFIG, LOGGER, DATABASE, METRICS, QUALITY_METRICS, HEALTH],
        },
        { provide: RECONCILE, useFactory: makeReconcile, inject: [WORKS, QUALITY_METRICS, LOGGER] },
      ],
    };
  }
}

function openDatabase(config: QualityConfig, logger: Logger, health: HealthRegistry): Database {
  const database = new Database({
    url: config.databaseUrl,
    role: 'consilium_quality',
    applicationName: 'consilium-quality',
    // One for each job of both queues, one for reconcile, one for health.
    poolSize: 2 * config.concurrency + 2,
    onIdleError: (error) => {
      logger.info({ error }, 'a database connection was lost');
    },
  });
  health.add('ready', 'database', async () => {
    await database.query({ text: 'SELECT 1' });
  });
  return database;
}

function openSubscription(config: QualityConfig, logger: Logger, health: HealthRegistry): EventSubscription {
  const messaging = connectKafka({ brokers: config.kafkaBrokers, clientId: 'consilium-quality', logger });
  const subscription = messaging.subscription();
  health.add('ready', 'kafka', () => {
    const { state, joined, silentMs, failing } = subscription.health();
    if (state !== 'running' || !joined) throw new Error(`the subscription is ${state}`);
    if (silentMs > longestSilenceMs) throw new Error(`Kafka is silent for ${silentMs} ms`);
    if (failing.length > 0) throw new Error(`${failing.length} partitions cannot move on`);
  });
  return subscription;
}

function openWorks(config: QualityConfig, logger: Logger, metrics: Registry, database: Database): readonly CaseWork[] {
  const { redisUrl: url, prefix } = config;
  const open = <Payload>(queue: QueueDefinition<Payload>): RedisJobQueue<Payload> =>
    new RedisJobQueue(queue, { url, prefix, connectionName: 'consilium-quality-intake', logger });
  const [consensus, scoring] = [open(consensusQueue), open(scoringQueue)];
  gaugeJobCounts(
    metrics,
    new Map<string, Pick<JobQueue<unknown>, 'counts'>>([
      [consensusQueue.name, consensus],
      [scoringQueue.name, scoring],
    ]),
  );
  return [
    caseWork({
      causes: ['readsCompleted'],
      jobs: consensus,
      jobOf: consensusJobOf,
      findUnanswered: async (query) => findUnansweredReadsCompleted(database, query),
    }),
    caseWork({
      causes: scoringCauses,
      jobs: scoring,
      jobOf: scoringJobOf,
      findUnanswered: async (query) => findUnscored(database, query),
    }),
  ];
}

function makeWorkers(
  config: QualityConfig,
  logger: Logger,
  database: Database,
  metrics: Registry,
  observer: QualityMetrics,
  health: HealthRegistry,
): JobWorkers {
  const store = new PostgresEventStore(database);
  const protocols = new ProjectProtocols(store);
  const drift = new DriftWatch(store, async (query) => goldScoresOf(database, query), observer);
  const scores = new ScoreRecorder(store, protocols, drift, observer);
  const recorder = new ConsensusRecorder(
    store,
    protocols,
    async (query) => countReadersLeft(database, query),
    observer,
  );
  const workers = new JobWorkers({
    url: config.redisUrl,
    prefix: config.prefix,
    connectionName: 'consilium-quality-worker',
    logger,
    queues: [consensusQueue, scoringQueue],
    handlers: [
      toBoundHandler({ queue: consensusQueue, handle: async (job) => recorder.record(job) }),
      toBoundHandler({ queue: scoringQueue, handle: async (job) => scores.record(job) }),
    ],
    concurrency: config.concurrency,
    mode: config.mode,
    metrics: jobMetrics(metrics),
  });
  health.add('ready', 'redis', async () => workers.ping());
  return workers;
}

const makeReconcile = (works: readonly CaseWork[], observer: QualityMetrics, logger: Logger): Reconcile =>
  new Reconcile({ works, observer, logger });
