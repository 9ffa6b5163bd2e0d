import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type {
  CaseFlag,
  FlagCaseInput,
  FlagCaseResult,
  QueryFlagsArguments,
  ResolveFlagInput,
  ResolveFlagResult,
} from '../schema/generated/schema-types.ts';
import { flagCase } from './flag-case.ts';
import { listFlags } from './list-flags.ts';
import { resolveFlag } from './resolve-flag.ts';

@Resolver()
export class FlagResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Query()
  async flags(@Args() given: QueryFlagsArguments, @Context('scope') scope: RequestScope): Promise<readonly CaseFlag[]> {
    return listFlags(this.#ports, scope, given);
  }

  @Mutation()
  async flagCase(
    @Args('input') input: FlagCaseInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<FlagCaseResult> {
    return flagCase(this.#ports, viewer, input);
  }

  @Mutation()
  async resolveFlag(
    @Args('input') input: ResolveFlagInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ResolveFlagResult> {
    return resolveFlag(this.#ports, viewer, input);
  }
}
