import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { SeenCase } from '../case/case-sight.ts';
import type { RequestScope } from '../platform/request-scope.ts';

/** Whom a case is given to, at present. */
@Resolver('Case')
export class CaseAssignmentResolver {
  @ResolveField()
  async assignedTo(
    @Parent() { view, sight, point }: SeenCase,
    @Context('scope') scope: RequestScope,
  ): Promise<readonly string[] | null> {
    if (point !== undefined || sight.isAnnotator || sight.hidesReaders) return null;
    return ((await scope.assignments.get(view.caseId)) ?? []).map(({ annotatorId }) => annotatorId);
  }
}
