import { z } from 'zod/mini';
import type { Operation } from '../api/graphql-request.ts';
import { caseStatuses } from '../routing/route.ts';
import type { CaseStatus } from '../routing/route.ts';

const listedCase = z.object({
  id: z.string(),
  externalKey: z.nullable(z.string()),
  subjectId: z.string(),
  position: z.number(),
  priority: z.number(),
  status: z.enum(caseStatuses),
  importedAt: z.string(),
  readsWanted: z.nullable(z.number()),
  readsSubmitted: z.nullable(z.number()),
});
export type ListedCase = z.infer<typeof listedCase>;

const data = z.object({
  cases: z.object({
    edges: z.array(z.object({ node: listedCase })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.nullable(z.string()) }),
  }),
});

export interface CaseListVariables {
  readonly projectId: string;
  readonly first: number;
  readonly after: string | null;
  readonly status: CaseStatus | null;
}

export const caseListQuery: Operation<z.infer<typeof data>, CaseListVariables> = {
  document: /* GraphQL */ `
    query Cases($projectId: ID!, $first: Int!, $after: Cursor, $status: CaseStatus) {
      cases(projectId: $projectId, first: $first, after: $after, status: $status) {
        edges {
          node {
            id
            externalKey
            subjectId
            position
            priority
            status
            importedAt
            readsWanted
            readsSubmitted
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  data,
};
