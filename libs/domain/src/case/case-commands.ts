import type { AnnotationId, AnnotatorId, ClaimId, FlagId, Instant, ReadId, SubjectId } from '../identifiers.ts';
import type { Problem } from '../problem.ts';
import type { ProtectedText } from '../protected-text.ts';
import type { Protocol } from '../project/protocol.ts';
import type { AdjudicationCommand, AdjudicationRefusal } from './adjudication-commands.ts';
import type { Annotation, AnnotationDraft } from './annotation.ts';
import type { CommentCommand, CommentRefusal } from './comment-commands.ts';
import type { ExternalRead } from './external-read.ts';
import type { FlagReason } from './flag-reason.ts';
import type { GoldCommand, GoldRefusal } from './gold.ts';
import type { ScoringCommand } from './scoring.ts';
import type { ImportedCase } from './imported-case.ts';
import type { Independence } from './independence.ts';
import type { Lease } from './lease.ts';
import type { ReturnReason, SkipReason } from './read-reasons.ts';
import type { SentenceCommand, SentenceRefusal } from './sentence-commands.ts';
import type { TranslationQuestion } from './sentence-events.ts';
import type { TimeOnTask } from './time-on-task.ts';
import type { ReviewCommand, ReviewDraw, ReviewRefusal } from './review-commands.ts';

/** Why somebody amends their own read. Travels as the reason code of the event's envelope. */
export const amendReasons = ['overlooked', 'wrongPlace', 'wrongTerm', 'wrongCase', 'other'] as const;
export type AmendReason = (typeof amendReasons)[number];

/** Why an annotation that came too late is not taken. Travels as the reason code of the event's envelope. */
export const declineReasons = ['enoughReads', 'tooLate', 'notIndependent', 'other'] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** Why something that was entered is taken back, or brought back. Travels as the reason code of the event's envelope. */
export const changeReasons = ['enteredByMistake', 'wrongCase', 'accountCompromised', 'importFaulty', 'other'] as const;
export type ChangeReason = (typeof changeReasons)[number];

/** What every command about a read says: who, by which claim, when, and how the leases of the case stand. */
interface ReadCommand {
  readonly annotatorId: AnnotatorId;
  readonly claimId: ClaimId;
  readonly at: Instant;
  readonly leases: readonly Lease[];
}

export type CaseCommand =
  | {
      readonly type: 'importCase';
      readonly content: ImportedCase;
      /** What a check asks of its sentences. */
      readonly questions?: readonly TranslationQuestion[];
      /** Given elsewhere. */
      readonly reads?: readonly ExternalRead[];
      /** That the case comes in under. */
      readonly protocol: Protocol;
    }
  | (ReadCommand & {
      readonly type: 'claimRead';
      readonly readId: ReadId;
      readonly protocol: Protocol;
    })
  | (ReadCommand & { readonly type: 'releaseRead'; readonly reason?: ReturnReason; readonly note?: ProtectedText })
  | (ReadCommand & {
      readonly type: 'skipRead';
      readonly reason: SkipReason;
      readonly note?: ProtectedText;
    })
  | (ReadCommand & {
      readonly type: 'submitAnnotation';
      readonly annotationId: AnnotationId;
      /** The client's revision of its own read: 0 before the first submission. */
      readonly revision: number;
      readonly draft: AnnotationDraft;
      readonly review?: ReviewDraw;
      readonly protocol: Protocol;
      /** Absent where the server has no marks. */
      readonly timeOnTask?: TimeOnTask;
    })
  | {
      readonly type: 'withdrawAnnotation';
      readonly annotatorId: AnnotatorId;
      /** The revision that counts, as the sender knows it. */
      readonly revision: number;
      readonly note?: ProtectedText;
      readonly protocol: Protocol;
    }
  | {
      /** Brings the content of an earlier revision back as a new one; the sender took it, and its ids, from that event. */
      readonly type: 'restoreAnnotation';
      readonly readId: ReadId;
      readonly annotatorId: AnnotatorId;
      readonly claimId: ClaimId;
      readonly annotationId: AnnotationId;
      readonly revision: number;
      readonly annotation: Annotation;
      /** Of the revision that is brought back. */
      readonly independence: Independence;
      readonly note?: ProtectedText;
      readonly protocol: Protocol;
      readonly at: Instant;
      readonly leases: readonly Lease[];
    }
  | {
      readonly type: 'withdrawCase';
      /** Also when somebody has submitted a read of it. */
      readonly withReads: boolean;
      readonly note?: ProtectedText;
      readonly at: Instant;
      readonly leases: readonly Lease[];
    }
  // Assignment.
  | {
      readonly type: 'assignCase';
      /** Of annotators of the project; at least one. */
      readonly annotatorIds: readonly AnnotatorId[];
      readonly note?: ProtectedText;
      readonly protocol: Protocol;
      readonly at: Instant;
      readonly leases: readonly Lease[];
    }
  | { readonly type: 'unassignCase'; readonly annotatorIds: readonly AnnotatorId[]; readonly note?: ProtectedText }
  // Triage.
  | {
      readonly type: 'excludeCase';
      readonly note?: ProtectedText;
      readonly at: Instant;
      readonly leases: readonly Lease[];
    }
  | { readonly type: 'includeCase'; readonly note?: ProtectedText; readonly protocol: Protocol }
  | { readonly type: 'reinstateCase'; readonly note?: ProtectedText; readonly protocol: Protocol }
  | AdjudicationCommand
  | SentenceCommand
  | GoldCommand
  | ScoringCommand
  | ReviewCommand
  | CommentCommand
  | { readonly type: 'eraseSubject'; readonly subjectId: SubjectId }
  // Moving between versions of the protocol.
  | {
      readonly type: 'moveCaseProtocol';
      readonly protocolVersion: number;
      /** Of that version. */
      readonly protocol: Protocol;
      readonly at: Instant;
      readonly leases: readonly Lease[];
    }
  // Amending, annotations that came too late, and flags.
  | {
      readonly type: 'amendAnnotation';
      readonly annotatorId: AnnotatorId;
      /** The revision that counts, as the sender knows it. */
      readonly revision: number;
      readonly draft: AnnotationDraft;
      readonly note?: ProtectedText;
      readonly protocol: Protocol;
      readonly at: Instant;
      /** When the read was submitted, by the store's clock: from there its window runs, whatever was amended since. */
      readonly submittedAt: Instant;
      /** Whether its annotator may have seen what others said of the case. */
      readonly independence: Exclude<Independence, 'notRecorded'>;
    }
  | {
      /** The sender took the content from the event that kept it. */
      readonly type: 'acceptLateAnnotation';
      readonly annotationId: AnnotationId;
      readonly annotation: Annotation;
      readonly review?: ReviewDraw;
      readonly protocol: Protocol;
      readonly at: Instant;
      readonly leases: readonly Lease[];
    }
  | { readonly type: 'declineLateAnnotation'; readonly annotationId: AnnotationId; readonly note?: ProtectedText }
  | {
      readonly type: 'flagCase';
      readonly flagId: FlagId;
      /** Of an annotator, by the claim they hold; nobody's where somebody else flags who may see every case. */
      readonly holder: { readonly annotatorId: AnnotatorId; readonly claimId: ClaimId } | undefined;
      readonly reason: FlagReason;
      readonly note?: ProtectedText;
      readonly at: Instant;
      readonly leases: readonly Lease[];
    }
  | { readonly type: 'resolveFlag'; readonly flagId: FlagId; readonly note?: ProtectedText };

export type CaseCommandOf<Type extends CaseCommand['type']> = Extract<CaseCommand, { readonly type: Type }>;

export type CaseRefusal =
  | { readonly code: 'CASE_UNKNOWN' }
  /** The external key is taken by a case of other content; nothing was changed. */
  | { readonly code: 'CASE_DIFFERS' }
  | { readonly code: 'INVALID_CASE'; readonly problems: readonly Problem[] }
  /** As many annotators as the protocol wants have read or hold this case. */
  | { readonly code: 'CASE_NOT_AVAILABLE' }
  | { readonly code: 'ALREADY_SUBMITTED'; readonly revision: number }
  | { readonly code: 'ALREADY_SKIPPED' }
  /** The lease ran out or the claim is another one: claim again; nothing was lost or changed. */
  | { readonly code: 'STALE_LEASE' }
  | { readonly code: 'STALE_REVISION'; readonly revision: number }
  | { readonly code: 'INVALID_ANNOTATION'; readonly problems: readonly Problem[] }
  /** The reads are not complete at the version the consensus was computed from. */
  | { readonly code: 'CONSENSUS_NOT_DUE' }
  /** The reads it was computed from have changed since: another is due, or none. */
  | { readonly code: 'CONSENSUS_SUPERSEDED' }
  /** Nothing of this annotator counts in this case. */
  | { readonly code: 'NOT_SUBMITTED' }
  | { readonly code: 'REVISION_UNKNOWN' }
  /** The annotator reads the case again at present: what they submit counts, not what was. */
  | { readonly code: 'READ_HELD' }
  | { readonly code: 'CASE_WITHDRAWN' }
  | { readonly code: 'CASE_NOT_WITHDRAWN' }
  | { readonly code: 'CASE_HAS_READS'; readonly reads: number }
  /** It is final: it must be reopened before anything in it changes. */
  | { readonly code: 'CASE_FINALISED' }
  /** Its image or report is unusable: it must be included again before anything in it changes. */
  | { readonly code: 'CASE_EXCLUDED' }
  | AdjudicationRefusal
  | SentenceRefusal
  | GoldRefusal
  | ReviewRefusal
  | CommentRefusal
  // Moving between versions of the protocol.
  | { readonly code: 'PROTOCOL_UNCHANGED' }
  /** Its time to be amended is over. */
  | { readonly code: 'AMEND_WINDOW_CLOSED' }
  /** No such annotation waits for a decision. */
  | { readonly code: 'LATE_ANNOTATION_UNKNOWN' }
  | { readonly code: 'FLAG_UNKNOWN' }
  /** Somebody among those named has read the case, or seen what was said of it. */
  | { readonly code: 'HAD_A_PART' }
  /** As many flags as a case may have are open. */
  | { readonly code: 'TOO_MANY_FLAGS' };
