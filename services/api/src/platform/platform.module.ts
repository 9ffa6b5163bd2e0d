import { readLocalKeyFile } from '@consilium/event-store';
import { Database } from '@consilium/postgres';
import { feedEnd, feedTail } from '@consilium/read-model';
import { createMetrics, Gauge, HealthRegistry } from '@consilium/runtime';
import type { Logger, Registry } from '@consilium/runtime';
import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { TokenVerifier } from '../access/token-verifier.ts';
import type { Viewer } from '../access/viewer.ts';
import { ChangeFollower } from '../change/change-follower.ts';
import type { ApiConfig } from '../config.ts';
import { httpPlugins } from './http-plugins.ts';
import type { ListedOperations } from './listed-operations.ts';
import { OperationsController } from './operations.controller.ts';
import { makePorts, type Ports } from './ports.ts';
import { RequestScope } from './request-scope.ts';
import {
  CONFIG,
  DATABASE,
  FOLLOWER,
  HEALTH,
  HTTP_PLUGINS,
  LOCAL_KEYS,
  LOGGER,
  METRICS,
  OPERATIONS,
  PORTS,
  SCOPES,
  TOKEN_VERIFIER,
} from './tokens.ts';

/** Makes the scope of one request. */
export type Scopes = (viewer: Viewer) => RequestScope;

const connections = 20;
/** A request is given up after 30 s; nothing here should come near. */
const statementTimeoutMs = 15_000;

/** The outside world, once a process. */
@Global()
@Module({})
export class PlatformModule {
  static of(config: ApiConfig, logger: Logger, operations: ListedOperations): DynamicModule {
    return {
      module: PlatformModule,
      controllers: [OperationsController],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: HEALTH, useFactory: () => new HealthRegistry() },
        { provide: METRICS, useFactory: () => createMetrics('api') },
        { provide: DATABASE, useFactory: openDatabase, inject: [CONFIG, LOGGER, HEALTH] },
        { provide: LOCAL_KEYS, useFactory: async () => readLocalKeyFile(config.keyFile) },
        { provide: TOKEN_VERIFIER, useFactory: async () => TokenVerifier.create(config) },
        { provide: PORTS, useFactory: makePorts, inject: [DATABASE, LOCAL_KEYS, CONFIG] },
        { provide: FOLLOWER, useFactory: makeFollower, inject: [DATABASE, PORTS, LOGGER, METRICS] },
        { provide: OPERATIONS, useValue: operations },
        { provide: HTTP_PLUGINS, useFactory: httpPlugins, inject: [OPERATIONS, METRICS, LOGGER] },
        { provide: SCOPES, useFactory: makeScopes, inject: [DATABASE, PORTS] },
      ],
      exports: [CONFIG, LOGGER, METRICS, DATABASE, LOCAL_KEYS, TOKEN_VERIFIER, PORTS, FOLLOWER, SCOPES, HTTP_PLUGINS],
    };
  }
}

function openDatabase(config: ApiConfig, logger: Logger, health: HealthRegistry): Database {
  const database = new Database({
    url: config.databaseUrl,
    role: 'consilium_api',
    applicationName: 'consilium-api',
    poolSize: connections,
    statementTimeoutMs,
    onIdleError: (error) => {
      logger.info({ error }, 'a database connection was lost');
    },
  });
  health.add('ready', 'database', async () => {
    await database.query({ text: 'SELECT 1' });
  });
  return database;
}

function makeFollower(database: Database, { subjectKeys }: Ports, logger: Logger, metrics: Registry): ChangeFollower {
  const follower = new ChangeFollower({
    readEnd: async () => feedEnd(database),
    readAfter: async (feedId, limit) => {
      const page = await feedTail(database, feedId, limit);
      // Somebody else may have destroyed a key that this process still has in memory.
      if (page.resync || page.changes.some(({ type }) => type === 'subjectErased')) subjectKeys.forget();
      return page;
    },
    logger,
  });
  new Gauge({
    name: 'consilium_api_change_listeners',
    help: 'Subscriptions, and queries that wait for their change',
    registers: [metrics],
    collect() {
      this.set(follower.listenerCount);
    },
  });
  return follower;
}

const makeScopes =
  (database: Database, ports: Ports): Scopes =>
  (viewer) =>
    new RequestScope(database, ports, viewer);
