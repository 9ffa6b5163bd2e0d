import { isUuid } from '@consilium/domain';
import type { ProjectId } from '@consilium/domain';
import { listChanges } from '@consilium/read-model';
import type { ChangeView } from '@consilium/read-model';
import { isOfGold, seesGold } from './gold-sight.ts';
import { type CursorScope, makeCursor, readCursor } from '../platform/cursor.ts';
import type { KeyedHash } from '../platform/keyed-hash.ts';
import { pageSize } from '../platform/page-size.ts';
import { queryError } from '../platform/query-errors.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { ChangePage, QueryChangesArguments } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

/** What became visible after a place in the bounded feed. A project the viewer reads in themselves, or does not act in, is left out. */
export async function listSeenChanges(
  signatures: KeyedHash,
  scope: RequestScope,
  { after, first, projectId }: QueryChangesArguments,
): Promise<ChangePage> {
  if (isGiven(projectId) && !isUuid(projectId)) {
    throw queryError('NOT_FOUND', 'There is no project of this id for you.');
  }
  const place: CursorScope = ['changes', scope.viewer.organisation, projectId ?? null];
  const page = await listChanges(scope.session, {
    after: !isGiven(after) ? undefined : placeOf(readCursor(signatures, place, after)),
    first: pageSize(first),
    projectId: !isGiven(projectId) ? undefined : (projectId as ProjectId),
  });
  const isShown = new Map<ProjectId, boolean>();
  for (const { projectId: of } of page.changes) {
    if (!isShown.has(of)) isShown.set(of, !(await scope.isAnnotatorOf(of)) && (await scope.actsIn(of)));
  }
  const isTold = seesGold(scope.viewer.role, false);
  const seen = page.changes.filter(
    ({ projectId: of, type }) => isShown.get(of) === true && (isTold || !isOfGold(type)),
  );
  return { changes: seen.map(present), cursor: makeCursor(signatures, place, [page.feedId]), resync: page.resync };
}

function placeOf([feedId]: readonly unknown[]): number {
  if (typeof feedId !== 'number') throw new Error('a signed cursor has another form');
  return feedId;
}

const present = ({ caseId, projectId, type, recordedAt, globalSeq }: ChangeView): ChangePage['changes'][number] => ({
  caseId: caseId ?? null,
  projectId,
  type,
  at: recordedAt,
  globalSeq,
});
