import type {
  AdjudicationId,
  AnnotationId,
  AnnotatorId,
  ClaimId,
  Instant,
  ReadId,
  SentenceId,
} from '../identifiers.ts';
import type { Problem } from '../problem.ts';
import type { ProtectedText } from '../protected-text.ts';
import type { Protocol } from '../project/protocol.ts';
import type { Annotation, AnnotationDraft } from './annotation.ts';
import type { ReturnReason, SkipReason } from './read-reasons.ts';
import type { TimeOnTask } from './time-on-task.ts';

/*
 * A case whose right answer is known is given to annotators among others, who cannot tell it from them (docs/adr/0016). What they
 * say there is no read of the case: it has events of its own, so whoever counts reads, of us or elsewhere, never counts it.
 */

/** Where a truth is from. */
export type GoldSource =
  /** The decision that holds: its annotation is the truth. */
  | { readonly kind: 'adjudication'; readonly adjudicationId: AdjudicationId }
  /** What it is known by, in words. */
  | { readonly kind: 'external'; readonly note: ProtectedText };

/** Why a truth is corrected, or a gold case is served no more. Travels as the reason code of the event's envelope. */
export const goldReasons = ['truthWrong', 'protocolChanged', 'knownToAnnotators', 'notSuitable', 'other'] as const;
export type GoldReason = (typeof goldReasons)[number];

interface Truth {
  /** Counts up from 1 with every truth of the case, also through retirement. */
  readonly truthVersion: number;
  readonly annotationId: AnnotationId;
  readonly source: GoldSource;
  readonly annotation: Annotation;
  /** Who gave it, by the id that they would have as annotator of the project: it is never served to them. */
  readonly setBy: AnnotatorId;
  readonly note?: ProtectedText;
}

interface OfGoldRead {
  readonly readId: ReadId;
  readonly annotatorId: AnnotatorId;
  readonly claimId: ClaimId;
}

export type GoldEvent =
  | ({ readonly type: 'goldSet' } & Truth)
  /** What was answered before is compared with this one too. */
  | ({ readonly type: 'goldCorrected' } & Truth)
  /** It is served to nobody any more, and hidden from nobody on its account. */
  | { readonly type: 'goldRetired'; readonly note?: ProtectedText }
  | ({
      readonly type: 'goldClaimed';
      /** As first granted; renewals are no events. */
      readonly leaseEndsAt: Instant;
      readonly sentences: readonly { readonly sentenceId: SentenceId; readonly version: number }[];
    } & OfGoldRead)
  | ({ readonly type: 'goldReleased'; readonly reason?: ReturnReason; readonly note?: ProtectedText } & OfGoldRead)
  | ({ readonly type: 'goldSkipped'; readonly reason: SkipReason; readonly note?: ProtectedText } & OfGoldRead)
  | ({
      readonly type: 'goldAnswered';
      readonly annotationId: AnnotationId;
      readonly revision: number;
      /** The truth that there was then. */
      readonly truthVersion: number;
      readonly annotation: Annotation;
      readonly timeOnTask?: TimeOnTask;
    } & OfGoldRead)
  | ({
      /** By its annotator, in the window that any read has. */
      readonly type: 'goldAmended';
      readonly annotationId: AnnotationId;
      readonly revision: number;
      readonly annotation: Annotation;
      readonly note?: ProtectedText;
    } & OfGoldRead);

interface TruthGiven {
  readonly annotationId: AnnotationId;
  readonly source: GoldSource;
  readonly draft: AnnotationDraft;
  readonly setBy: AnnotatorId;
  readonly note?: ProtectedText;
  readonly protocol: Protocol;
}

export type GoldCommand =
  | ({ readonly type: 'setGold' } & TruthGiven)
  | ({
      readonly type: 'correctGold';
      /** The truth that the sender knows. */
      readonly truthVersion: number;
    } & TruthGiven)
  | { readonly type: 'retireGold'; readonly note?: ProtectedText };

export type GoldRefusal =
  /** It is gold already: its truth may be corrected. */
  | { readonly code: 'ALREADY_GOLD' }
  | { readonly code: 'NOT_GOLD' }
  | { readonly code: 'INVALID_TRUTH'; readonly problems: readonly Problem[] };

/** What a case knows of its being gold. */
export interface Gold {
  readonly isActive: boolean;
  readonly truthVersion: number;
  /** Whoever gave one of its truths. */
  readonly givers: ReadonlySet<AnnotatorId>;
}
