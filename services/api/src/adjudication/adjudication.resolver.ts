import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { ChangeFollower } from '../change/change-follower.ts';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { FOLLOWER, PORTS } from '../platform/tokens.ts';
import { renewLease } from '../read/renew-lease.ts';
import type {
  AdjudicateInput,
  AdjudicateResult,
  ClaimAdjudicationInput,
  ClaimNextAdjudicationInput,
  ClaimSeatResult,
  FinishCaseInput,
  FinishCaseResult,
  MyAdjudications,
  QueryAdjudicationTaskArguments,
  QueryMyAdjudicationsArguments,
  ReleaseAdjudicationInput,
  ReleaseSeatResult,
  RenewLeaseInput,
  RenewLeaseResult,
} from '../schema/generated/schema-types.ts';
import { castVote } from './cast-vote.ts';
import { claimAdjudication, claimNextAdjudication } from './claim-seat.ts';
import { finaliseCase, reopenCase, requestAdjudication } from './finish-case.ts';
import { adjudicationTask, myAdjudications, type StoredTask } from './my-adjudications.ts';
import { releaseAdjudication } from './release-seat.ts';

@Resolver()
export class AdjudicationResolver {
  readonly #ports: Ports;
  readonly #follower: ChangeFollower;

  constructor(@Inject(PORTS) ports: Ports, @Inject(FOLLOWER) follower: ChangeFollower) {
    this.#ports = ports;
    this.#follower = follower;
  }

  @Query()
  async myAdjudications(
    @Args() given: QueryMyAdjudicationsArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<MyAdjudications> {
    return myAdjudications({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Query()
  async adjudicationTask(
    @Args() given: QueryAdjudicationTaskArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<StoredTask | null> {
    return adjudicationTask({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Mutation()
  async claimNextAdjudication(
    @Args('input') input: ClaimNextAdjudicationInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ClaimSeatResult> {
    return claimNextAdjudication(this.#ports, viewer, input);
  }

  @Mutation()
  async claimAdjudication(
    @Args('input') input: ClaimAdjudicationInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ClaimSeatResult> {
    return claimAdjudication(this.#ports, viewer, input);
  }

  @Mutation()
  async renewAdjudication(
    @Args('input') input: RenewLeaseInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<RenewLeaseResult> {
    return renewLease(this.#ports, viewer, input);
  }

  @Mutation()
  async releaseAdjudication(
    @Args('input') input: ReleaseAdjudicationInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ReleaseSeatResult> {
    return releaseAdjudication(this.#ports, viewer, input);
  }

  @Mutation()
  async adjudicate(
    @Args('input') input: AdjudicateInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<AdjudicateResult> {
    return castVote(this.#ports, viewer, input);
  }

  @Mutation()
  async requestAdjudication(
    @Args('input') input: FinishCaseInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<FinishCaseResult> {
    return requestAdjudication(this.#ports, viewer, input);
  }

  @Mutation()
  async finaliseCase(
    @Args('input') input: FinishCaseInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<FinishCaseResult> {
    return finaliseCase(this.#ports, viewer, input);
  }

  @Mutation()
  async reopenCase(
    @Args('input') input: FinishCaseInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<FinishCaseResult> {
    return reopenCase(this.#ports, viewer, input);
  }
}
