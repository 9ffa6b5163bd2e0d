import { connectKafka } from '@consilium/messaging';
import type { EventTopics, Messaging } from '@consilium/messaging';
import type { Database } from '@consilium/postgres';
import { createMetrics, HealthRegistry } from '@consilium/runtime';
import type { Logger, Registry } from '@consilium/runtime';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { ProjectorConfig } from './config.ts';
import { openDatabase } from './platform/open-database.ts';
import { OperationsController } from './platform/operations.controller.ts';
import { ProjectorState } from './platform/projector-state.ts';
import {
  CONFIG,
  DATABASE,
  HEALTH,
  LOGGER,
  MESSAGING,
  METRICS,
  PROJECTOR,
  PROJECTOR_STATE,
  TOPICS,
} from './platform/tokens.ts';
import { Projector } from './projecting/projector.ts';

const service = 'projector';

/** The whole service, from what it is given to what it does. */
@Module({})
export class ProjectorModule {
  static of(config: ProjectorConfig, logger: Logger): DynamicModule {
    return {
      module: ProjectorModule,
      controllers: [OperationsController],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: HEALTH, useFactory: () => new HealthRegistry() },
        { provide: METRICS, useFactory: () => createMetrics(service) },
        { provide: DATABASE, useFactory: openHealthyDatabase, inject: [CONFIG, LOGGER, HEALTH] },
        { provide: MESSAGING, useFactory: openKafka, inject: [CONFIG, LOGGER] },
        { provide: TOPICS, useFactory: (messaging: Messaging) => messaging.topics(), inject: [MESSAGING] },
        { provide: PROJECTOR_STATE, useFactory: openState, inject: [CONFIG, LOGGER, METRICS, DATABASE, TOPICS] },
        {
          provide: PROJECTOR,
          useFactory: makeProjector,
          inject: [CONFIG, LOGGER, DATABASE, MESSAGING, PROJECTOR_STATE, HEALTH],
        },
      ],
    };
  }
}

function openHealthyDatabase(config: ProjectorConfig, logger: Logger, health: HealthRegistry): Database {
  const database = openDatabase(config.databaseUrl, 'consilium-projector', logger);
  health.add('ready', 'database', async () => {
    await database.query({ text: 'SELECT 1' });
  });
  return database;
}

const openKafka = (config: ProjectorConfig, logger: Logger): Messaging =>
  connectKafka({ brokers: config.kafkaBrokers, clientId: 'consilium-projector', logger });

const openState = (
  config: ProjectorConfig,
  logger: Logger,
  registry: Registry,
  database: Database,
  topics: EventTopics,
): ProjectorState => new ProjectorState({ registry, database, topics, prefix: config.topicPrefix, logger });

/** A member of a group that has partitions to spare may hold none, and is ready all the same. */
function makeProjector(
  config: ProjectorConfig,
  logger: Logger,
  database: Database,
  messaging: Messaging,
  observer: ProjectorState,
  health: HealthRegistry,
): Projector {
  const projector = new Projector({
    session: database,
    messaging,
    prefix: config.topicPrefix,
    mostParkedStreams: config.mostParkedStreams,
    observer,
    logger,
  });
  health.add('ready', 'subscription', () => {
    const subscription = projector.health();
    if (subscription?.joined !== true) throw new Error('not a member of the group yet');
    const [failing] = subscription.failing;
    if (failing !== undefined) {
      throw new Error(`${failing.topic} ${String(failing.partition)} failed ${String(failing.attempts)} times`);
    }
  });
  health.add('live', 'subscription', () => {
    if (projector.health()?.state === 'failed') throw new Error('the subscription has ended');
  });
  return projector;
}
