import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { ProjectView } from '@consilium/read-model';
import { presentAnsweredFrom } from '../as-of/present-answered-from.ts';
import type { ChangeFollower } from '../change/change-follower.ts';
import type { Ports } from '../platform/ports.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { FOLLOWER, PORTS } from '../platform/tokens.ts';
import type {
  AdoptProtocolInput,
  AdoptProtocolResult,
  AnsweredFrom,
  Annotator,
  CreateProjectInput,
  CreateProjectResult,
  ProjectProgress,
  Protocol,
  ProtocolVersion,
  QueryProjectArguments,
  QueryProjectsArguments,
  RegisterAnnotatorInput,
  RegisterAnnotatorResult,
} from '../schema/generated/schema-types.ts';
import { adoptProtocol } from './adopt-protocol.ts';
import { createProject } from './create-project.ts';
import {
  findProgress,
  findSeenProject,
  listProjectAnnotators,
  listSeenProjects,
  listProtocols,
  type ProjectPage,
  type SeenProject,
} from './find-projects.ts';
import { presentProtocol } from './present-protocol.ts';
import { registerAnnotator } from './register-annotator.ts';

@Resolver('Project')
export class ProjectResolver {
  readonly #ports: Ports;
  readonly #follower: ChangeFollower;

  constructor(@Inject(PORTS) ports: Ports, @Inject(FOLLOWER) follower: ChangeFollower) {
    this.#ports = ports;
    this.#follower = follower;
  }

  @Query()
  async project(
    @Args() given: QueryProjectArguments,
    @Context('scope') scope: RequestScope,
  ): Promise<SeenProject | undefined> {
    return findSeenProject({ ...this.#ports, follower: this.#follower }, scope, given);
  }

  @Query()
  async projects(@Args() given: QueryProjectsArguments, @Context('scope') scope: RequestScope): Promise<ProjectPage> {
    return listSeenProjects(this.#ports.signatures, scope, given);
  }

  @Mutation()
  async createProject(
    @Args('input') input: CreateProjectInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<CreateProjectResult> {
    return createProject(this.#ports, viewer, input);
  }

  @Mutation()
  async adoptProtocol(
    @Args('input') input: AdoptProtocolInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<AdoptProtocolResult> {
    return adoptProtocol(this.#ports, viewer, input);
  }

  @Mutation()
  async registerAnnotator(
    @Args('input') input: RegisterAnnotatorInput,
    @Context('scope') { viewer }: RequestScope,
  ): Promise<RegisterAnnotatorResult> {
    return registerAnnotator(this.#ports, viewer, input);
  }

  @ResolveField()
  id(@Parent() { projectId }: ProjectView): string {
    return projectId;
  }

  @ResolveField()
  async protocol(
    @Parent() { projectId, protocol }: ProjectView,
    @Context('scope') scope: RequestScope,
  ): Promise<Protocol> {
    return presentProtocol(protocol, await scope.isAnnotatorOf(projectId));
  }

  @ResolveField()
  async progress(@Parent() seen: SeenProject, @Context('scope') scope: RequestScope): Promise<ProjectProgress | null> {
    return findProgress(scope, seen);
  }

  @ResolveField()
  async annotators(@Parent() seen: SeenProject, @Context('scope') scope: RequestScope): Promise<readonly Annotator[]> {
    return listProjectAnnotators(scope, seen);
  }

  @ResolveField()
  async protocols(
    @Parent() seen: SeenProject,
    @Context('scope') scope: RequestScope,
  ): Promise<readonly ProtocolVersion[]> {
    return listProtocols(scope, seen);
  }

  @ResolveField()
  async answeredFrom(
    @Parent() { projectId, point }: SeenProject,
    @Context('scope') scope: RequestScope,
  ): Promise<AnsweredFrom | null> {
    return presentAnsweredFrom(point, await scope.isAnnotatorOf(projectId));
  }
}
