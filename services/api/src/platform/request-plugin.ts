import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLRequestListener } from '@apollo/server';
import type { Logger, Registry } from '@consilium/runtime';
import { Histogram } from '@consilium/runtime';
import { GraphQLError, Kind, OperationTypeNode } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import type { FieldPolicy } from '../access/field-policy.ts';
import type { ResolverContext } from './request-scope.ts';
import { forbiddenFields, subscriptionByHttp } from './query-errors.ts';

/** Before an operation runs: may this role select its fields. Before its answer leaves: is it written down who saw what. */
export class RequestPlugin implements ApolloServerPlugin<ResolverContext> {
  readonly #policy: FieldPolicy;
  readonly #logger: Logger;
  readonly #seconds: Histogram<'field' | 'outcome'>;

  constructor(policy: FieldPolicy, metrics: Registry, logger: Logger) {
    this.#policy = policy;
    this.#logger = logger;
    this.#seconds = new Histogram({
      name: 'consilium_api_operation_seconds',
      help: 'From a request being read until its answer is ready, by the first field of the operation',
      labelNames: ['field', 'outcome'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [metrics],
    });
  }

  async requestDidStart(): Promise<GraphQLRequestListener<ResolverContext>> {
    const startedAtMs = performance.now();
    let field = 'none';
    return {
      didResolveOperation: async ({ contextValue, document, operation }) => {
        // Apollo resolves to none only where it has answered with an error of its own.
        if (operation === undefined) return;
        if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw subscriptionByHttp();
        field = firstField(operation);
        refuseForbidden(this.#policy, contextValue, document, operation);
      },
      willSendResponse: async (request) => {
        await this.#recordAccess(request);
        const { body } = request.response;
        const failed = body.kind === 'single' && body.singleResult.errors !== undefined;
        this.#seconds.observe({ field, outcome: failed ? 'error' : 'ok' }, (performance.now() - startedAtMs) / 1_000);
      },
    };
  }

  /** Fails closed: what cannot be written down is not shown. */
  async #recordAccess(request: GraphQLRequestContext<ResolverContext>): Promise<void> {
    // Absent where the request was refused before anybody was known.
    const { scope } = request.contextValue as Partial<ResolverContext>;
    try {
      await scope?.accessLog.write(request.operationName ?? request.request.operationName);
    } catch (error) {
      const isExpected = error instanceof GraphQLError;
      this.#logger.error({ error: isExpected ? error.originalError : error }, 'access to cases could not be recorded');
      request.response.body = {
        kind: 'single',
        singleResult: { data: null, errors: [isExpected ? error.toJSON() : unexpected] },
      };
    }
  }
}

export function refuseForbidden(
  policy: FieldPolicy,
  { scope }: ResolverContext,
  document: Parameters<FieldPolicy['forbidden']>[1],
  operation: OperationDefinitionNode,
): void {
  const fields = policy.forbidden(scope.viewer.role, document, operation);
  if (fields.length > 0) throw forbiddenFields(fields);
}

const unexpected = { message: 'Something went wrong here.', extensions: { code: 'INTERNAL_SERVER_ERROR' } };

/** Of the schema, so that the label has few values; aliases are the client's and are not used. */
function firstField({ selectionSet }: OperationDefinitionNode): string {
  const [first] = selectionSet.selections;
  return first?.kind === Kind.FIELD ? first.name.value : 'fragment';
}
