import 'reflect-metadata';
import type { Database } from '@consilium/postgres';
import type { HealthRegistry, Logger } from '@consilium/runtime';
import { Logger as NestLog } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FieldPolicy } from './access/field-policy.ts';
import type { TokenVerifier } from './access/token-verifier.ts';
import { ApiModule } from './api.module.ts';
import type { ChangeFollower } from './change/change-follower.ts';
import { SubscriptionServer } from './change/subscription-server.ts';
import { allowsIntrospection, type ApiConfig } from './config.ts';
import { serveConsole } from './platform/console-pages.ts';
import { guardGraphql } from './platform/graphql-door.ts';
import { HttpErrorsFilter } from './platform/http-errors.filter.ts';
import { httpLimits } from './platform/http-limits.ts';
import { parseJsonBody } from './platform/json-body.ts';
import type { ListedOperations } from './platform/listed-operations.ts';
import { NestLogger } from './platform/nest-logger.ts';
import type { Scopes } from './platform/platform.module.ts';
import { readListedOperations } from './platform/read-listed-operations.ts';
import { DATABASE, FOLLOWER, HEALTH, SCOPES, TOKEN_VERIFIER } from './platform/tokens.ts';

export interface RunningApi {
  readonly port: number;
  readonly subscriptions: SubscriptionServer;
  readonly follower: ChangeFollower;
  /** In the order in which they must run. */
  readonly steps: readonly { readonly name: string; readonly run: () => void | Promise<void> }[];
}

/** Builds the service from its configuration and listens. @throws whatever keeps it from starting */
export async function startApi(config: ApiConfig, logger: Logger): Promise<RunningApi> {
  NestLog.overrideLogger(new NestLogger(logger));
  const operations = await readListedOperations(config.operations.mode, config.operations.file);
  const adapter = new FastifyAdapter({
    bodyLimit: httpLimits.bodyBytes,
    requestTimeout: httpLimits.requestTimeoutMs,
    keepAliveTimeout: httpLimits.keepAliveTimeoutMs,
    return503OnClosing: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.of(config, logger, operations), adapter);
  // Before init, so that Nest's own parser, which forgives bytes that are no UTF-8, is not registered.
  app.useBodyParser('application/json', { bodyLimit: httpLimits.bodyBytes }, (_request, bytes, done) => {
    done(null, parseJsonBody(bytes));
  });
  app.useGlobalFilters(new HttpErrorsFilter(logger));
  guardGraphql(adapter.getInstance());
  await serveConsole(adapter.getInstance(), config);
  await app.init();
  const follower = app.get<ChangeFollower>(FOLLOWER);
  const subscriptions = openSubscriptions(app, operations, config, logger);
  await app.listen(config.port, config.host);
  const address = app.getHttpServer().address();
  if (typeof address !== 'object' || address === null) throw new Error('the server listens on no port');
  return {
    port: address.port,
    subscriptions,
    follower,
    steps: [
      { name: 'readiness', run: () => app.get<HealthRegistry>(HEALTH).stopping() },
      { name: 'sockets', run: async () => subscriptions.close() },
      { name: 'http', run: async () => app.close() },
      { name: 'change feed', run: async () => follower.close() },
      { name: 'database', run: async () => app.get<Database>(DATABASE).close() },
    ],
  };
}

function openSubscriptions(
  app: NestFastifyApplication,
  operations: ListedOperations,
  config: ApiConfig,
  logger: Logger,
): SubscriptionServer {
  const { schema } = app.get(GraphQLSchemaHost);
  const scopes = app.get<Scopes>(SCOPES);
  const subscriptions = new SubscriptionServer({
    schema,
    policy: new FieldPolicy(schema),
    verifier: app.get<TokenVerifier>(TOKEN_VERIFIER),
    contextOf: (viewer) => ({ scope: scopes(viewer), req: {} }),
    operations,
    allowIntrospection: allowsIntrospection(config),
    logger,
  });
  subscriptions.attach(app.getHttpServer());
  return subscriptions;
}
