import type { ReviewOutcome } from '@consilium/domain';
import type { ReviewView } from '@consilium/read-model';
import type { SeenCase } from '../case/case-sight.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { opened, type TextOpener } from '../platform/sealed-texts.ts';
import { presentAnswer } from '../read/present-annotations.ts';
import type { Review } from '../schema/generated/schema-types.ts';

/**
 * While blinded an annotator is told that their read was rejected, and why by its code: what they say next is marked as not independent.
 * All else would tell them what somebody else sees in a case whose read they may still amend.
 */
export async function presentReviews(scope: RequestScope, seen: SeenCase): Promise<readonly Review[]> {
  const { view, sight, point } = seen;
  scope.accessLog.note('annotation.read', [view.caseId]);
  const isThen = (seq: number): boolean => point === undefined || seq <= point.sequence;
  const own = new Set(sight.ownReads.map(({ readId }) => readId));
  const reviews = ((await scope.reviews.get(view.caseId)) ?? [])
    .filter(({ fromSeq }) => isThen(fromSeq))
    // Who held it at a point before its end is not kept: of the past it is told with the end alone.
    .map((review) =>
      point === undefined || (review.end !== undefined && isThen(review.end.seq))
        ? review
        : { ...review, end: undefined, reviewerId: undefined },
    )
    .filter(({ readId, end }) => !sight.isBlinded || (own.has(readId) && isRejection(end?.recorded?.outcome)));
  return Promise.all(reviews.map(async (review) => present(scope, seen, review)));
}

const isRejection = (outcome: ReviewOutcome | undefined): boolean =>
  outcome === 'rejectedToSame' || outcome === 'rejectedToOther';

async function present(
  { texts }: RequestScope,
  { view: { subjectId }, sight }: SeenCase,
  { reviewId, readId, cause, openedAt, reviewerId, end }: ReviewView,
): Promise<Review> {
  const hidesReviewer = sight.hidesReaders || sight.isBlinded;
  const shown = {
    id: reviewId,
    readId,
    cause,
    openedAt,
    endedAt: end?.at ?? null,
    outcome: end?.recorded?.outcome ?? null,
    reason: end?.reason ?? null,
    reviewerId: hidesReviewer ? null : (reviewerId ?? null),
  };
  if (end?.recorded === undefined) return { ...shown, note: null, fix: null };
  const { fix, note } = end.recorded;
  const open = await texts.openerOf({ subjectId, eventId: end.eventId, type: 'reviewRecorded' }, { fix, note });
  const openFix: TextOpener = (text, field) => open(text, `fix.${field}`);
  return {
    ...shown,
    // What somebody else wrote of their read may speak of others.
    note: sight.isBlinded ? null : opened(open, note, 'note'),
    fix: fix === undefined ? null : { annotationId: fix.annotationId, ...presentAnswer(openFix, fix.annotation) },
  };
}
