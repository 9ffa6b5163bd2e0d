import type {
  AdjudicationId,
  AnnotationId,
  AnnotatorId,
  ClaimId,
  DisagreementId,
  Instant,
  ReadId,
} from '../identifiers.ts';
import type { ProtectedText } from '../protected-text.ts';
import type { Annotation } from './annotation.ts';
import type { Disagreement } from './disagreement.ts';

export const adjudicationCauses = ['disagreement', 'forcedLabel', 'sampled', 'requested', 'reopened'] as const;
/** Why a case is adjudicated: its reads disagree; somebody gave a label that always is; it was drawn; a lead asked; it was decided before. */
export type AdjudicationCause = (typeof adjudicationCauses)[number];

export const decisionReasons = [
  'clearOnImage',
  'priorStudy',
  'reportText',
  'guideline',
  'readerError',
  'imageQuality',
  'judgement',
] as const;
/** Why an adjudicator chose as they did; a note may say more. */
export type DecisionReason = (typeof decisionReasons)[number];

/** One adjudicator's answer to one disagreement. */
export interface Choice {
  readonly disagreementId: DisagreementId;
  /** One of its options, or 'other'. */
  readonly option: string;
  readonly reason: DecisionReason;
  readonly note?: ProtectedText;
}

/** What was decided of one disagreement, and whose reads it followed and overruled. */
export interface AdjudicatedDisagreement {
  readonly disagreementId: DisagreementId;
  readonly option: string;
  readonly reason: DecisionReason;
  readonly followed: readonly ReadId[];
  readonly overruled: readonly ReadId[];
}

interface OfSeat {
  readonly adjudicationId: AdjudicationId;
  /** The person's id as annotator of the project, so that a part in the case is found by one id. */
  readonly annotatorId: AnnotatorId;
  readonly claimId: ClaimId;
}

export type AdjudicationEvent =
  | {
      readonly type: 'adjudicationOpened';
      readonly adjudicationId: AdjudicationId;
      readonly cause: AdjudicationCause;
      /** Members it takes: 1, 3 or 5. */
      readonly panelSize: number;
    }
  | ({
      readonly type: 'adjudicationClaimed';
      /** As first granted; renewals are no events. */
      readonly leaseEndsAt: Instant;
    } & OfSeat)
  | ({ readonly type: 'adjudicationReleased' } & OfSeat)
  | ({ readonly type: 'adjudicationExpired' } & OfSeat)
  | ({
      /** One member's whole answer. */
      readonly type: 'adjudicationVoted';
      readonly annotationId: AnnotationId;
      readonly annotation: Annotation;
      readonly choices: readonly Choice[];
    } & OfSeat)
  | {
      /** No answer of the panel has more than half for every disagreement: one more member, a lead, decides. */
      readonly type: 'panelSplit';
      readonly adjudicationId: AdjudicationId;
    }
  | {
      readonly type: 'adjudicationDecided';
      readonly adjudicationId: AdjudicationId;
      /** Of the vote whose answer is the case's from here on. */
      readonly annotationId: AnnotationId;
      readonly decisions: readonly AdjudicatedDisagreement[];
    };

/** A member's part in an open adjudication. */
export type Seat =
  | { readonly status: 'held'; readonly claimId: ClaimId }
  /** Released, or its lease ran out. */
  | { readonly status: 'open' }
  | { readonly status: 'voted'; readonly annotationId: AnnotationId; readonly choices: readonly Choice[] };

export interface OpenAdjudication {
  readonly adjudicationId: AdjudicationId;
  readonly cause: AdjudicationCause;
  readonly panelSize: number;
  readonly disagreements: readonly Disagreement[];
  /** By member, in the order in which they first came. */
  readonly seats: ReadonlyMap<AnnotatorId, Seat>;
  readonly isSplit: boolean;
}
