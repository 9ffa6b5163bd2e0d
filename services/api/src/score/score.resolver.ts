import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { ChangeFollower } from '../change/change-follower.ts';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { FOLLOWER, PORTS } from '../platform/tokens.ts';
import type { QueryScorecardsArguments, Scorecards } from '../schema/generated/schema-types.ts';
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
}
