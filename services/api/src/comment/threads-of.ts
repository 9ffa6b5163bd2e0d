import { assertNever } from '@consilium/domain';
import type {
  AdjudicationId,
  AnnotatorId,
  CommentId,
  EventId,
  Instant,
  ProtectedText,
  ThreadId,
  ThreadSubject,
} from '@consilium/domain';
import type { ThreadEventView } from '@consilium/read-model';

/** One wording of a comment; its text is sealed in the event `eventId`, at `text`. */
export interface Wording {
  readonly revision: number;
  readonly text: ProtectedText;
  readonly eventId: EventId;
  readonly type: 'threadOpened' | 'commentAdded' | 'commentCorrected';
  readonly at: Instant;
}

export interface CommentOfThread {
  readonly commentId: CommentId;
  readonly annotatorId: AnnotatorId;
  readonly actorRole: string;
  readonly adjudicationId: AdjudicationId | undefined;
  /** The newest last; never empty. */
  readonly wordings: readonly Wording[];
  readonly retracted: { readonly at: Instant; readonly reason: string | undefined } | undefined;
}

/** Those that are taken back by any of these events. */
export const retractedIn = (events: readonly ThreadEventView[]): ReadonlySet<CommentId> =>
  new Set(events.flatMap(({ event }) => (event.type === 'commentRetracted' ? [event.commentId] : [])));

export interface ThreadOfCase {
  readonly threadId: ThreadId;
  readonly subject: ThreadSubject;
  readonly openedBy: AnnotatorId;
  readonly openedAt: Instant;
  /** Who resolved it, and when; undefined while it is open. */
  readonly resolved: { readonly annotatorId: AnnotatorId; readonly at: Instant } | undefined;
  readonly comments: readonly CommentOfThread[];
}

/** The threads of a case as their events leave them, in the order in which they were opened. @param events in their order */
export function threadsOf(events: readonly ThreadEventView[]): readonly ThreadOfCase[] {
  const threads = new Map<ThreadId, ThreadOfCase>();
  for (const said of events) {
    const { event } = said;
    const thread = threads.get(event.threadId);
    const after = thread === undefined ? openedBy(said) : threadAfter(thread, said);
    if (after !== undefined) threads.set(event.threadId, after);
  }
  return [...threads.values()];
}

function openedBy(said: ThreadEventView): ThreadOfCase | undefined {
  const { event, recordedAt } = said;
  if (event.type !== 'threadOpened') return undefined;
  const { threadId, subject, annotatorId } = event;
  const comments = [written({ ...said, event })];
  return { threadId, subject, openedBy: annotatorId, openedAt: recordedAt, resolved: undefined, comments };
}

function threadAfter(thread: ThreadOfCase, said: ThreadEventView): ThreadOfCase {
  const { event, recordedAt: at, reason } = said;
  const changed = (commentId: CommentId, change: (comment: CommentOfThread) => CommentOfThread): ThreadOfCase => ({
    ...thread,
    comments: thread.comments.map((each) => (each.commentId === commentId ? change(each) : each)),
  });
  switch (event.type) {
    case 'threadOpened':
      return thread;
    case 'commentAdded':
      return { ...thread, comments: [...thread.comments, written({ ...said, event })] };
    case 'commentCorrected': {
      const wording = wordingOf({ ...said, event }, event.revision);
      return changed(event.commentId, (comment) => ({
        ...comment,
        // Said once more, and perhaps as a member of a panel this time.
        adjudicationId: event.adjudicationId ?? comment.adjudicationId,
        wordings: [...comment.wordings, wording],
      }));
    }
    case 'commentRetracted':
      return changed(event.commentId, (comment) => ({ ...comment, retracted: { at, reason } }));
    case 'threadResolved':
      return { ...thread, resolved: { annotatorId: event.annotatorId, at } };
    case 'threadReopened':
      return { ...thread, resolved: undefined };
    default:
      return assertNever(event);
  }
}

type Written<Type extends Wording['type']> = ThreadEventView & {
  readonly event: Extract<ThreadEventView['event'], { readonly type: Type }>;
};

const written = (said: Written<'threadOpened' | 'commentAdded'>): CommentOfThread => ({
  commentId: said.event.commentId,
  annotatorId: said.event.annotatorId,
  actorRole: said.actorRole,
  adjudicationId: said.event.adjudicationId,
  wordings: [wordingOf(said, 1)],
  retracted: undefined,
});

const wordingOf = ({ event, eventId, recordedAt }: Written<Wording['type']>, revision: number): Wording => ({
  revision,
  text: event.text,
  eventId,
  type: event.type,
  at: recordedAt,
});
