import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { FOLLOWER, PORTS } from '../platform/tokens.ts';
import type {
  ChangePage,
  QueryChangesArguments,
  SubscriptionCaseChangedArguments,
  SubscriptionDisagreementFoundArguments,
  SubscriptionMyQueueChangedArguments,
  SubscriptionProjectProgressedArguments,
} from '../schema/generated/schema-types.ts';
import type { ChangeFollower } from './change-follower.ts';
import { type CaseFrame, followCases } from './follow-cases.ts';
import { type DisagreementFrame, followDisagreements } from './follow-disagreements.ts';
import { followProgress, type ProgressFrame } from './follow-progress.ts';
import { followQueue, type QueueFrame } from './follow-queue.ts';
import { listSeenChanges } from './list-changes.ts';

@Resolver()
export class ChangeResolver {
  readonly #ports: Ports;
  readonly #follower: ChangeFollower;

  constructor(@Inject(PORTS) ports: Ports, @Inject(FOLLOWER) follower: ChangeFollower) {
    this.#ports = ports;
    this.#follower = follower;
  }

  @Query()
  async changes(@Args() given: QueryChangesArguments, @Context('scope') scope: RequestScope): Promise<ChangePage> {
    return listSeenChanges(this.#ports.signatures, scope, given);
  }

  @Subscription()
  async caseChanged(
    @Args() given: SubscriptionCaseChangedArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<AsyncIterableIterator<CaseFrame>> {
    return followCases({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Subscription()
  async myQueueChanged(
    @Args() given: SubscriptionMyQueueChangedArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<AsyncIterableIterator<QueueFrame>> {
    return followQueue({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Subscription()
  async projectProgressed(
    @Args() given: SubscriptionProjectProgressedArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<AsyncIterableIterator<ProgressFrame>> {
    return followProgress({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Subscription()
  async disagreementFound(
    @Args() given: SubscriptionDisagreementFoundArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<AsyncIterableIterator<DisagreementFrame>> {
    return followDisagreements({ ...this.#ports, follower: this.#follower }, scope, given);
  }
}
