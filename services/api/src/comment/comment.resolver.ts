import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type {
  AddCommentInput,
  AddCommentResult,
  CorrectCommentInput,
  CorrectCommentResult,
  OpenThreadInput,
  OpenThreadResult,
  RetractCommentInput,
  RetractCommentResult,
  TurnThreadInput,
  TurnThreadResult,
} from '../schema/generated/schema-types.ts';
import { retractComment, turnThread } from './change-thread.ts';
import { addComment, correctComment, openThread } from './write-comment.ts';

@Resolver()
export class CommentResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Mutation()
  async openThread(
    @Args('input') input: OpenThreadInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<OpenThreadResult> {
    return openThread(this.#ports, viewer, input);
  }

  @Mutation()
  async addComment(
    @Args('input') input: AddCommentInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<AddCommentResult> {
    return addComment(this.#ports, viewer, input);
  }

  @Mutation()
  async correctComment(
    @Args('input') input: CorrectCommentInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<CorrectCommentResult> {
    return correctComment(this.#ports, viewer, input);
  }

  @Mutation()
  async retractComment(
    @Args('input') input: RetractCommentInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<RetractCommentResult> {
    return retractComment(this.#ports, viewer, input);
  }

  @Mutation()
  async resolveThread(
    @Args('input') input: TurnThreadInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<TurnThreadResult> {
    return turnThread(this.#ports, viewer, 'resolveThread', input);
  }

  @Mutation()
  async reopenThread(
    @Args('input') input: TurnThreadInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<TurnThreadResult> {
    return turnThread(this.#ports, viewer, 'reopenThread', input);
  }
}
