import type {
  AnnotationId,
  AnnotatorId,
  ClaimId,
  FlagId,
  Instant,
  ReadId,
  SentenceId,
  SubjectId,
} from '../identifiers.ts';
import type { ProtectedText } from '../protected-text.ts';
import type { AdjudicationEvent } from './adjudication.ts';
import type { ReviewEvent } from './review.ts';
import type { Annotation } from './annotation.ts';
import type { CommentEvent } from './comment.ts';
import type { Disagreement } from './disagreement.ts';
import type { ReturnReason, SkipReason } from './read-reasons.ts';
import type { FlagReason } from './flag-reason.ts';
import type { GoldEvent } from './gold.ts';
import type { ImportedCase } from './imported-case.ts';
import type { Independence } from './independence.ts';
import type { ScoringEvent } from './scoring.ts';
import type { RecordedConsensus } from './recorded-consensus.ts';
import type { SentenceEvent } from './sentence-events.ts';
import type { TimeOnTask } from './time-on-task.ts';

/** Who holds or held a read, by which claim. */
interface OfRead {
  readonly readId: ReadId;
  readonly annotatorId: AnnotatorId;
  readonly claimId: ClaimId;
}

export type CaseEvent =
  | ({ readonly type: 'caseImported' } & ImportedCase)
  | ({
      /** Came in with the case, and counts as a read in its first revision. */
      readonly type: 'externalReadRecorded';
      /** As the source calls its reader. */
      readonly reader: ProtectedText;
      readonly annotationId: AnnotationId;
      readonly annotation: Annotation;
    } & OfRead)
  | ({
      readonly type: 'readClaimed';
      /** As first granted; renewals are no events. */
      readonly leaseEndsAt: Instant;
      /** The sentence versions this read will have seen. */
      readonly sentences: readonly { readonly sentenceId: SentenceId; readonly version: number }[];
    } & OfRead)
  | ({ readonly type: 'readReleased'; readonly reason?: ReturnReason; readonly note?: ProtectedText } & OfRead)
  | ({ readonly type: 'readExpired' } & OfRead)
  | ({ readonly type: 'readSkipped'; readonly reason: SkipReason; readonly note?: ProtectedText } & OfRead)
  | ({
      readonly type: 'annotationSubmitted';
      readonly annotationId: AnnotationId;
      /** Of the read: 1 for the first submission; more where it was withdrawn and the case read again. */
      readonly revision: number;
      readonly annotation: Annotation;
      /** Not known of what was submitted before version 2, nor of what a lead accepted. */
      readonly timeOnTask?: TimeOnTask;
    } & OfRead)
  | ({
      /** A new revision of a read that was submitted before; until it is withdrawn or amended, this one counts. */
      readonly type: 'annotationAmended';
      readonly annotationId: AnnotationId;
      readonly revision: number;
      /** 'restored': the content of that revision; 'amended': a new content in the place of that revision. */
      readonly origin: { readonly kind: 'restored' | 'amended'; readonly revision: number };
      readonly independence: Independence;
      /** The read did not count before this event, and counts again. */
      readonly wasWithdrawn: boolean;
      readonly annotation: Annotation;
      readonly note?: ProtectedText;
    } & OfRead)
  | ({
      /** The read counts no longer; the annotator may claim the case again. */
      readonly type: 'annotationWithdrawn';
      readonly annotationId: AnnotationId;
      /** The one that counted. */
      readonly revision: number;
      readonly note?: ProtectedText;
    } & OfRead)
  | {
      /** Takes back the newest `readsCompleted`, and with it the consensus that answered it. */
      readonly type: 'readsReopened';
      /** Version of the stream at that `readsCompleted`. */
      readonly completedAtVersion: number;
    }
  | { readonly type: 'caseWithdrawn'; readonly note?: ProtectedText }
  | { readonly type: 'caseReinstated'; readonly note?: ProtectedText }
  /** Its image or report is unusable, as the reason code says; it is kept and counted. */
  | { readonly type: 'caseExcluded'; readonly note?: ProtectedText }
  | { readonly type: 'caseIncluded'; readonly note?: ProtectedText }
  | { readonly type: 'readsCompleted'; readonly readIds: readonly ReadId[] }
  | {
      /** The reads agree, or what they disagree about asks for nobody. */
      readonly type: 'consensusReached';
      readonly consensus: RecordedConsensus;
      readonly disagreements: readonly Disagreement[];
    }
  | {
      readonly type: 'disagreementFound';
      readonly consensus: RecordedConsensus;
      readonly disagreements: readonly Disagreement[];
    }
  /** One more annotator may read the case. */
  | { readonly type: 'extraReadRequested' }
  | AdjudicationEvent
  | SentenceEvent
  | GoldEvent
  | ReviewEvent
  | ScoringEvent
  | CommentEvent
  /** Nothing more is done to it; releases take it. */
  | { readonly type: 'caseFinalised'; readonly source: 'consensus' | 'adjudication'; readonly note?: ProtectedText }
  /** It is worked on again: what is asked of whom follows. */
  | { readonly type: 'caseReopened'; readonly note?: ProtectedText }
  // What came after its lease had ended and found its place taken: it counts for nothing unless a lead accepts it.
  | ({
      readonly type: 'lateAnnotationKept';
      readonly annotationId: AnnotationId;
      readonly annotation: Annotation;
    } & OfRead)
  /** `annotationSubmitted` follows, with the same content. */
  | ({ readonly type: 'lateAnnotationAccepted'; readonly annotationId: AnnotationId } & OfRead)
  | ({
      readonly type: 'lateAnnotationDeclined';
      readonly annotationId: AnnotationId;
      readonly note?: ProtectedText;
    } & OfRead)
  // Assignment: a place is kept for this annotator, or no more.
  | { readonly type: 'caseAssigned'; readonly annotatorId: AnnotatorId; readonly note?: ProtectedText }
  | { readonly type: 'caseUnassigned'; readonly annotatorId: AnnotatorId; readonly note?: ProtectedText }
  // Flags.
  | {
      readonly type: 'caseFlagged';
      readonly flagId: FlagId;
      /** Who held the case and flagged it; absent where it was somebody else. */
      readonly annotatorId?: AnnotatorId;
      readonly reason: FlagReason;
      readonly note?: ProtectedText;
    }
  | { readonly type: 'flagResolved'; readonly flagId: FlagId; readonly note?: ProtectedText }
  /** The subject's key is destroyed in the transaction that writes this: no text of the case can be read any more. */
  | { readonly type: 'subjectErased'; readonly subjectId: SubjectId }
  // Moving between versions of the protocol.
  | {
      /** What is read, decided and computed from here on goes by another version; what was said before stays as it was said. */
      readonly type: 'caseProtocolMoved';
      readonly from: number;
      readonly protocolVersion: number;
    };
