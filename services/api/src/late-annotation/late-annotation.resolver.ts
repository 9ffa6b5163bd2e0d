import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type {
  AcceptLateAnnotationInput,
  DecideLateAnnotationResult,
  DeclineLateAnnotationInput,
  LateAnnotation,
  QueryLateAnnotationsArguments,
} from '../schema/generated/schema-types.ts';
import { acceptLateAnnotation, declineLateAnnotation } from './decide-late-annotation.ts';
import { listLateAnnotations } from './list-late-annotations.ts';

@Resolver()
export class LateAnnotationResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Query()
  async lateAnnotations(
    @Args() given: QueryLateAnnotationsArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<readonly LateAnnotation[]> {
    return listLateAnnotations(this.#ports, scope, given);
  }

  @Mutation()
  async acceptLateAnnotation(
    @Args('input') input: AcceptLateAnnotationInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<DecideLateAnnotationResult> {
    return acceptLateAnnotation(this.#ports, viewer, input);
  }

  @Mutation()
  async declineLateAnnotation(
    @Args('input') input: DeclineLateAnnotationInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<DecideLateAnnotationResult> {
    return declineLateAnnotation(this.#ports, viewer, input);
  }
}
