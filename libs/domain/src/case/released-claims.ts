import type { CaseEvent } from './case-events.ts';
import { type LeasesAt, releasedReads } from './case-reads.ts';
import type { KnownCase } from './case-state.ts';
import { releasedGold } from './gold-reads.ts';
import { releasedReviews } from './open-reviews.ts';

/** Whoever holds the case to read it, as gold or for a review loses the claim: it is taken from all of them. */
export const releasedClaims = (leases: LeasesAt, state: KnownCase): readonly CaseEvent[] => [
  ...releasedReads(leases, state),
  ...releasedGold(leases, state),
  ...releasedReviews(state),
];
