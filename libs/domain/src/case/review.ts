import type { AnnotationId, AnnotatorId, ClaimId, Instant, ReadId, ReviewId } from '../identifiers.ts';
import type { ProtectedText } from '../protected-text.ts';
import type { Annotation } from './annotation.ts';

export const reviewCauses = ['sampled', 'requested'] as const;
/** Why a read is reviewed: it was drawn for the protocol's share, or a lead asked. */
export type ReviewCause = (typeof reviewCauses)[number];

export const reviewOutcomes = ['accepted', 'fixed', 'rejectedToSame', 'rejectedToOther'] as const;
/**
 * 'fixed': accepted for what it is, with the reviewer's own answer beside it. A rejected read counts no longer: the same annotator may
 * give another, which is not independent, or the place goes to somebody else.
 */
export type ReviewOutcome = (typeof reviewOutcomes)[number];

/** Why a reviewer decided as they did. Travels as the reason code of the event's envelope. */
export const reviewReasons = [
  'correct',
  'findingMissed',
  'findingWrong',
  'wrongPlace',
  'wrongTerm',
  'incomplete',
  'againstProtocol',
  'judgement',
  'other',
] as const;
export type ReviewReason = (typeof reviewReasons)[number];

interface OfReviewer {
  readonly reviewId: ReviewId;
  readonly readId: ReadId;
  /** The reviewer's id as annotator of the project, so that a part in the case is found by one id. */
  readonly annotatorId: AnnotatorId;
  readonly claimId: ClaimId;
}

export type ReviewEvent =
  | {
      readonly type: 'reviewOpened';
      readonly reviewId: ReviewId;
      readonly readId: ReadId;
      readonly cause: ReviewCause;
      readonly note?: ProtectedText;
    }
  | ({
      readonly type: 'reviewClaimed';
      /** As first granted; renewals are no events. */
      readonly leaseEndsAt: Instant;
    } & OfReviewer)
  | ({ readonly type: 'reviewReleased' } & OfReviewer)
  | ({ readonly type: 'reviewExpired' } & OfReviewer)
  | ({
      readonly type: 'reviewRecorded';
      /** The one that the reviewer looked at: the newest of its read. */
      readonly annotationId: AnnotationId;
      readonly outcome: ReviewOutcome;
      /** Of 'fixed' alone: it feeds releases, never agreement nor scores. */
      readonly fix?: { readonly annotationId: AnnotationId; readonly annotation: Annotation };
      readonly note?: ProtectedText;
    } & OfReviewer)
  | {
      /** Without an outcome: a lead waived it, or its read counts no longer. */
      readonly type: 'reviewClosed';
      readonly reviewId: ReviewId;
      readonly readId: ReadId;
      readonly cause: 'waived' | 'readGone';
      readonly note?: ProtectedText;
    }
  | {
      /** The place of a rejected read is somebody else's: its annotator reads the case no more. */
      readonly type: 'readPassedOn';
      readonly readId: ReadId;
      readonly annotatorId: AnnotatorId;
      readonly claimId: ClaimId;
    };

/** A review that has no outcome yet. */
export interface OpenReview {
  readonly readId: ReadId;
  /** Who holds it, by which claim. */
  readonly seat: { readonly annotatorId: AnnotatorId; readonly claimId: ClaimId } | undefined;
}
