import { z } from 'zod/mini';
import type { Operation } from '../api/graphql-request.ts';

const viewer = z.object({ id: z.string(), role: z.string() });
export type Viewer = z.infer<typeof viewer>;

const data = z.object({ me: viewer });

export const viewerQuery: Operation<z.infer<typeof data>, Record<string, never>> = {
  document: /* GraphQL */ `
    query Viewer {
      me {
        id
        role
      }
    }
  `,
  data,
};
