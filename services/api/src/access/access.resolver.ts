import { Context, Query, Resolver } from '@nestjs/graphql';
import type { RequestScope } from '../platform/request-scope.ts';
import type { Viewer } from '../schema/generated/schema-types.ts';

@Resolver()
export class AccessResolver {
  @Query()
  me(@Context('scope') { viewer }: RequestScope): Viewer {
    return { id: viewer.personId, role: viewer.role };
  }
}
