import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type { ExcludeCaseInput, FinishCaseInput, FinishCaseResult } from '../schema/generated/schema-types.ts';
import { excludeCase, includeCase } from './triage-case.ts';

@Resolver()
export class TriageResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Mutation()
  async excludeCase(
    @Args('input') input: ExcludeCaseInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<FinishCaseResult> {
    return excludeCase(this.#ports, viewer, input);
  }

  @Mutation()
  async includeCase(
    @Args('input') input: FinishCaseInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<FinishCaseResult> {
    return includeCase(this.#ports, viewer, input);
  }
}
