import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type {
  CaseChangePreview,
  ChangeCasesInput,
  ChangeCasesResult,
  QueryCaseChangePreviewArguments,
} from '../schema/generated/schema-types.ts';
import { changeCases } from './change-cases.ts';
import { previewChanges } from './preview-changes.ts';

@Resolver()
export class BulkResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Query()
  async caseChangePreview(
    @Args() given: QueryCaseChangePreviewArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<CaseChangePreview> {
    return previewChanges(this.#ports, scope, given);
  }

  @Mutation()
  async changeCases(
    @Args('input') input: ChangeCasesInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ChangeCasesResult> {
    return changeCases(this.#ports, viewer, input);
  }
}
