import { z } from 'zod/mini';
import type { Operation } from '../api/graphql-request.ts';

const progress = z.object({
  cases: z.number(),
  reading: z.number(),
  awaitingConsensus: z.number(),
  settled: z.number(),
  disputed: z.number(),
  adjudicating: z.number(),
  adjudicated: z.number(),
  finalised: z.number(),
  excluded: z.number(),
  withdrawn: z.number(),
  readsSubmitted: z.number(),
});
export type ProjectProgress = z.infer<typeof progress>;

const attribute = z.object({
  kind: z.enum(['ORDINAL', 'NOMINAL', 'INTERVAL']),
  name: z.string(),
  minimum: z.nullable(z.number()),
  maximum: z.nullable(z.number()),
  unit: z.nullable(z.string()),
});
export type AttributeDefinition = z.infer<typeof attribute>;

const project = z.object({
  id: z.string(),
  name: z.string(),
  protocolVersion: z.number(),
  protocol: z.object({
    readsPerCase: z.number(),
    matchingGate: z.number(),
    readerIdentity: z.enum(['KNOWN', 'NOT_PUBLISHED']),
    attributes: z.array(attribute),
  }),
  progress: z.nullable(progress),
});
export type Project = z.infer<typeof project>;

const projectFields = /* GraphQL */ `
  fragment ProjectFields on Project {
    id
    name
    protocolVersion
    protocol {
      readsPerCase
      matchingGate
      readerIdentity
      attributes {
        kind
        name
        minimum
        maximum
        unit
      }
    }
    progress {
      cases
      reading
      awaitingConsensus
      settled
      disputed
      adjudicating
      adjudicated
      finalised
      excluded
      withdrawn
      readsSubmitted
    }
  }
`;

const projectData = z.object({ project: z.nullable(project) });

export const projectQuery: Operation<z.infer<typeof projectData>, { readonly id: string }> = {
  document: /* GraphQL */ `
    query Project($id: ID!) {
      project(id: $id) {
        ...ProjectFields
      }
    }
    ${projectFields}
  `,
  data: projectData,
};

const projectsData = z.object({
  projects: z.object({
    edges: z.array(z.object({ node: project })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.nullable(z.string()) }),
  }),
});

export interface ProjectsVariables {
  readonly first: number;
  readonly after?: string;
}

export const projectsQuery: Operation<z.infer<typeof projectsData>, ProjectsVariables> = {
  document: /* GraphQL */ `
    query Projects($first: Int!, $after: Cursor) {
      projects(first: $first, after: $after) {
        edges {
          node {
            ...ProjectFields
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
    ${projectFields}
  `,
  data: projectsData,
};
