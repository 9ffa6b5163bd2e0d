import type { ThreadEventView } from '@consilium/read-model';
import { pointText } from '../as-of/resolve-point.ts';
import { seesGold } from '../change/gold-sight.ts';
import type { SeenCase } from '../case/case-sight.ts';
import { type CursorScope, makeCursor, readCursor } from '../platform/cursor.ts';
import type { KeyedHash } from '../platform/keyed-hash.ts';
import { pageSize } from '../platform/page-size.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { ThreadConnection } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';
import { presentThread } from './present-thread.ts';
import { retractedIn, type ThreadOfCase, threadsOf } from './threads-of.ts';

export interface ThreadsRequest {
  readonly first: number | null;
  readonly after?: string | null;
}

/** The threads of a case, in the order in which they were opened. A cursor given while blinded is no good afterwards. */
export async function listThreads(
  signatures: KeyedHash,
  scope: RequestScope,
  seen: SeenCase,
  { first, after }: ThreadsRequest,
): Promise<ThreadConnection> {
  const { view, sight, point } = seen;
  const size = pageSize(first);
  scope.accessLog.note('comment.read', [view.caseId]);
  const place: CursorScope = [
    'threads',
    scope.viewer.organisation,
    view.caseId,
    // What is shown, and so its place, is another for each.
    scope.viewer.personId,
    scope.viewer.role,
    sight.isBlinded ? 'blinded' : null,
    pointText(point),
  ];
  const from = isGiven(after) ? placeOf(readCursor(signatures, place, after)) : 0;
  const said = (await scope.threadEvents.get(view.caseId)) ?? [];
  const shown = await threadsShown(scope, seen, said);
  // What was taken back since is shown of no point of the past either.
  const retracted = retractedIn(said);
  const page = shown.slice(from, from + size);
  const edges = await Promise.all(
    page.map(async (thread, index) => ({
      cursor: makeCursor(signatures, place, [from + index + 1]),
      node: await presentThread(scope, seen, thread, retracted),
    })),
  );
  return {
    edges,
    pageInfo: { hasNextPage: shown.length > from + size, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

/** Those with anything in them that this viewer may see, without what they may not. */
async function threadsShown(
  scope: RequestScope,
  seen: SeenCase,
  said: readonly ThreadEventView[],
): Promise<readonly ThreadOfCase[]> {
  const { sight, point } = seen;
  const threads = threadsOf(said.filter(({ fromSeq }) => point === undefined || fromSeq <= point.sequence));
  if (threads.length === 0) return [];
  const [undecided, reads] = sight.isBlinded
    ? [new Set<string>(), new Set<string>()]
    : [await undecidedOf(scope, seen), await readsOfCase(scope, seen)];
  return threads.flatMap((thread) => {
    const comments = thread.comments.filter(({ annotatorId, adjudicationId }) =>
      annotatorId === sight.annotatorId || scope.viewer.role === 'auditor'
        ? true
        : // Members of a panel are blind to each other until it has decided.
          !sight.isBlinded && (adjudicationId === undefined || !undecided.has(adjudicationId)),
    );
    if (comments.length === 0) return [];
    const isOwn = thread.openedBy === sight.annotatorId;
    // A finding of what somebody said of the case as gold is of no read: to others the thread is about the case.
    const isOfRead = thread.subject.kind !== 'finding' || isOwn || reads.has(thread.subject.readId);
    const mayTellSubject = sight.isBlinded ? isOwn : isOfRead || seesGold(scope.viewer.role, sight.isAnnotator);
    return [
      {
        ...thread,
        comments,
        subject: mayTellSubject ? thread.subject : ({ kind: 'case' } as const),
        resolved: sight.isBlinded ? undefined : thread.resolved,
      },
    ];
  });
}

/** Adjudications without a decision at present, whatever point of the past is asked about. */
async function undecidedOf(scope: RequestScope, { view }: SeenCase): Promise<ReadonlySet<string>> {
  const adjudications = (await scope.adjudications.get(view.caseId)) ?? [];
  return new Set(
    adjudications.filter(({ decision }) => decision === undefined).map(({ adjudicationId }) => adjudicationId),
  );
}

/** Reads of the case and the viewer's own, which may be of it as gold. */
async function readsOfCase(scope: RequestScope, { view, sight }: SeenCase): Promise<ReadonlySet<string>> {
  const reads = (await scope.reads.get(view.caseId)) ?? [];
  return new Set([...reads, ...sight.ownReads].map(({ readId }) => readId));
}

function placeOf([place]: readonly unknown[]): number {
  if (typeof place !== 'number') throw new Error('a signed cursor has another form');
  return place;
}
