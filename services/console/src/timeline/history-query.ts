import { z } from 'zod/mini';
import type { Operation } from '../api/graphql-request.ts';

const entry = z.object({
  type: z.string(),
  at: z.string(),
  actorId: z.nullable(z.string()),
  actorRole: z.string(),
  eventId: z.nullable(z.string()),
  version: z.nullable(z.number()),
  globalSeq: z.nullable(z.number()),
  readId: z.nullable(z.string()),
  detail: z.nullable(z.string()),
});
export type HistoryEntry = z.infer<typeof entry>;

const data = z.object({
  case: z.nullable(
    z.object({
      history: z.object({
        edges: z.array(z.object({ node: entry })),
        pageInfo: z.object({ hasNextPage: z.boolean() }),
      }),
    }),
  ),
});

export type HistoryData = z.infer<typeof data>;

export interface HistoryVariables {
  readonly id: string;
  readonly first: number;
}

export const historyQuery: Operation<HistoryData, HistoryVariables> = {
  document: /* GraphQL */ `
    query History($id: ID!, $first: Int!) {
      case(id: $id) {
        history(first: $first) {
          edges {
            node {
              type
              at
              actorId
              actorRole
              eventId
              version
              globalSeq
              readId
              detail
            }
          }
          pageInfo {
            hasNextPage
          }
        }
      }
    }
  `,
  data,
};
