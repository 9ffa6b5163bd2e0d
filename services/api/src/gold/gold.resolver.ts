import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { ChangeFollower } from '../change/change-follower.ts';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { FOLLOWER, PORTS } from '../platform/tokens.ts';
import type {
  CorrectGoldInput,
  GoldCaseConnection,
  GoldResult,
  QueryGoldCasesArguments,
  RetireGoldInput,
  RetireGoldResult,
  SetGoldInput,
} from '../schema/generated/schema-types.ts';
import { correctGold, setGold } from './give-truth.ts';
import { listGold } from './list-gold.ts';
import { retireGold } from './retire-gold.ts';

@Resolver()
export class GoldResolver {
  readonly #ports: Ports;
  readonly #follower: ChangeFollower;

  constructor(@Inject(PORTS) ports: Ports, @Inject(FOLLOWER) follower: ChangeFollower) {
    this.#ports = ports;
    this.#follower = follower;
  }

  @Query()
  async goldCases(
    @Args() given: QueryGoldCasesArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<GoldCaseConnection> {
    return listGold({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Mutation()
  async setGold(@Args('input') input: SetGoldInput, @Context('scope') { viewer }: RequestScope): Promise<GoldResult> {
    return setGold(this.#ports, viewer, input);
  }

  @Mutation()
  async correctGold(
    @Args('input') input: CorrectGoldInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<GoldResult> {
    return correctGold(this.#ports, viewer, input);
  }

  @Mutation()
  async retireGold(
    @Args('input') input: RetireGoldInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<RetireGoldResult> {
    return retireGold(this.#ports, viewer, input);
  }
}
