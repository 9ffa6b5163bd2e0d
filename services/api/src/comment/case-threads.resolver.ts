import { Inject } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { SeenCase } from '../case/case-sight.ts';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type { ThreadConnection } from '../schema/generated/schema-types.ts';
import { listThreads, type ThreadsRequest } from './list-threads.ts';

/** What is said of a case. */
@Resolver('Case')
export class CaseThreadsResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @ResolveField()
  async threads(
    @Parent() seen: SeenCase,
    @Args() given: ThreadsRequest,
    @Context('scope') scope: RequestScope,
  ): Promise<ThreadConnection> {
    return listThreads(this.#ports.signatures, scope, seen, given);
  }
}
