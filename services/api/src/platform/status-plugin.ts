import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { answerTypeFor, saysByStatus } from './answer-type.ts';
import type { ResolverContext } from './request-scope.ts';

/**
 * A well-formed request whose document does not parse, is not valid, or gets the wrong variables: 400 as
 * application/graphql-response+json, 200 as application/json. What was refused for its sender (401, 403) or its form stays so.
 */
export class StatusPlugin implements ApolloServerPlugin<ResolverContext> {
  async requestDidStart(): Promise<GraphQLRequestListener<ResolverContext>> {
    return {
      willSendResponse: async ({ request, response: { http, body } }) => {
        if (http.status !== 400 || body.kind !== 'single') return;
        if (saysByStatus(answerTypeFor(request.http?.headers.get('accept')))) return;
        const isMalformed = body.singleResult.errors?.some(({ extensions }) => extensions?.['code'] === 'BAD_REQUEST');
        if (isMalformed !== true) http.status = 200;
      },
    };
  }
}
