import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { Logger, Registry } from '@consilium/runtime';
import { buildSchema } from 'graphql';
import { FieldPolicy } from '../access/field-policy.ts';
import { readSchemaText } from '../schema/read-schema.ts';
import type { ListedOperations } from './listed-operations.ts';
import { ListedOperationsPlugin } from './listed-operations-plugin.ts';
import { RequestPlugin } from './request-plugin.ts';
import type { ResolverContext } from './request-scope.ts';
import { StatusPlugin } from './status-plugin.ts';

/** What stands between a request by HTTP and the schema. With an unguarded field the server does not start. */
export function httpPlugins(
  operations: ListedOperations,
  metrics: Registry,
  logger: Logger,
): readonly ApolloServerPlugin<ResolverContext>[] {
  const policy = new FieldPolicy(buildSchema(readSchemaText()));
  return [
    // It would wrap every field of every answer.
    ApolloServerPluginCacheControlDisabled(),
    new ListedOperationsPlugin(operations),
    new RequestPlugin(policy, metrics, logger),
    new StatusPlugin(),
  ];
}
