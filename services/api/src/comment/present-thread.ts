import type { AnnotatorId, CommentId, ThreadSubject as StoredSubject } from '@consilium/domain';
import type { SeenCase } from '../case/case-sight.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { Comment, CommentRevision, Thread, ThreadSubject } from '../schema/generated/schema-types.ts';
import type { CommentOfThread, ThreadOfCase, Wording } from './threads-of.ts';

/**
 * A thread with the comments that this viewer may see, and nothing else in it.
 * @param retracted comments that are taken back at present
 */
export async function presentThread(
  scope: RequestScope,
  seen: SeenCase,
  thread: ThreadOfCase,
  retracted: ReadonlySet<CommentId>,
): Promise<Thread> {
  const { threadId, subject, openedAt, resolved, comments } = thread;
  return {
    id: threadId,
    subject: presentSubject(subject),
    openedAt,
    resolvedAt: resolved?.at ?? null,
    resolverId: resolved === undefined ? null : authorShown(seen, resolved.annotatorId),
    comments: await Promise.all(
      comments.map(async (comment) =>
        // Whoever audits sees what was said and taken back.
        presentComment(scope, seen, comment, retracted.has(comment.commentId) && scope.viewer.role !== 'auditor'),
      ),
    ),
  };
}

const presentSubject = (subject: StoredSubject): ThreadSubject => ({
  kind: subject.kind,
  sentenceId: subject.kind === 'sentence' ? subject.sentenceId : null,
  findingId: subject.kind === 'finding' ? subject.findingId : null,
  readId: subject.kind === 'finding' ? subject.readId : null,
  disagreementId: subject.kind === 'disagreement' ? subject.disagreementId : null,
});

/** As with reads: nobody is told where the source withholds who read what, but everybody knows their own. */
const authorShown = ({ sight }: SeenCase, annotatorId: AnnotatorId): AnnotatorId | null =>
  sight.hidesReaders && annotatorId !== sight.annotatorId ? null : annotatorId;

async function presentComment(
  scope: RequestScope,
  seen: SeenCase,
  comment: CommentOfThread,
  isHidden: boolean,
): Promise<Comment> {
  const { commentId, annotatorId, actorRole, wordings, retracted } = comment;
  const revisions = await Promise.all(wordings.map(async (wording) => presentWording(scope, seen, wording, isHidden)));
  const newest = revisions.at(-1);
  if (newest === undefined) throw new Error('a comment has a wording');
  return {
    id: commentId,
    revision: newest.revision,
    writtenAt: revisions[0]?.at ?? newest.at,
    authorId: authorShown(seen, annotatorId),
    authorRole: actorRole,
    isOwn: annotatorId === seen.sight.annotatorId,
    text: newest.text,
    retractedAt: retracted?.at ?? null,
    retractReason: retracted?.reason ?? null,
    revisions,
  };
}

async function presentWording(
  { texts }: RequestScope,
  { view: { subjectId } }: SeenCase,
  { revision, text, eventId, type, at }: Wording,
  isHidden: boolean,
): Promise<CommentRevision> {
  if (isHidden) return { revision, at, text: null };
  const open = await texts.openerOf({ subjectId, eventId, type }, text);
  return { revision, at, text: open(text, 'text') };
}
