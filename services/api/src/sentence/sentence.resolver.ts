import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { CaseId } from '@consilium/domain';
import type { SeenCase } from '../case/case-sight.ts';
import type { ChangeFollower } from '../change/change-follower.ts';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { FOLLOWER, PORTS } from '../platform/tokens.ts';
import type {
  CaseSentence,
  ConfirmTranslationInput,
  ConfirmTranslationResult,
  CorrectSentenceInput,
  CorrectSentenceResult,
  FormerSentence,
  MergeSentencesInput,
  MergeSentencesResult,
  OutdatedAnnotation,
  QueryTranslationChecksArguments,
  SplitSentenceInput,
  SplitSentenceResult,
  TranslationCheckConnection,
} from '../schema/generated/schema-types.ts';
import { confirmTranslation } from './confirm-translation.ts';
import { correctSentence } from './correct-sentence.ts';
import { listTranslationChecks } from './list-translation-checks.ts';
import { presentFormerSentences, presentOutdated, presentSentences } from './present-sentences.ts';
import { mergeSentences, splitSentence } from './reshape-sentences.ts';

/** The sentences of a case, and what is done to them. */
@Resolver('Case')
export class SentenceResolver {
  readonly #ports: Ports;
  readonly #follower: ChangeFollower;

  constructor(@Inject(PORTS) ports: Ports, @Inject(FOLLOWER) follower: ChangeFollower) {
    this.#ports = ports;
    this.#follower = follower;
  }

  @Query()
  async translationChecks(
    @Args() given: QueryTranslationChecksArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<TranslationCheckConnection> {
    return listTranslationChecks({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Mutation()
  async correctSentence(
    @Args('input') input: CorrectSentenceInput,
    @Context('scope') scope: RequestScope,
  ): Promise<CorrectSentenceResult> {
    return noted(scope, input, await correctSentence(this.#ports, scope.viewer, input));
  }

  @Mutation()
  async splitSentence(
    @Args('input') input: SplitSentenceInput,
    @Context('scope') scope: RequestScope,
  ): Promise<SplitSentenceResult> {
    return noted(scope, input, await splitSentence(this.#ports, scope.viewer, input));
  }

  @Mutation()
  async mergeSentences(
    @Args('input') input: MergeSentencesInput,
    @Context('scope') scope: RequestScope,
  ): Promise<MergeSentencesResult> {
    return noted(scope, input, await mergeSentences(this.#ports, scope.viewer, input));
  }

  @Mutation()
  async confirmTranslation(
    @Args('input') input: ConfirmTranslationInput,
    @Context('scope') scope: RequestScope,
  ): Promise<ConfirmTranslationResult> {
    return noted(scope, input, await confirmTranslation(this.#ports, scope.viewer, input));
  }

  @ResolveField()
  async sentences(@Parent() seen: SeenCase, @Context('scope') scope: RequestScope): Promise<readonly CaseSentence[]> {
    return presentSentences(scope, seen);
  }

  @ResolveField()
  async formerSentences(
    @Parent() seen: SeenCase,
    @Context('scope') scope: RequestScope,
  ): Promise<readonly FormerSentence[]> {
    return presentFormerSentences(scope, seen);
  }

  @ResolveField()
  async outdatedAnnotations(
    @Parent() seen: SeenCase,
    @Context('scope') scope: RequestScope,
  ): Promise<readonly OutdatedAnnotation[]> {
    return presentOutdated(scope, seen);
  }
}

/** A conflict shows what the sentence says: that is on record like any other look at it. */
function noted<Answer extends { readonly __typename: string }>(
  { accessLog }: RequestScope,
  { caseId }: { readonly caseId: string },
  answer: Answer,
): Answer {
  if (answer.__typename === 'SentenceConflict') accessLog.note('case.read', [caseId as CaseId]);
  return answer;
}
