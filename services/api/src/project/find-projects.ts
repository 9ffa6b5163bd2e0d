import { streamIdOf } from '@consilium/domain';
import type { Instant, ProjectId } from '@consilium/domain';
import {
  annotatesAnywhere,
  findProjectAsOf,
  listAnnotators,
  listProjects,
  listProjectsAsOf,
  listProtocolVersions,
  projectProgress,
  projectProgressAsOf,
} from '@consilium/read-model';
import type { ProjectPlace, ProjectView } from '@consilium/read-model';
import { presentAnsweredFrom } from '../as-of/present-answered-from.ts';
import {
  demandInstant,
  demandShown,
  demandWholeHistory,
  type Point,
  pointText,
  resolvePoint,
} from '../as-of/resolve-point.ts';
import { type AwaitPorts, awaitChange } from '../change/await-change.ts';
import { type CursorScope, makeCursor, readCursor } from '../platform/cursor.ts';
import type { KeyedHash } from '../platform/keyed-hash.ts';
import { pageSize } from '../platform/page-size.ts';
import { queryError } from '../platform/query-errors.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type {
  AnsweredFrom,
  Annotator,
  PageInfo,
  ProjectProgress,
  ProtocolVersion,
  QueryProjectArguments,
  QueryProjectsArguments,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';
import { presentQualification } from '../people/present-qualification.ts';
import { presentProtocol } from './present-protocol.ts';

/** A project as it is, or as it was at a point. */
export type SeenProject = ProjectView & { readonly point?: Point | undefined };

/** Undefined for a project that is not there for this viewer, or was not then. */
export async function findSeenProject(
  ports: AwaitPorts,
  scope: RequestScope,
  { id, after, asOf }: QueryProjectArguments,
): Promise<SeenProject | undefined> {
  await awaitChange(ports, scope, after);
  const now = await scope.findProject(id);
  if (now === undefined || !isGiven(asOf)) return now;
  if (await scope.isAnnotatorOf(now.projectId)) demandInstant(asOf);
  const point = await resolvePoint(scope, asOf);
  await demandShown(scope, [streamIdOf('project', now.projectId)], point);
  const then = await findProjectAsOf(scope.session, now.projectId, point.sequence);
  return then === undefined ? undefined : { ...then, point };
}

export interface ProjectPage {
  readonly edges: readonly { readonly cursor: string; readonly node: SeenProject }[];
  readonly pageInfo: PageInfo;
  readonly answeredFrom: AnsweredFrom | null;
}

/** The oldest first; a page may show fewer than were asked for. */
export async function listSeenProjects(
  signatures: KeyedHash,
  scope: RequestScope,
  { first, after, asOf }: QueryProjectsArguments,
): Promise<ProjectPage> {
  const size = pageSize(first);
  // Before the log is looked at: how far it is tells how much others do, in whatever project.
  if (isGiven(asOf) && (await annotatesAtAll(scope))) {
    throw queryError('FORBIDDEN', 'An annotator cannot list projects of the past.');
  }
  const point = isGiven(asOf) ? await resolvePoint(scope, asOf) : undefined;
  // A page of the past goes on in that past.
  const place: CursorScope = ['projects', scope.viewer.organisation, pointText(point)];
  const request = { first: size, after: !isGiven(after) ? undefined : placeOf(readCursor(signatures, place, after)) };
  const page =
    point === undefined
      ? await listProjects(scope.session, request)
      : await listProjectsAsOf(scope.session, request, point.sequence);
  if (point !== undefined) {
    await demandShown(
      scope,
      page.items.map(({ projectId }) => streamIdOf('project', projectId)),
      point,
    );
  }
  const areShown = await Promise.all(page.items.map(async ({ projectId }) => scope.actsIn(projectId)));
  const all = page.items.map((view) => ({
    cursor: makeCursor(signatures, place, [view.createdAt, view.projectId]),
    node: { ...view, point },
  }));
  return {
    edges: all.filter((_, index) => areShown[index] === true),
    // Of the whole page: a client goes on from there also where nothing of it is shown.
    pageInfo: { hasNextPage: page.hasNextPage, endCursor: all.at(-1)?.cursor ?? null },
    answeredFrom: presentAnsweredFrom(point, false),
  };
}

/** By the token, or registered in any project whatever the token says. */
const annotatesAtAll = async ({ viewer, session }: RequestScope): Promise<boolean> =>
  viewer.role === 'annotator' || annotatesAnywhere(session, viewer.personId);

function placeOf([createdAt, projectId]: readonly unknown[]): ProjectPlace {
  if (typeof createdAt !== 'number' || typeof projectId !== 'string') {
    throw new Error('a signed cursor has another form');
  }
  return { createdAt: createdAt as Instant, projectId: projectId as ProjectId };
}

/** Nothing for whoever reads in the project: how far others are, or were, is not theirs to know. */
export async function findProgress(
  scope: RequestScope,
  { projectId, point }: SeenProject,
): Promise<ProjectProgress | null> {
  if (await scope.isAnnotatorOf(projectId)) return null;
  return point === undefined
    ? projectProgress(scope.session, projectId)
    : projectProgressAsOf(scope.session, projectId, point.sequence);
}

export async function listProjectAnnotators(
  { session }: RequestScope,
  { projectId, point }: SeenProject,
): Promise<readonly Annotator[]> {
  const annotators = await listAnnotators(session, projectId, point?.sequence);
  return annotators.map(({ annotatorId, personId, registeredAt, pausedFor, qualifications }) => ({
    id: annotatorId,
    personId,
    registeredAt,
    status: pausedFor === undefined ? 'active' : 'paused',
    pausedFor: pausedFor ?? null,
    qualifications: qualifications.map(({ qualification, expiresAt }) => ({
      ...presentQualification(qualification),
      expiresAt: expiresAt ?? null,
    })),
  }));
}

/** @throws GraphQLError HISTORY_NOT_READY */
export async function listProtocols(
  scope: RequestScope,
  { projectId, point }: SeenProject,
): Promise<readonly ProtocolVersion[]> {
  const { session } = scope;
  await demandWholeHistory(session);
  const isAnnotator = await scope.isAnnotatorOf(projectId);
  const versions = await listProtocolVersions(session, projectId, point?.sequence);
  return versions.map(({ protocolVersion, protocol, adoptedAt, actorId, actorRole }) => ({
    version: protocolVersion,
    protocol: presentProtocol(protocol, isAnnotator),
    adoptedAt,
    actorId,
    actorRole,
  }));
}
