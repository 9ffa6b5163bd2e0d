import { assertNever } from '../assert-never.ts';
import type { CommentId, ThreadId } from '../identifiers.ts';
import type { CommentEvent, Thread, ThreadComment } from './comment.ts';

/** The threads of a case after one of their events. */
export function threadsAfter(
  threads: ReadonlyMap<ThreadId, Thread>,
  event: CommentEvent,
): ReadonlyMap<ThreadId, Thread> {
  const { threadId, annotatorId } = event;
  if (event.type === 'threadOpened') {
    const comments = new Map([[event.commentId, { annotatorId, revision: 1, isRetracted: false }]]);
    return new Map(threads).set(threadId, { openedBy: annotatorId, isResolved: false, turns: 0, comments });
  }
  const thread = threads.get(threadId);
  if (thread === undefined) return threads;
  const after = (change: Partial<Thread>) => new Map(threads).set(threadId, { ...thread, ...change });
  const changed = (commentId: CommentId, change: Partial<ThreadComment>) => {
    const before = thread.comments.get(commentId) ?? { annotatorId, revision: 1, isRetracted: false };
    return after({ comments: new Map(thread.comments).set(commentId, { ...before, ...change }) });
  };
  switch (event.type) {
    case 'commentAdded':
      return changed(event.commentId, {});
    case 'commentCorrected':
      return changed(event.commentId, { revision: event.revision });
    case 'commentRetracted':
      return changed(event.commentId, { isRetracted: true });
    case 'threadResolved':
      return after({ isResolved: true, turns: thread.turns + 1 });
    case 'threadReopened':
      return after({ isResolved: false, turns: thread.turns + 1 });
    default:
      return assertNever(event);
  }
}
