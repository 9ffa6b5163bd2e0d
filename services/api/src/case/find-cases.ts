import { isUuid } from '@consilium/domain';
import type { CaseId, ProjectId } from '@consilium/domain';
import { findCase, findProject, listCases } from '@consilium/read-model';
import type { CasePlace } from '@consilium/read-model';
import { type AwaitPorts, awaitChange } from '../change/await-change.ts';
import { type CursorScope, makeCursor, readCursor } from '../platform/cursor.ts';
import { pageSize } from '../platform/page-size.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import { queryError } from '../platform/query-errors.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { PageInfo, QueryCaseArguments, QueryCasesArguments } from '../schema/generated/schema-types.ts';
import { seeCases, type SeenCase } from './case-sight.ts';
import { isGiven } from '../schema/is-given.ts';

export interface CasePorts extends AwaitPorts {
  readonly facts: ProjectFacts;
}

/** Undefined for a case that is not there for this viewer. */
export async function findSeenCase(
  ports: CasePorts,
  scope: RequestScope,
  { id, after }: QueryCaseArguments,
): Promise<SeenCase | undefined> {
  await awaitChange(ports, scope, after);
  const view = isUuid(id) ? await findCase(scope.session, id as CaseId) : undefined;
  if (view === undefined) return undefined;
  scope.accessLog.note('case.read', [view.caseId]);
  return (await seeCases(ports.facts, scope, [view]))[0];
}

export interface SeenCasePage {
  readonly edges: readonly { readonly cursor: string; readonly node: SeenCase }[];
  readonly pageInfo: PageInfo;
}

/** In order of position, which is the order of import and says nothing of what anybody did. */
export async function listSeenCases(
  ports: CasePorts,
  scope: RequestScope,
  { projectId, first, after, status, afterChange }: QueryCasesArguments,
): Promise<SeenCasePage> {
  const size = pageSize(first);
  await awaitChange(ports, scope, afterChange);
  if (!isUuid(projectId) || (await findProject(scope.session, projectId as ProjectId)) === undefined) {
    throw queryError('NOT_FOUND', 'There is no project of this id for you.');
  }
  if (isGiven(status) && (await scope.isAnnotatorOf(projectId as ProjectId))) {
    // Which cases others have completed would show by what is left out.
    throw queryError('FORBIDDEN', 'An annotator cannot list cases by status.');
  }
  const place: CursorScope = ['cases', scope.viewer.organisation, projectId, status ?? null];
  const page = await listCases(scope.session, {
    projectId: projectId as ProjectId,
    first: size,
    after: !isGiven(after) ? undefined : placeOf(readCursor(ports.signatures, place, after)),
    status: status ?? undefined,
  });
  scope.accessLog.note(
    'case.read',
    page.items.map(({ caseId }) => caseId),
  );
  const seen = await seeCases(ports.facts, scope, page.items);
  const edges = seen.map((node) => ({
    cursor: makeCursor(ports.signatures, place, [node.view.position, node.view.caseId]),
    node,
  }));
  return { edges, pageInfo: { hasNextPage: page.hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
}

function placeOf([position, caseId]: readonly unknown[]): CasePlace {
  if (typeof position !== 'number' || typeof caseId !== 'string') throw new Error('a signed cursor has another form');
  return { position, caseId: caseId as CaseId };
}
