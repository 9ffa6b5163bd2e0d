import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestScope } from '../platform/request-scope.ts';
import type { Case } from '../schema/generated/schema-types.ts';
import type { SeenCase } from './case-sight.ts';
import { presentClinical, presentPreviousStudy, presentReceived, presentStudyKey } from './present-source.ts';

@Resolver('Case')
export class CaseSourceResolver {
  @ResolveField()
  async studyKey(@Parent() seen: SeenCase, @Context('scope') { texts }: RequestScope): Promise<string | null> {
    return presentStudyKey(texts, seen);
  }

  @ResolveField()
  async previousStudy(
    @Parent() seen: SeenCase,
    @Context('scope') { texts }: RequestScope,
  ): Promise<Case['previousStudy']> {
    return presentPreviousStudy(texts, seen);
  }

  @ResolveField()
  clinical(@Parent() seen: SeenCase): Case['clinical'] {
    return presentClinical(seen);
  }

  @ResolveField()
  async received(@Parent() seen: SeenCase, @Context('scope') { texts }: RequestScope): Promise<string | null> {
    return presentReceived(texts, seen);
  }
}
