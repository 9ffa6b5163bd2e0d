import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type {
  QueryUndoPreviewArguments,
  ReinstateCaseInput,
  ReinstateCaseResult,
  RestoreAnnotationInput,
  RestoreAnnotationResult,
  UndoChangesInput,
  UndoChangesResult,
  UndoPreview,
  WithdrawAnnotationInput,
  WithdrawAnnotationResult,
} from '../schema/generated/schema-types.ts';
import { previewUndo } from './preview-undo.ts';
import { reinstateCase } from './reinstate-case.ts';
import { restoreAnnotation } from './restore-annotation.ts';
import { undoChanges } from './undo-changes.ts';
import { withdrawAnnotation } from './withdraw-annotation.ts';

@Resolver()
export class UndoResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Query()
  async undoPreview(
    @Args() given: QueryUndoPreviewArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<UndoPreview> {
    return previewUndo(this.#ports, scope, given);
  }

  @Mutation()
  async undoChanges(
    @Args('input') input: UndoChangesInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<UndoChangesResult> {
    return undoChanges(this.#ports, viewer, input);
  }

  @Mutation()
  async withdrawAnnotation(
    @Args('input') input: WithdrawAnnotationInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<WithdrawAnnotationResult> {
    return withdrawAnnotation(this.#ports, viewer, input);
  }

  @Mutation()
  async restoreAnnotation(
    @Args('input') input: RestoreAnnotationInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<RestoreAnnotationResult> {
    return restoreAnnotation(this.#ports, viewer, input);
  }

  @Mutation()
  async reinstateCase(
    @Args('input') input: ReinstateCaseInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ReinstateCaseResult> {
    return reinstateCase(this.#ports, viewer, input);
  }
}
