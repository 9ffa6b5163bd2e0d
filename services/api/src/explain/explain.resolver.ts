import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type { QueryExplainQueueArguments, QueueExplanation } from '../schema/generated/schema-types.ts';
import { explainQueue } from './explain-queue.ts';

@Resolver()
export class ExplainResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Query()
  async explainQueue(
    @Args() given: QueryExplainQueueArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<QueueExplanation> {
    return explainQueue(this.#ports, scope, given);
  }
}
