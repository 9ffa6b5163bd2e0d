import type { AnnotatorId, CommentId, ThreadId } from '../identifiers.ts';
import type { ProtectedText } from '../protected-text.ts';
import type { AskedSubject } from './comment.ts';

/** Who says something in a thread, and what they may know of others by the journal at this instant. */
export interface CommentAuthor {
  /** The person's id as annotator of the project, whether they are one or not. */
  readonly annotatorId: AnnotatorId;
  /** For such a person what others have said is not there. */
  readonly isBlinded: boolean;
}

interface Writing {
  readonly author: CommentAuthor;
  readonly text: ProtectedText;
}

export type CommentCommand =
  | ({
      readonly type: 'openThread';
      readonly threadId: ThreadId;
      readonly commentId: CommentId;
      readonly subject: AskedSubject;
    } & Writing)
  | ({ readonly type: 'addComment'; readonly threadId: ThreadId; readonly commentId: CommentId } & Writing)
  | ({
      readonly type: 'correctComment';
      readonly commentId: CommentId;
      /** The newest, as the author knows it. */
      readonly revision: number;
    } & Writing)
  | {
      readonly type: 'retractComment';
      readonly commentId: CommentId;
      readonly author: CommentAuthor;
      /** Also somebody else's. */
      readonly mayModerate: boolean;
    }
  | { readonly type: 'resolveThread' | 'reopenThread'; readonly threadId: ThreadId; readonly author: CommentAuthor };

export type CommentRefusal =
  | { readonly code: 'THREAD_UNKNOWN' }
  | { readonly code: 'COMMENT_UNKNOWN' }
  /** The case has no such sentence, finding or disagreement, or none for this person. */
  | { readonly code: 'SUBJECT_UNKNOWN' }
  | { readonly code: 'COMMENT_OF_ANOTHER' }
  | { readonly code: 'COMMENT_RETRACTED' }
  /** Its newest revision is another one. */
  | { readonly code: 'COMMENT_CHANGED'; readonly revision: number }
  /** This person has written as much in this case as they may. */
  | { readonly code: 'TOO_MANY_COMMENTS' }
  /** The thread was resolved and opened again as often as it may be. */
  | { readonly code: 'TOO_MANY_TURNS' }
  /** Whether a thread is settled is for those who see all of it. */
  | { readonly code: 'BLINDED' };
