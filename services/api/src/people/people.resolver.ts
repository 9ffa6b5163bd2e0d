import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { listMembers } from '@consilium/read-model';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { PORTS } from '../platform/tokens.ts';
import type { SeenProject } from '../project/find-projects.ts';
import type {
  DisqualifyAnnotatorInput,
  DisqualifyAnnotatorResult,
  Member,
  MemberInput,
  MemberResult,
  MemberRole,
  PauseAnnotatorInput,
  PauseAnnotatorResult,
  QualifyAnnotatorInput,
  QualifyAnnotatorResult,
  ResumeAnnotatorInput,
  ResumeAnnotatorResult,
} from '../schema/generated/schema-types.ts';
import { disqualifyAnnotator, pauseAnnotator, qualifyAnnotator, resumeAnnotator } from './change-annotator.ts';
import { changeMember } from './change-member.ts';

@Resolver('Project')
export class PeopleResolver {
  readonly #ports: Ports;

  constructor(@Inject(PORTS) ports: Ports) {
    this.#ports = ports;
  }

  @Mutation()
  async qualifyAnnotator(
    @Args('input') input: QualifyAnnotatorInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<QualifyAnnotatorResult> {
    return qualifyAnnotator(this.#ports, viewer, input);
  }

  @Mutation()
  async disqualifyAnnotator(
    @Args('input') input: DisqualifyAnnotatorInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<DisqualifyAnnotatorResult> {
    return disqualifyAnnotator(this.#ports, viewer, input);
  }

  @Mutation()
  async pauseAnnotator(
    @Args('input') input: PauseAnnotatorInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<PauseAnnotatorResult> {
    return pauseAnnotator(this.#ports, viewer, input);
  }

  @Mutation()
  async resumeAnnotator(
    @Args('input') input: ResumeAnnotatorInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<ResumeAnnotatorResult> {
    return resumeAnnotator(this.#ports, viewer, input);
  }

  @Mutation()
  async addMember(
    @Args('input') input: MemberInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<MemberResult> {
    return changeMember(this.#ports, viewer, 'addMember', input);
  }

  @Mutation()
  async removeMember(
    @Args('input') input: MemberInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<MemberResult> {
    return changeMember(this.#ports, viewer, 'removeMember', input);
  }

  @ResolveField()
  async members(
    @Parent() { projectId, point }: SeenProject,
    @Context('scope') { session }: RequestScope,
  ): Promise<readonly Member[]> {
    return (await listMembers(session, projectId, point?.sequence)).listed;
  }

  @ResolveField()
  async closedRoles(
    @Parent() { projectId, point }: SeenProject,
    @Context('scope') { session }: RequestScope,
  ): Promise<readonly MemberRole[]> {
    return (await listMembers(session, projectId, point?.sequence)).closedRoles;
  }
}
