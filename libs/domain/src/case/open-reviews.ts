import type { ReadId } from '../identifiers.ts';
import type { CaseEvent } from './case-events.ts';
import type { KnownCase } from './case-state.ts';

/** The reviews of a read that counts no longer have nothing to look at. */
export const reviewsWithoutRead = (state: KnownCase, readId: ReadId): readonly CaseEvent[] => [
  ...releasedReviews(state, readId),
  ...[...state.reviews].flatMap(([reviewId, review]): readonly CaseEvent[] =>
    review.readId === readId ? [{ type: 'reviewClosed', reviewId, readId, cause: 'readGone' }] : [],
  ),
];

/** Who holds a review of this read, or any of the case, loses the claim; the review stays open. */
export const releasedReviews = ({ reviews }: KnownCase, wanted?: ReadId): readonly CaseEvent[] =>
  [...reviews].flatMap(([reviewId, { readId, seat }]): readonly CaseEvent[] =>
    (wanted === undefined || readId === wanted) && seat !== undefined
      ? [{ type: 'reviewReleased', reviewId, readId, ...seat }]
      : [],
  );
