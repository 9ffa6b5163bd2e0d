import type { AnnotationId, AnnotatorId, ClaimId, Instant, ReadId, ReviewId } from '../identifiers.ts';
import type { ProtectedText } from '../protected-text.ts';
import type { Protocol } from '../project/protocol.ts';
import type { AnnotationDraft } from './annotation.ts';
import type { Lease } from './lease.ts';

/** Whether a submitted read is one of the protocol's share that is reviewed: drawn by a keyed hash of the read, so by no chance. */
export interface ReviewDraw {
  readonly reviewId: ReviewId;
  /** From 0 to just below 1; below the share it is reviewed. */
  readonly drawn: number;
}

/** What every command of a reviewer says: who, by which claim, when, and how the leases of the case stand. */
interface ReviewerCommand {
  /** The person's id as annotator of the project. */
  readonly annotatorId: AnnotatorId;
  readonly claimId: ClaimId;
  readonly at: Instant;
  readonly leases: readonly Lease[];
}

export type ReviewVerdict =
  | { readonly outcome: 'accepted' | 'rejectedToSame' | 'rejectedToOther' }
  | { readonly outcome: 'fixed'; readonly annotationId: AnnotationId; readonly draft: AnnotationDraft };

export type ReviewCommand =
  | {
      /** By a lead, of any read that counts. */
      readonly type: 'requestReview';
      readonly reviewId: ReviewId;
      readonly readId: ReadId;
      readonly note?: ProtectedText;
    }
  | (ReviewerCommand & {
      readonly type: 'claimReview';
      /** Undefined: the first of the case that nobody holds. */
      readonly reviewId: ReviewId | undefined;
      readonly protocol: Protocol;
    })
  | (ReviewerCommand & { readonly type: 'releaseReview' })
  | (ReviewerCommand & {
      readonly type: 'recordReview';
      /** The one that the reviewer looked at. */
      readonly annotationId: AnnotationId;
      readonly verdict: ReviewVerdict;
      readonly note?: ProtectedText;
      readonly protocol: Protocol;
    })
  | { readonly type: 'waiveReview'; readonly reviewId: ReviewId; readonly note?: ProtectedText };

export type ReviewRefusal =
  /** No such review is open, or none at all. */
  | { readonly code: 'REVIEW_UNKNOWN' }
  /** Somebody else holds it. */
  | { readonly code: 'REVIEW_TAKEN' }
  /** Nobody reviews a case that they have adjudicated. */
  | { readonly code: 'ADJUDICATED_BY_YOU' }
  /** Nobody adjudicates a case that they have reviewed. */
  | { readonly code: 'REVIEWED_BY_YOU' }
  /** The read has another revision than the one that was looked at. */
  | { readonly code: 'READ_CHANGED' }
  /** A review of it has no outcome yet. */
  | { readonly code: 'REVIEW_OPEN' };
