/**
 * Threads of comments about a case (docs/adr/0016).
 *
 * For whoever is blinded there is nothing but what they have written themselves: a thread, a finding or a disagreement that
 * others made is refused to them as one that was never there.
 */
import { assertNever } from '../assert-never.ts';
import { accept, type Decision, refuse } from '../decider.ts';
import type { AdjudicationId, AnnotatorId, CommentId, ThreadId } from '../identifiers.ts';
import type { CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { KnownCase } from './case-state.ts';
import { type AskedSubject, commentLimits, type Thread, type ThreadComment, type ThreadSubject } from './comment.ts';
import type { CommentAuthor, CommentCommand } from './comment-commands.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;
type CommandOf<Type extends CommentCommand['type']> = Extract<CommentCommand, { readonly type: Type }>;

export function commentOnCase(command: CommentCommand, state: KnownCase): CaseDecision {
  if (state.status === 'withdrawn') return refuse({ code: 'CASE_WITHDRAWN' });
  switch (command.type) {
    case 'openThread':
      return openThread(command, state);
    case 'addComment':
      return addComment(command, state);
    case 'correctComment':
      return correctComment(command, state);
    case 'retractComment':
      return retractComment(command, state);
    case 'resolveThread':
    case 'reopenThread':
      return turnThread(command, state);
    default:
      return assertNever(command);
  }
}

function openThread(command: CommandOf<'openThread'>, state: KnownCase): CaseDecision {
  const { threadId, commentId, author, text } = command;
  const subject = knownSubject(command.subject, author, state);
  if (subject === undefined) return refuse({ code: 'SUBJECT_UNKNOWN' });
  if (hasWrittenAll(author, state)) return refuse({ code: 'TOO_MANY_COMMENTS' });
  const { annotatorId } = author;
  return accept({ type: 'threadOpened', threadId, annotatorId, commentId, subject, text, ...seatOf(author, state) });
}

function addComment(command: CommandOf<'addComment'>, state: KnownCase): CaseDecision {
  const { threadId, commentId, author, text } = command;
  if (knownThread(threadId, author, state) === undefined) return refuse({ code: 'THREAD_UNKNOWN' });
  if (hasWrittenAll(author, state)) return refuse({ code: 'TOO_MANY_COMMENTS' });
  const { annotatorId } = author;
  return accept({ type: 'commentAdded', threadId, annotatorId, commentId, text, ...seatOf(author, state) });
}

function correctComment(command: CommandOf<'correctComment'>, state: KnownCase): CaseDecision {
  const { commentId, author, text } = command;
  const found = knownComment(commentId, author, state);
  if (found === undefined) return refuse({ code: 'COMMENT_UNKNOWN' });
  const { threadId, comment } = found;
  if (comment.annotatorId !== author.annotatorId) return refuse({ code: 'COMMENT_OF_ANOTHER' });
  if (comment.isRetracted) return refuse({ code: 'COMMENT_RETRACTED' });
  if (comment.revision !== command.revision) return refuse({ code: 'COMMENT_CHANGED', revision: comment.revision });
  if (hasWrittenAll(author, state)) return refuse({ code: 'TOO_MANY_COMMENTS' });
  const [{ annotatorId }, revision] = [author, comment.revision + 1];
  return accept({
    type: 'commentCorrected',
    threadId,
    annotatorId,
    commentId,
    revision,
    text,
    ...seatOf(author, state),
  });
}

function retractComment(command: CommandOf<'retractComment'>, state: KnownCase): CaseDecision {
  const { commentId, author, mayModerate } = command;
  const found = knownComment(commentId, author, state);
  if (found === undefined) return refuse({ code: 'COMMENT_UNKNOWN' });
  const { threadId, comment } = found;
  const { annotatorId } = comment;
  if (annotatorId !== author.annotatorId && !mayModerate) return refuse({ code: 'COMMENT_OF_ANOTHER' });
  // What is asked for is so already: a repeat changes nothing.
  return comment.isRetracted ? accept() : accept({ type: 'commentRetracted', threadId, annotatorId, commentId });
}

function turnThread({ type, threadId, author }: CommandOf<'resolveThread' | 'reopenThread'>, state: KnownCase) {
  const thread = knownThread(threadId, author, state);
  if (thread === undefined) return refuse({ code: 'THREAD_UNKNOWN' } as const);
  if (author.isBlinded) return refuse({ code: 'BLINDED' } as const);
  const isToBeResolved = type === 'resolveThread';
  if (thread.isResolved === isToBeResolved) return accept<CaseEvent>();
  if (thread.turns >= commentLimits.turnsPerThread) return refuse({ code: 'TOO_MANY_TURNS' } as const);
  const { annotatorId } = author;
  return accept<CaseEvent>({ type: isToBeResolved ? 'threadResolved' : 'threadReopened', threadId, annotatorId });
}

/** Whoever is blinded names the case, its sentences, and what they found themselves. */
function knownSubject(asked: AskedSubject, author: CommentAuthor, state: KnownCase): ThreadSubject | undefined {
  switch (asked.kind) {
    case 'case':
      return asked;
    case 'sentence': {
      const { sentenceId } = asked;
      const isThere = state.sentences.some((each) => each.sentenceId === sentenceId);
      return isThere || state.formerSentences.has(sentenceId) ? asked : undefined;
    }
    case 'finding': {
      const given = state.givenFindings.get(asked.findingId);
      if (given === undefined || (author.isBlinded && given.annotatorId !== author.annotatorId)) return undefined;
      return { kind: 'finding', findingId: asked.findingId, readId: given.readId };
    }
    case 'disagreement': {
      const { disagreementId } = asked;
      const adjudicated = state.status === 'adjudicating' ? state.adjudication.disagreements : [];
      const isThere =
        [...state.disagreements, ...adjudicated].some((each) => each.disagreementId === disagreementId) ||
        state.translationQuestions.has(disagreementId);
      return isThere && !author.isBlinded ? asked : undefined;
    }
    default:
      return assertNever(asked);
  }
}

function knownThread(threadId: ThreadId, author: CommentAuthor, { threads }: KnownCase): Thread | undefined {
  const thread = threads.get(threadId);
  return thread !== undefined && (!author.isBlinded || hasPartIn(thread, author.annotatorId)) ? thread : undefined;
}

const hasPartIn = ({ comments }: Thread, who: AnnotatorId): boolean =>
  [...comments.values()].some(({ annotatorId }) => annotatorId === who);

interface FoundComment {
  readonly threadId: ThreadId;
  readonly comment: ThreadComment;
}

function knownComment(
  commentId: CommentId,
  { annotatorId, isBlinded }: CommentAuthor,
  { threads }: KnownCase,
): FoundComment | undefined {
  for (const [threadId, { comments }] of threads) {
    const comment = comments.get(commentId);
    if (comment === undefined) continue;
    return isBlinded && comment.annotatorId !== annotatorId ? undefined : { threadId, comment };
  }
  return undefined;
}

function hasWrittenAll({ annotatorId }: CommentAuthor, { threads }: KnownCase): boolean {
  let written = 0;
  for (const { comments } of threads.values()) {
    for (const comment of comments.values()) if (comment.annotatorId === annotatorId) written += comment.revision;
  }
  return written >= commentLimits.writingsPerPerson;
}

/** Members of a panel are blind to each other. */
const seatOf = ({ annotatorId }: CommentAuthor, state: KnownCase): { readonly adjudicationId?: AdjudicationId } =>
  state.status === 'adjudicating' && state.adjudication.seats.has(annotatorId)
    ? { adjudicationId: state.adjudication.adjudicationId }
    : {};
