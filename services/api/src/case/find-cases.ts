import { isUuid, streamIdOf } from '@consilium/domain';
import type { CaseId, ProjectId } from '@consilium/domain';
import { findCase, findCaseAsOf, listCases, listCasesAsOf } from '@consilium/read-model';
import type { CasePlace } from '@consilium/read-model';
import { presentAnsweredFrom } from '../as-of/present-answered-from.ts';
import { demandInstant, demandShown, pointText, resolvePoint } from '../as-of/resolve-point.ts';
import { type AwaitPorts, awaitChange } from '../change/await-change.ts';
import { type CursorScope, makeCursor, readCursor } from '../platform/cursor.ts';
import { pageSize } from '../platform/page-size.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import { queryError } from '../platform/query-errors.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type {
  AnsweredFrom,
  AsOf,
  PageInfo,
  QueryCaseArguments,
  QueryCasesArguments,
} from '../schema/generated/schema-types.ts';
import { seeCases, type SeenCase } from './case-sight.ts';
import { isGiven } from '../schema/is-given.ts';

export interface CasePorts extends AwaitPorts {
  readonly facts: ProjectFacts;
}

/**
 * Undefined for a case that is not there for this viewer, or was not then. What they may see of the past is decided by the
 * present: whoever is blinded now learns nothing of what was before.
 */
export async function findSeenCase(
  ports: CasePorts,
  scope: RequestScope,
  { id, after, asOf }: QueryCaseArguments,
): Promise<SeenCase | undefined> {
  await awaitChange(ports, scope, after);
  const view = isUuid(id) ? await findCase(scope.session, id as CaseId) : undefined;
  if (view === undefined) return undefined;
  const [seen] = await seeCases(ports.facts, scope, [view]);
  if (seen === undefined) return undefined;
  if (!isGiven(asOf)) {
    scope.accessLog.note('case.read', [view.caseId]);
    return seen;
  }
  if (seen.sight.isBlinded)
    throw queryError('FORBIDDEN', 'You are blinded for this case: its past is not yours to see.');
  if (seen.sight.isAnnotator) demandInstant(asOf);
  return findThen(scope, seen, asOf);
}

async function findThen(scope: RequestScope, { view, sight }: SeenCase, asOf: AsOf): Promise<SeenCase | undefined> {
  const point = await resolvePoint(scope, asOf);
  await demandShown(scope, [streamIdOf('case', view.caseId)], point);
  const then = await findCaseAsOf(scope.session, view.caseId, point.sequence);
  if (then === undefined) return undefined;
  scope.accessLog.note('case.read', [view.caseId]);
  return { view: then, sight, point };
}

export interface SeenCasePage {
  readonly edges: readonly { readonly cursor: string; readonly node: SeenCase }[];
  readonly pageInfo: PageInfo;
  readonly answeredFrom: AnsweredFrom | null;
}

/** In order of position, which is the order of import and says nothing of what anybody did. */
export async function listSeenCases(
  ports: CasePorts,
  scope: RequestScope,
  { projectId, first, after, status, afterChange, asOf }: QueryCasesArguments,
): Promise<SeenCasePage> {
  const size = pageSize(first);
  await awaitChange(ports, scope, afterChange);
  if ((await scope.findProject(projectId)) === undefined) {
    throw queryError('NOT_FOUND', 'There is no project of this id for you.');
  }
  if (isGiven(status) && (await scope.isAnnotatorOf(projectId as ProjectId))) {
    // Which cases others have completed would show by what is left out.
    throw queryError('FORBIDDEN', 'An annotator cannot list cases by status.');
  }
  if (isGiven(asOf) && (await scope.isAnnotatorOf(projectId as ProjectId))) {
    throw queryError('FORBIDDEN', 'An annotator cannot list cases of the past.');
  }
  const point = isGiven(asOf) ? await resolvePoint(scope, asOf) : undefined;
  // A page of the past goes on in that past.
  const place: CursorScope = ['cases', scope.viewer.organisation, projectId, status ?? null, pointText(point)];
  const request = {
    projectId: projectId as ProjectId,
    first: size,
    after: !isGiven(after) ? undefined : placeOf(readCursor(ports.signatures, place, after)),
    status: status ?? undefined,
  };
  const page =
    point === undefined
      ? await listCases(scope.session, request)
      : await listCasesAsOf(scope.session, request, point.sequence);
  const caseIds = page.items.map(({ caseId }) => caseId);
  if (point !== undefined) {
    await demandShown(
      scope,
      caseIds.map((caseId) => streamIdOf('case', caseId)),
      point,
    );
  }
  scope.accessLog.note('case.read', caseIds);
  const seen = (await seeCases(ports.facts, scope, page.items)).map((one) => ({ ...one, point }));
  const edges = seen.map((node) => ({
    cursor: makeCursor(ports.signatures, place, [node.view.position, node.view.caseId]),
    node,
  }));
  return {
    edges,
    pageInfo: { hasNextPage: page.hasNextPage, endCursor: edges.at(-1)?.cursor ?? null },
    answeredFrom: presentAnsweredFrom(point, false),
  };
}

function placeOf([position, caseId]: readonly unknown[]): CasePlace {
  if (typeof position !== 'number' || typeof caseId !== 'string') throw new Error('a signed cursor has another form');
  return { position, caseId: caseId as CaseId };
}
