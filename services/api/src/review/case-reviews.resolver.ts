import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { SeenCase } from '../case/case-sight.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { Review } from '../schema/generated/schema-types.ts';
import { presentReviews } from './present-reviews.ts';

/** What a case has to say of its reviews. */
@Resolver('Case')
export class CaseReviewsResolver {
  @ResolveField()
  async reviews(@Parent() seen: SeenCase, @Context('scope') scope: RequestScope): Promise<readonly Review[]> {
    return presentReviews(scope, seen);
  }
}
