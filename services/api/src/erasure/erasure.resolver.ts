import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type {
  BeginExportInput,
  BeginExportResult,
  EraseSubjectInput,
  EraseSubjectResult,
} from '../schema/generated/schema-types.ts';
import { beginExport } from './begin-export.ts';
import { eraseSubject } from './erase-subject.ts';

@Resolver()
export class ErasureResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Mutation()
  async eraseSubject(
    @Args('input') input: EraseSubjectInput,
    @Context('scope') { session, viewer }: RequestScope,
  ): Promise<EraseSubjectResult> {
    return eraseSubject(this.#ports, session, viewer, input);
  }

  @Mutation()
  async beginExport(
    @Args('input') input: BeginExportInput,
    @Context('scope') scope: RequestScope,
  ): Promise<BeginExportResult> {
    return beginExport(this.#ports, scope, input);
  }
}
