import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { listParkedStreams } from '@consilium/read-model';
import type { ParkedStreamView } from '@consilium/read-model';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type { DecideParkedStreamInput, DecideParkedStreamResult } from '../schema/generated/schema-types.ts';
import { decideParkedStream } from './decide-parked-stream.ts';

@Resolver()
export class OperationsResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Query()
  async parkedStreams(@Context('scope') { session }: RequestScope): Promise<readonly ParkedStreamView[]> {
    return listParkedStreams(session);
  }

  @Mutation()
  async decideParkedStream(
    @Args('input') input: DecideParkedStreamInput,
    @Context('scope') { session, viewer }: RequestScope,
  ): Promise<DecideParkedStreamResult> {
    return decideParkedStream(this.#ports, session, viewer, input);
  }
}
