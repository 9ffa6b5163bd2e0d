import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { presentAnsweredFrom } from '../as-of/present-answered-from.ts';
import type { ChangeFollower } from '../change/change-follower.ts';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { FOLLOWER, PORTS } from '../platform/tokens.ts';
import { presentAnnotations } from '../read/present-annotations.ts';
import { presentConsensus } from '../read/present-consensus.ts';
import type {
  AnnotationRecord,
  Case,
  CaseImage,
  Consensus,
  HistoryConnection,
  ImportCasesInput,
  ImportCasesResult,
  QueryCaseArguments,
  QueryCasesArguments,
} from '../schema/generated/schema-types.ts';
import type { SeenCase } from './case-sight.ts';
import { findSeenCase, listSeenCases, type SeenCasePage } from './find-cases.ts';
import { importCases } from './import-cases.ts';
import { type HistoryRequest, listHistory } from './list-history.ts';
import { presentExternalKey, presentImages, shownStatus, unlessBlinded } from './present-case.ts';

@Resolver('Case')
export class CaseResolver {
  readonly #ports: Ports;
  readonly #follower: ChangeFollower;

  constructor(@Inject(PORTS) ports: Ports, @Inject(FOLLOWER) follower: ChangeFollower) {
    this.#ports = ports;
    this.#follower = follower;
  }

  @Query()
  async case(@Args() given: QueryCaseArguments, @Context('scope') scope: RequestScope): Promise<SeenCase | undefined> {
    return findSeenCase({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Query()
  async cases(@Args() given: QueryCasesArguments, @Context('scope') scope: RequestScope): Promise<SeenCasePage> {
    return listSeenCases({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Mutation()
  async importCases(
    @Args('input') input: ImportCasesInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ImportCasesResult> {
    return importCases(this.#ports, viewer, input);
  }

  @ResolveField()
  protocolVersion(@Parent() { view }: SeenCase): number {
    return view.protocolVersion;
  }

  @ResolveField()
  async externalKey(@Parent() seen: SeenCase, @Context('scope') { texts }: RequestScope): Promise<string | null> {
    return presentExternalKey(texts, seen);
  }

  @ResolveField()
  async images(@Parent() seen: SeenCase, @Context('scope') { texts }: RequestScope): Promise<readonly CaseImage[]> {
    return presentImages(texts, seen);
  }

  @ResolveField()
  async annotations(
    @Parent() seen: SeenCase,
    @Context('scope') scope: RequestScope,
  ): Promise<readonly AnnotationRecord[]> {
    return presentAnnotations(scope, seen);
  }

  @ResolveField()
  async consensus(@Parent() seen: SeenCase, @Context('scope') scope: RequestScope): Promise<Consensus | null> {
    return presentConsensus(scope, seen);
  }

  @ResolveField()
  async history(
    @Parent() seen: SeenCase,
    @Args() given: HistoryRequest,
    @Context('scope') scope: RequestScope,
  ): Promise<HistoryConnection> {
    return listHistory(this.#ports.signatures, scope, seen, given);
  }
}

type Plain = Pick<
  Case,
  | 'id'
  | 'projectId'
  | 'subjectId'
  | 'position'
  | 'priority'
  | 'status'
  | 'importedAt'
  | 'readsWanted'
  | 'readsSubmitted'
  | 'answeredFrom'
>;

/** The fields that need nothing but the case itself, without a method for each. */
export const plainCaseFields: { readonly [Field in keyof Plain]: (seen: SeenCase) => Plain[Field] } = {
  id: ({ view }) => view.caseId,
  projectId: ({ view }) => view.projectId,
  subjectId: ({ view }) => view.subjectId,
  position: ({ view }) => view.position,
  priority: ({ view }) => view.priority,
  status: shownStatus,
  importedAt: ({ view }) => view.importedAt,
  readsWanted: (seen) => unlessBlinded(seen, seen.view.readsWanted),
  readsSubmitted: (seen) => unlessBlinded(seen, seen.view.readsSubmitted),
  answeredFrom: ({ point, sight }) => presentAnsweredFrom(point, sight.isAnnotator),
};
