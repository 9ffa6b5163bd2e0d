import type { AnnotatorId, ClaimId, Instant } from '../identifiers.ts';

/** A lease as the store keeps it: renewals move its end without an event. */
export interface Lease {
  readonly claimId: ClaimId;
  readonly annotatorId: AnnotatorId;
  readonly endsAt: Instant;
}
