import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type {
  MoveProtocolInput,
  MoveProtocolResult,
  ProtocolMovePreview,
  QueryProtocolMovePreviewArguments,
} from '../schema/generated/schema-types.ts';
import { moveProtocol } from './move-protocol.ts';
import { previewMove } from './preview-move.ts';

@Resolver()
export class MoveResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Query()
  async protocolMovePreview(
    @Args() given: QueryProtocolMovePreviewArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<ProtocolMovePreview> {
    return previewMove(this.#ports, scope, given);
  }

  @Mutation()
  async moveProtocol(
    @Args('input') input: MoveProtocolInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<MoveProtocolResult> {
    return moveProtocol(this.#ports, viewer, input);
  }
}
