import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { Logger, Registry } from '@consilium/runtime';
import { buildSchema } from 'graphql';
import { FieldPolicy } from '../access/field-policy.ts';
import { TokenRefused, type TokenVerifier } from '../access/token-verifier.ts';
import { plainCaseFields } from '../case/case.resolver.ts';
import type { ApiConfig } from '../config.ts';
import { enumResolversOf } from '../schema/enum-value.ts';
import { readSchemaText } from '../schema/read-schema.ts';
import { scalarResolversOf } from '../schema/scalars.ts';
import { formatError } from './format-error.ts';
import { graphqlPath } from './graphql-door.ts';
import { limitRules, operationLimits } from './operation-limits.ts';
import type { Scopes } from './platform.module.ts';
import { unauthenticated } from './query-errors.ts';
import { RequestPlugin } from './request-plugin.ts';
import type { ResolverContext } from './request-scope.ts';
import { StatusPlugin } from './status-plugin.ts';

interface Request {
  readonly headers: Readonly<Record<string, unknown>>;
}

/**
 * A page of another site cannot send one of these without asking us first (CORS), and we say no. With `authorization`, which
 * every request must have, a query may come by GET.
 */
const preflighted = ['authorization', 'x-apollo-operation-name', 'apollo-require-preflight'];

/** GraphQL over HTTP. The schema's policy is read when it is made: with an unguarded field the server does not start. */
export function graphqlOptions(
  config: ApiConfig,
  logger: Logger,
  metrics: Registry,
  verifier: TokenVerifier,
  scopes: Scopes,
): ApolloDriverConfig {
  const typeDefs = readSchemaText();
  const schema = buildSchema(typeDefs);
  const policy = new FieldPolicy(schema);
  const plugins: ApolloServerPlugin<ResolverContext>[] = [
    // It would wrap every field of every answer.
    ApolloServerPluginCacheControlDisabled(),
    new RequestPlugin(policy, metrics, logger),
    new StatusPlugin(),
  ];
  return {
    driver: ApolloDriver,
    path: graphqlPath,
    useGlobalPrefix: false,
    typeDefs,
    resolvers: { ...scalarResolversOf(schema), ...enumResolversOf(schema), Case: { ...plainCaseFields } },
    plugins,
    validationRules: [...limitRules],
    parseOptions: { maxLexicalTokens: operationLimits.tokens },
    context: async (request: Request) => contextOf(verifier, scopes, request),
    formatError: (formatted, error) => formatError(logger, formatted, error),
    introspection: config.isDevelopment,
    graphiql: false,
    csrfPrevention: { requestHeaders: [...preflighted] },
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !config.isDevelopment,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    autoTransformHttpErrors: false,
    fieldResolverEnhancers: [],
  };
}

async function contextOf(verifier: TokenVerifier, scopes: Scopes, { headers }: Request): Promise<ResolverContext> {
  try {
    return { scope: scopes(await verifier.verify(headers['authorization'])), req: {} };
  } catch (error) {
    if (error instanceof TokenRefused) throw unauthenticated();
    throw error;
  }
}
