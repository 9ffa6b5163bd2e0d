import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { SeenCase } from '../case/case-sight.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { Adjudication, Disagreement } from '../schema/generated/schema-types.ts';
import { presentAdjudications, presentDisagreements } from './present-adjudication.ts';

/** What a case has to say of its adjudications. */
@Resolver('Case')
export class CaseAdjudicationResolver {
  @ResolveField()
  async disagreements(
    @Parent() seen: SeenCase,
    @Context('scope') scope: RequestScope,
  ): Promise<readonly Disagreement[] | null> {
    return presentDisagreements(scope, seen);
  }

  @ResolveField()
  async adjudications(
    @Parent() seen: SeenCase,
    @Context('scope') scope: RequestScope,
  ): Promise<readonly Adjudication[] | null> {
    return presentAdjudications(scope, seen);
  }
}
