import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type {
  Draft,
  QueryMyDraftArguments,
  SaveDraftInput,
  SaveDraftResult,
} from '../schema/generated/schema-types.ts';
import { findDraft } from './find-draft.ts';
import { saveDraft } from './save-draft.ts';

@Resolver()
export class DraftResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Query()
  async myDraft(@Args() given: QueryMyDraftArguments, @Context('scope') scope: RequestScope): Promise<Draft | null> {
    return findDraft(this.#ports, scope, given);
  }

  @Mutation()
  async saveDraft(
    @Args('input') input: SaveDraftInput,
    @Context('scope') scope: RequestScope,
  ): Promise<SaveDraftResult> {
    return saveDraft(this.#ports, scope, input);
  }
}
