import type {
  AdjudicationId,
  AnnotatorId,
  CommentId,
  DisagreementId,
  FindingId,
  ReadId,
  SentenceId,
  ThreadId,
} from '../identifiers.ts';
import type { ProtectedText } from '../protected-text.ts';

/*
 * What people say to each other about a case: threads of comments, each about one thing of it (docs/adr/0016). Comments are events like
 * all else, and change nothing of a case but its threads.
 */

/** What a thread is about. */
export type ThreadSubject =
  | { readonly kind: 'case' }
  /** Of the case, also one that was split or merged since. */
  | { readonly kind: 'sentence'; readonly sentenceId: SentenceId }
  /** Of any revision of a read. */
  | { readonly kind: 'finding'; readonly findingId: FindingId; readonly readId: ReadId }
  /** Of the consensus that holds or the adjudication that is open, or a question about a translation. */
  | { readonly kind: 'disagreement'; readonly disagreementId: DisagreementId };

/** A subject as it is asked for: whose read a finding is of, the case knows. */
export type AskedSubject =
  Exclude<ThreadSubject, { readonly kind: 'finding' }> | { readonly kind: 'finding'; readonly findingId: FindingId };

/** Why a comment is taken back. Travels as the reason code of the event's envelope. */
export const retractReasons = ['writtenByMistake', 'identifiesPatient', 'outOfPlace', 'other'] as const;
export type RetractReason = (typeof retractReasons)[number];

export const commentLimits = {
  /** Comments and corrections together, of one person in one case. The person's own alone: else it would tell of others. */
  writingsPerPerson: 100,
  /** How often one thread is resolved and opened again. */
  turnsPerThread: 50,
} as const;

interface OfThread {
  readonly threadId: ThreadId;
  /** Whose doing it is, by the id that they have or would have as annotator of the project; of a retraction, whose comment it was. */
  readonly annotatorId: AnnotatorId;
}

interface OfComment extends OfThread {
  readonly commentId: CommentId;
  readonly text: ProtectedText;
  /** Of the open adjudication that its author had a seat in: what members say is told to others once it is decided. */
  readonly adjudicationId?: AdjudicationId;
}

export type CommentEvent =
  /** With its first comment. */
  | ({ readonly type: 'threadOpened'; readonly subject: ThreadSubject } & OfComment)
  | ({ readonly type: 'commentAdded' } & OfComment)
  /** The text before stays in history. */
  | ({ readonly type: 'commentCorrected'; readonly revision: number } & OfComment)
  | ({ readonly type: 'commentRetracted'; readonly commentId: CommentId } & OfThread)
  | ({ readonly type: 'threadResolved' } & OfThread)
  | ({ readonly type: 'threadReopened' } & OfThread);

export interface ThreadComment {
  readonly annotatorId: AnnotatorId;
  /** 1 as it was first written. */
  readonly revision: number;
  readonly isRetracted: boolean;
}

export interface Thread {
  readonly openedBy: AnnotatorId;
  readonly isResolved: boolean;
  readonly turns: number;
  readonly comments: ReadonlyMap<CommentId, ThreadComment>;
}

/** Who gave a finding, and in which read. */
export interface GivenFinding {
  readonly readId: ReadId;
  readonly annotatorId: AnnotatorId;
}
