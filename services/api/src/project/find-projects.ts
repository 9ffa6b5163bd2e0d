import { isUuid } from '@consilium/domain';
import type { Instant, ProjectId } from '@consilium/domain';
import { findProject, listAnnotators, listProjects, projectProgress } from '@consilium/read-model';
import type { ProjectPlace, ProjectView } from '@consilium/read-model';
import { type AwaitPorts, awaitChange } from '../change/await-change.ts';
import { type CursorScope, makeCursor, readCursor } from '../platform/cursor.ts';
import type { KeyedHash } from '../platform/keyed-hash.ts';
import { pageSize } from '../platform/page-size.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type {
  Annotator,
  PageInfo,
  ProjectProgress,
  QueryProjectArguments,
  QueryProjectsArguments,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

/** Undefined for a project that is not there for this viewer. */
export async function findSeenProject(
  ports: AwaitPorts,
  scope: RequestScope,
  { id, after }: QueryProjectArguments,
): Promise<ProjectView | undefined> {
  await awaitChange(ports, scope, after);
  return isUuid(id) ? findProject(scope.session, id as ProjectId) : undefined;
}

export interface ProjectPage {
  readonly edges: readonly { readonly cursor: string; readonly node: ProjectView }[];
  readonly pageInfo: PageInfo;
}

/** The oldest first. */
export async function listSeenProjects(
  signatures: KeyedHash,
  scope: RequestScope,
  { first, after }: QueryProjectsArguments,
): Promise<ProjectPage> {
  const place: CursorScope = ['projects', scope.viewer.organisation];
  const page = await listProjects(scope.session, {
    first: pageSize(first),
    after: !isGiven(after) ? undefined : placeOf(readCursor(signatures, place, after)),
  });
  const edges = page.items.map((node) => ({
    cursor: makeCursor(signatures, place, [node.createdAt, node.projectId]),
    node,
  }));
  return { edges, pageInfo: { hasNextPage: page.hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
}

function placeOf([createdAt, projectId]: readonly unknown[]): ProjectPlace {
  if (typeof createdAt !== 'number' || typeof projectId !== 'string') {
    throw new Error('a signed cursor has another form');
  }
  return { createdAt: createdAt as Instant, projectId: projectId as ProjectId };
}

/** Nothing for whoever reads in the project: how far others are is not theirs to know. */
export async function findProgress(scope: RequestScope, projectId: ProjectId): Promise<ProjectProgress | null> {
  return (await scope.isAnnotatorOf(projectId)) ? null : projectProgress(scope.session, projectId);
}

export async function listProjectAnnotators(scope: RequestScope, projectId: ProjectId): Promise<readonly Annotator[]> {
  const annotators = await listAnnotators(scope.session, projectId);
  return annotators.map(({ annotatorId, personId, registeredAt }) => ({ id: annotatorId, personId, registeredAt }));
}
