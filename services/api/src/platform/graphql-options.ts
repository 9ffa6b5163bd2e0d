import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { Logger } from '@consilium/runtime';
import { buildSchema } from 'graphql';
import { TokenRefused, type TokenVerifier } from '../access/token-verifier.ts';
import { plainCaseFields } from '../case/case.resolver.ts';
import { allowsIntrospection, type ApiConfig } from '../config.ts';
import { enumResolversOf } from '../schema/enum-value.ts';
import { readSchemaText } from '../schema/read-schema.ts';
import { scalarResolversOf } from '../schema/scalars.ts';
import { formatError } from './format-error.ts';
import { graphqlPath } from './graphql-door.ts';
import { limitRules, operationLimits } from './operation-limits.ts';
import type { Scopes } from './platform.module.ts';
import { unauthenticated } from './query-errors.ts';
import type { ResolverContext } from './request-scope.ts';

interface Request {
  readonly headers: Readonly<Record<string, unknown>>;
}

/**
 * A page of another site cannot send one of these without asking us first (CORS), and we say no. With `authorization`, which
 * every request must have, a query may come by GET.
 */
const preflighted = ['authorization', 'x-apollo-operation-name', 'apollo-require-preflight'];

/** GraphQL over HTTP. */
export function graphqlOptions(
  config: ApiConfig,
  logger: Logger,
  verifier: TokenVerifier,
  scopes: Scopes,
  plugins: readonly ApolloServerPlugin<ResolverContext>[],
): ApolloDriverConfig {
  const typeDefs = readSchemaText();
  const schema = buildSchema(typeDefs);
  return {
    driver: ApolloDriver,
    path: graphqlPath,
    useGlobalPrefix: false,
    typeDefs,
    resolvers: { ...scalarResolversOf(schema), ...enumResolversOf(schema), Case: { ...plainCaseFields } },
    plugins: [...plugins],
    validationRules: [...limitRules],
    parseOptions: { maxLexicalTokens: operationLimits.tokens },
    context: async (request: Request) => contextOf(verifier, scopes, request),
    formatError: (formatted, error) => formatError(logger, formatted, error),
    introspection: allowsIntrospection(config),
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
