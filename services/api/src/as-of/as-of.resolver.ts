import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type {
  AnnotationVersion,
  EventProofResult,
  QueryAnnotationHistoryArguments,
  QueryEventProofArguments,
  QueryRegionHistoryArguments,
  RegionVersion,
} from '../schema/generated/schema-types.ts';
import { findAnnotationVersions, findRegionVersions } from './find-versions.ts';
import { proveEvent } from './prove-event.ts';

@Resolver()
export class AsOfResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Query()
  async annotationHistory(
    @Args() { id }: QueryAnnotationHistoryArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<readonly AnnotationVersion[]> {
    return findAnnotationVersions(this.#ports, scope, id);
  }

  @Query()
  async regionHistory(
    @Args() { id }: QueryRegionHistoryArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<readonly RegionVersion[]> {
    return findRegionVersions(this.#ports, scope, id);
  }

  @Query()
  async eventProof(
    @Args() given: QueryEventProofArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<EventProofResult> {
    return proveEvent(this.#ports, scope, given);
  }
}
