import { plainText } from '@consilium/domain';
import type { AskedSubject, CommentId, DisagreementId, FindingId, SentenceId, ThreadId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { noteProblem } from '../platform/note-input.ts';
import { invalidAt, oneOf } from '../platform/refusals.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type {
  AddCommentInput,
  AddCommentResult,
  CommentAdded,
  CommentCorrected,
  CorrectCommentInput,
  CorrectCommentResult,
  OpenThreadInput,
  OpenThreadResult,
  ThreadOpened,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';
import { commentRefusals, runCommentCommand } from './run-comment-command.ts';

export async function openThread(ports: ReadPorts, viewer: Viewer, input: OpenThreadInput): Promise<OpenThreadResult> {
  const subject = subjectOf(input);
  if (subject === undefined) {
    return invalidAt('sentenceId', 'ONE_OF', 'a thread is about one sentence, finding or disagreement, or the case');
  }
  const problem = textProblem(input);
  if (problem !== undefined) return problem;
  const { identities } = ports;
  const text = plainText(input.text);
  const answer = await runCommentCommand<ThreadOpened>(ports, viewer, 'openThread', input, {
    command: (author, { content: { caseId } }, commandId) => ({
      type: 'openThread',
      threadId: identities.thread(caseId, commandId),
      commentId: identities.comment(caseId, commandId),
      author,
      subject,
      text,
    }),
    answer: ({ content: { caseId } }, commandId) => ({
      __typename: 'ThreadOpened',
      caseId,
      threadId: identities.thread(caseId, commandId),
      commentId: identities.comment(caseId, commandId),
    }),
  });
  return oneOf(answer, 'ThreadOpened', ...commentRefusals);
}

/** Of an input that names none the case itself; undefined of one that names several. */
function subjectOf({ sentenceId, findingId, disagreementId }: OpenThreadInput): AskedSubject | undefined {
  const named: AskedSubject[] = [];
  if (isGiven(sentenceId)) named.push({ kind: 'sentence', sentenceId: sentenceId as SentenceId });
  if (isGiven(findingId)) named.push({ kind: 'finding', findingId: findingId as FindingId });
  if (isGiven(disagreementId)) named.push({ kind: 'disagreement', disagreementId: disagreementId as DisagreementId });
  return named.length > 1 ? undefined : (named[0] ?? { kind: 'case' });
}

const textProblem = ({ text }: { readonly text: string }) => noteProblem({ note: text }, 'text');

export async function addComment(ports: ReadPorts, viewer: Viewer, input: AddCommentInput): Promise<AddCommentResult> {
  const problem = textProblem(input);
  if (problem !== undefined) return problem;
  const { identities } = ports;
  const [threadId, text] = [input.threadId as ThreadId, plainText(input.text)];
  const answer = await runCommentCommand<CommentAdded>(ports, viewer, 'addComment', input, {
    command: (author, { content: { caseId } }, commandId) => ({
      type: 'addComment',
      threadId,
      commentId: identities.comment(caseId, commandId),
      author,
      text,
    }),
    answer: ({ content: { caseId } }, commandId) => ({
      __typename: 'CommentAdded',
      caseId,
      threadId,
      commentId: identities.comment(caseId, commandId),
    }),
  });
  return oneOf(answer, 'CommentAdded', ...commentRefusals);
}

export async function correctComment(
  ports: ReadPorts,
  viewer: Viewer,
  input: CorrectCommentInput,
): Promise<CorrectCommentResult> {
  const problem = textProblem(input);
  if (problem !== undefined) return problem;
  const { caseId, revision } = input;
  const [commentId, text] = [input.commentId as CommentId, plainText(input.text)];
  const answer = await runCommentCommand<CommentCorrected>(ports, viewer, 'correctComment', input, {
    command: (author) => ({ type: 'correctComment', commentId, revision, author, text }),
    answer: () => ({ __typename: 'CommentCorrected', caseId, commentId, revision: revision + 1 }),
  });
  return oneOf(answer, 'CommentCorrected', ...commentRefusals);
}
