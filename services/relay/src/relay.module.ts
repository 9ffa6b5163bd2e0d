import { openAnchor } from '@consilium/anchor';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { PostgresLogReader, PostgresRelayLease, PostgresSealStore, PostgresSequencer } from '@consilium/event-store';
import { connectKafka } from '@consilium/messaging';
import type { Messaging } from '@consilium/messaging';
import { Database } from '@consilium/postgres';
import { createMetrics, HealthRegistry } from '@consilium/runtime';
import type { Logger, Registry } from '@consilium/runtime';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { RelayConfig } from './config.ts';
import { addBacklogMetrics } from './platform/backlog-metrics.ts';
import { OperationsController } from './platform/operations.controller.ts';
import { RelayState } from './platform/relay-state.ts';
import { CONFIG, DATABASE, HEALTH, LOGGER, MESSAGING, METRICS, RELAY, RELAY_STATE, SEALER } from './platform/tokens.ts';
import { Relay } from './publishing/relay.ts';
import { ensureSealKeyFile, readSealKeyFile } from './sealing/seal-key-file.ts';
import { Sealer } from './sealing/sealer.ts';

const service = 'relay';
/** The loop, the renewal of the lease, the lease's poll, and metrics. */
const connections = 4;

/** The whole service, from what it is given to what it does. */
@Module({})
export class RelayModule {
  static of(config: RelayConfig, logger: Logger): DynamicModule {
    return {
      module: RelayModule,
      controllers: [OperationsController],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: HEALTH, useFactory: () => new HealthRegistry() },
        { provide: METRICS, useFactory: () => createMetrics(service) },
        { provide: DATABASE, useFactory: openDatabase, inject: [CONFIG, LOGGER, HEALTH] },
        { provide: MESSAGING, useFactory: openKafka, inject: [CONFIG, LOGGER] },
        { provide: RELAY_STATE, useFactory: openState, inject: [METRICS, HEALTH, DATABASE, LOGGER] },
        { provide: SEALER, useFactory: makeSealer, inject: [CONFIG, LOGGER, DATABASE, MESSAGING, RELAY_STATE] },
        { provide: RELAY, useFactory: makeRelay, inject: [CONFIG, LOGGER, DATABASE, MESSAGING, RELAY_STATE, SEALER] },
      ],
    };
  }
}

function openDatabase(config: RelayConfig, logger: Logger, health: HealthRegistry): Database {
  const database = new Database({
    url: config.databaseUrl,
    role: 'consilium_relay',
    applicationName: 'consilium-relay',
    poolSize: connections,
    // A statement that takes longer than the lease is of no use.
    statementTimeoutMs: 10_000,
    onIdleError: (error) => {
      logger.info({ error }, 'a database connection was lost');
    },
  });
  health.add('ready', 'database', async () => {
    await database.query({ text: 'SELECT 1' });
  });
  return database;
}

const openKafka = (config: RelayConfig, logger: Logger): Messaging =>
  connectKafka({ brokers: config.kafkaBrokers, clientId: 'consilium-relay', logger });

function openState(metrics: Registry, health: HealthRegistry, database: Database, logger: Logger): RelayState {
  addBacklogMetrics(metrics, database, logger);
  return new RelayState(metrics, health);
}

async function makeSealer(
  config: RelayConfig,
  logger: Logger,
  database: Database,
  messaging: Messaging,
  observer: RelayState,
): Promise<Sealer | undefined> {
  if (config.sealing === undefined) {
    logger.warn(
      'nothing is sealed: set CONSILIUM_SEAL_KEY_FILE, and CONSILIUM_ANCHOR_FOLDER or CONSILIUM_ANCHOR_BUCKET',
    );
    return undefined;
  }
  const { keyFile, anchor, bucketAccess, makesKey, limits } = config.sealing;
  return new Sealer({
    seals: new PostgresSealStore(database),
    log: new PostgresLogReader(database),
    messaging,
    prefix: config.topicPrefix,
    durability: config.durability,
    keys: await (makesKey ? ensureSealKeyFile(keyFile) : readSealKeyFile(keyFile)),
    anchor: openAnchor(anchor, bucketAccess),
    observer,
    logger,
    limits,
    monotonicMs: () => performance.now(),
  });
}

function makeRelay(
  config: RelayConfig,
  logger: Logger,
  database: Database,
  messaging: Messaging,
  observer: RelayState,
  sealer: Sealer | undefined,
): Relay {
  return new Relay({
    lease: new PostgresRelayLease(database),
    sequencer: new PostgresSequencer(database),
    log: new PostgresLogReader(database),
    messaging,
    prefix: config.topicPrefix,
    durability: config.durability,
    holder: `${hostname()} ${process.pid} ${randomUUID()}`,
    sealer,
    observer,
    logger,
  });
}
