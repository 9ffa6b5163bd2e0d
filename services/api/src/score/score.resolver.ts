import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { ChangeFollower } from '../change/change-follower.ts';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { FOLLOWER, PORTS } from '../platform/tokens.ts';
import { acknowledgeAlert, resolveAlert } from '../people/change-annotator.ts';
import type {
  AcknowledgeAlertInput,
  AlertConnection,
  AlertResult,
  QueryAlertsArguments,
  QueryScorecardsArguments,
  ResolveAlertInput,
  Scorecards,
} from '../schema/generated/schema-types.ts';
import { listAlerts } from './list-alerts.ts';
import { readScorecards } from './read-scorecards.ts';

@Resolver()
export class ScoreResolver {
  readonly #ports: Ports;
  readonly #follower: ChangeFollower;

  constructor(@Inject(PORTS) ports: Ports, @Inject(FOLLOWER) follower: ChangeFollower) {
    this.#ports = ports;
    this.#follower = follower;
  }

  @Query()
  async scorecards(
    @Args() given: QueryScorecardsArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<Scorecards> {
    return readScorecards({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Query()
  async alerts(@Args() given: QueryAlertsArguments, @Context('scope') scope: RequestScope): Promise<AlertConnection> {
    return listAlerts({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Mutation()
  async acknowledgeAlert(
    @Args('input') input: AcknowledgeAlertInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<AlertResult> {
    return acknowledgeAlert(this.#ports, viewer, input);
  }

  @Mutation()
  async resolveAlert(
    @Args('input') input: ResolveAlertInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<AlertResult> {
    return resolveAlert(this.#ports, viewer, input);
  }
}
