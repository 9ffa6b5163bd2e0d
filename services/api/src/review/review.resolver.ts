import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { ChangeFollower } from '../change/change-follower.ts';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { FOLLOWER, PORTS } from '../platform/tokens.ts';
import { renewLease } from '../read/renew-lease.ts';
import type {
  ChangeReviewResult,
  ClaimNextReviewInput,
  ClaimReviewInput,
  ClaimReviewResult,
  MyReviews,
  QueryMyReviewsArguments,
  QueryReviewTaskArguments,
  RecordReviewInput,
  RecordReviewResult,
  ReleaseReviewInput,
  ReleaseReviewResult,
  RenewLeaseInput,
  RenewLeaseResult,
  RequestReviewInput,
  WaiveReviewInput,
} from '../schema/generated/schema-types.ts';
import { requestReview, waiveReview } from './change-review.ts';
import { claimNextReview, claimReview } from './claim-review.ts';
import { myReviews, reviewTask, type StoredReviewTask } from './my-reviews.ts';
import { recordReview } from './record-review.ts';
import { releaseReview } from './release-review.ts';

@Resolver()
export class ReviewResolver {
  readonly #ports: Ports;
  readonly #follower: ChangeFollower;

  constructor(@Inject(PORTS) ports: Ports, @Inject(FOLLOWER) follower: ChangeFollower) {
    this.#ports = ports;
    this.#follower = follower;
  }

  @Query()
  async myReviews(@Args() given: QueryMyReviewsArguments, @Context('scope') scope: RequestScope): Promise<MyReviews> {
    return myReviews({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Query()
  async reviewTask(
    @Args() given: QueryReviewTaskArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<StoredReviewTask | null> {
    return reviewTask({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Mutation()
  async claimNextReview(
    @Args('input') input: ClaimNextReviewInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ClaimReviewResult> {
    return claimNextReview(this.#ports, viewer, input);
  }

  @Mutation()
  async claimReview(
    @Args('input') input: ClaimReviewInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ClaimReviewResult> {
    return claimReview(this.#ports, viewer, input);
  }

  @Mutation()
  async renewReview(
    @Args('input') input: RenewLeaseInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<RenewLeaseResult> {
    return renewLease(this.#ports, viewer, input);
  }

  @Mutation()
  async releaseReview(
    @Args('input') input: ReleaseReviewInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ReleaseReviewResult> {
    return releaseReview(this.#ports, viewer, input);
  }

  @Mutation()
  async recordReview(
    @Args('input') input: RecordReviewInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<RecordReviewResult> {
    return recordReview(this.#ports, viewer, input);
  }

  @Mutation()
  async requestReview(
    @Args('input') input: RequestReviewInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ChangeReviewResult> {
    return requestReview(this.#ports, viewer, input);
  }

  @Mutation()
  async waiveReview(
    @Args('input') input: WaiveReviewInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ChangeReviewResult> {
    return waiveReview(this.#ports, viewer, input);
  }
}
