import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { CaseId } from '@consilium/domain';
import { caseOfClaim } from '../case/case-of-claim.ts';
import type { SeenCase } from '../case/case-sight.ts';
import type { ChangeFollower } from '../change/change-follower.ts';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { FOLLOWER, PORTS } from '../platform/tokens.ts';
import type {
  AmendAnnotationInput,
  AmendAnnotationResult,
  ClaimCaseInput,
  ClaimNextCaseInput,
  EndReadResult,
  MyQueue,
  QueryMyQueueArguments,
  ReleaseReadInput,
  RenewLeaseInput,
  RenewLeaseResult,
  SkipReadInput,
  SubmitAnnotationInput,
  SubmitAnnotationResult,
} from '../schema/generated/schema-types.ts';
import { amendAnnotation } from './amend-annotation.ts';
import { claimCase, type StoredClaim, type StoredClaimResult } from './claim-case.ts';
import { claimNextCase } from './claim-next-case.ts';
import { releaseRead, skipRead } from './end-read.ts';
import { myQueue } from './my-queue.ts';
import { renewLease } from './renew-lease.ts';
import { submitAnnotation } from './submit-annotation.ts';

@Resolver('Claimed')
export class ReadResolver {
  readonly #ports: Ports;
  readonly #follower: ChangeFollower;

  constructor(@Inject(PORTS) ports: Ports, @Inject(FOLLOWER) follower: ChangeFollower) {
    this.#ports = ports;
    this.#follower = follower;
  }

  @Query()
  async myQueue(@Args() given: QueryMyQueueArguments, @Context('scope') scope: RequestScope): Promise<MyQueue> {
    return myQueue({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Mutation()
  async claimNextCase(
    @Args('input') input: ClaimNextCaseInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<StoredClaimResult> {
    return claimNextCase(this.#ports, viewer, input);
  }

  @Mutation()
  async claimCase(
    @Args('input') input: ClaimCaseInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<StoredClaimResult> {
    return claimCase(this.#ports, viewer, input);
  }

  @Mutation()
  async renewLease(
    @Args('input') input: RenewLeaseInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<RenewLeaseResult> {
    return renewLease(this.#ports, viewer, input);
  }

  @Mutation()
  async releaseRead(
    @Args('input') input: ReleaseReadInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<EndReadResult> {
    return releaseRead(this.#ports, viewer, input);
  }

  @Mutation()
  async skipRead(
    @Args('input') input: SkipReadInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<EndReadResult> {
    return skipRead(this.#ports, viewer, input);
  }

  @Mutation()
  async submitAnnotation(
    @Args('input') input: SubmitAnnotationInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<SubmitAnnotationResult> {
    return submitAnnotation(this.#ports, viewer, input);
  }

  @Mutation()
  async amendAnnotation(
    @Args('input') input: AmendAnnotationInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<AmendAnnotationResult> {
    return amendAnnotation(this.#ports, viewer, input);
  }

  @ResolveField()
  async case(@Parent() { caseId }: StoredClaim, @Context('scope') scope: RequestScope): Promise<SeenCase> {
    return caseOfClaim(this.#ports, scope, caseId as CaseId);
  }
}
