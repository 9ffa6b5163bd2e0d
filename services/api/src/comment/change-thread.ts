import type { CommentId, ThreadId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { oneOf } from '../platform/refusals.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type {
  CommentRetracted,
  RetractCommentInput,
  RetractCommentResult,
  ThreadTurned,
  TurnThreadInput,
  TurnThreadResult,
} from '../schema/generated/schema-types.ts';
import { commentRefusals, runCommentCommand } from './run-comment-command.ts';

/** Of one's own, or of anybody's by those who may take back what others entered and do not read in the project. */
export async function retractComment(
  ports: ReadPorts,
  viewer: Viewer,
  input: RetractCommentInput,
): Promise<RetractCommentResult> {
  const { caseId, reason } = input;
  const commentId = input.commentId as CommentId;
  const answer = await runCommentCommand<CommentRetracted>(ports, viewer, 'retractComment', input, {
    command: ({ mayModerate, ...author }) => ({ type: 'retractComment', commentId, author, mayModerate }),
    answer: () => ({ __typename: 'CommentRetracted', caseId, commentId }),
    reasonCode: reason,
  });
  return oneOf(answer, 'CommentRetracted', ...commentRefusals);
}

export async function turnThread(
  ports: ReadPorts,
  viewer: Viewer,
  type: 'resolveThread' | 'reopenThread',
  input: TurnThreadInput,
): Promise<TurnThreadResult> {
  const { caseId } = input;
  const threadId = input.threadId as ThreadId;
  const answer = await runCommentCommand<ThreadTurned>(ports, viewer, type, input, {
    command: (author) => ({ type, threadId, author }),
    answer: () => ({ __typename: 'ThreadTurned', caseId, threadId, isResolved: type === 'resolveThread' }),
  });
  return oneOf(answer, 'ThreadTurned', ...commentRefusals);
}
