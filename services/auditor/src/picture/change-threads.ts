import { assertNever } from '@consilium/domain';
import type { CommentEvent, ProtectedText, ThreadSubject } from '@consilium/domain';

/** A thread as its events leave it. Texts stay sealed, each under the event that it came with. */
export interface ThreadPicture {
  readonly threadId: string;
  readonly subject: ThreadSubject;
  readonly isResolved: boolean;
  readonly comments: readonly CommentPicture[];
}

interface CommentPicture {
  readonly commentId: string;
  readonly annotatorId: string;
  readonly revision: number;
  readonly isRetracted: boolean;
  readonly text: ProtectedText;
}

/** The threads of a case after one of their events, by an auditor's own reading. */
export function changeThreads(threads: readonly ThreadPicture[], event: CommentEvent): readonly ThreadPicture[] {
  if (event.type === 'threadOpened') {
    const { threadId, subject } = event;
    return [...threads, { threadId, subject, isResolved: false, comments: [written(event)] }];
  }
  return threads.map((thread) => (thread.threadId === event.threadId ? changeThread(thread, event) : thread));
}

function changeThread(
  thread: ThreadPicture,
  event: Exclude<CommentEvent, { readonly type: 'threadOpened' }>,
): ThreadPicture {
  const changed = (commentId: string, change: Partial<CommentPicture>): ThreadPicture => ({
    ...thread,
    comments: thread.comments.map((each) => (each.commentId === commentId ? { ...each, ...change } : each)),
  });
  switch (event.type) {
    case 'commentAdded':
      return { ...thread, comments: [...thread.comments, written(event)] };
    case 'commentCorrected':
      return changed(event.commentId, { revision: event.revision, text: event.text });
    case 'commentRetracted':
      return changed(event.commentId, { isRetracted: true });
    case 'threadResolved':
    case 'threadReopened':
      return { ...thread, isResolved: event.type === 'threadResolved' };
    default:
      return assertNever(event);
  }
}

const written = ({
  commentId,
  annotatorId,
  text,
}: Extract<CommentEvent, { readonly type: 'threadOpened' | 'commentAdded' }>): CommentPicture => ({
  commentId,
  annotatorId,
  revision: 1,
  isRetracted: false,
  text,
});
