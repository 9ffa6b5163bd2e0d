import type { ApolloServerPlugin, GraphQLRequest, GraphQLRequestListener } from '@apollo/server';
import type { ListedOperations } from './listed-operations.ts';
import type { ResolverContext } from './request-scope.ts';

/** Runs in the place of a document that is refused unread: Apollo lets nobody refuse a request before it has one. */
const harmless = '{ __typename }';

/** Puts the text of a listed operation in the place of its hash, and refuses what may not run before it is parsed. */
export class ListedOperationsPlugin implements ApolloServerPlugin<ResolverContext> {
  readonly #operations: ListedOperations;

  constructor(operations: ListedOperations) {
    this.#operations = operations;
  }

  async requestDidStart({
    request,
  }: {
    readonly request: GraphQLRequest;
  }): Promise<GraphQLRequestListener<ResolverContext>> {
    const { query, extensions, http } = request;
    const found = this.#operations.find({ query, extensions, documentId: documentIdOf(http) });
    if (found === undefined) return {};
    request.query = found.kind === 'text' ? found.text : harmless;
    // Apollo would look for it in a store of its own.
    if (extensions !== undefined) {
      const { persistedQuery: _, ...others } = extensions;
      request.extensions = others;
    }
    return found.kind === 'text'
      ? {}
      : {
          didResolveOperation: async () => {
            throw found.error;
          },
        };
  }
}

function documentIdOf(http: GraphQLRequest['http']): unknown {
  if (http === undefined) return undefined;
  if (http.method === 'GET') return new URLSearchParams(http.search).get('documentId') ?? undefined;
  const { body } = http;
  return typeof body === 'object' && body !== null && 'documentId' in body ? body.documentId : undefined;
}
