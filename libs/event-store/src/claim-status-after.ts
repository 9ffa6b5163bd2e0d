import type { CaseEvent } from '@consilium/domain';
import type { ClaimStatus } from './event-store.ts';

/** What an event makes of the claim that it is about; one of another type is about no claim. */
export const claimStatusAfter: Partial<Record<CaseEvent['type'], ClaimStatus>> = {
  // Of nobody's claim, but it takes a place as one does.
  externalReadRecorded: 'submitted',
  readClaimed: 'held',
  readReleased: 'released',
  readExpired: 'expired',
  readSkipped: 'skipped',
  annotationSubmitted: 'submitted',
  annotationAmended: 'submitted',
  // The annotator may claim the case again.
  annotationWithdrawn: 'released',
  annotationOutdated: 'released',
  adjudicationClaimed: 'adjudicating',
  adjudicationReleased: 'released',
  adjudicationExpired: 'expired',
  adjudicationVoted: 'adjudicated',
  goldClaimed: 'answeringGold',
  goldReleased: 'released',
  goldSkipped: 'skipped',
  goldAnswered: 'answeredGold',
  goldAmended: 'answeredGold',
  reviewClaimed: 'reviewing',
  // Who has had a read before them has seen it, whatever became of the review.
  reviewReleased: 'reviewed',
  reviewExpired: 'reviewed',
  reviewRecorded: 'reviewed',
  // As for one who skipped it, the case is not theirs to read any more.
  readPassedOn: 'skipped',
};
