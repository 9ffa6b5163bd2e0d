import { isBlindedNow, mayDo } from '@consilium/domain';
import type { CaseRefusal, CommentAuthor, CommentCommand, CommandId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import type { ReadRefusal } from '../platform/refusals.ts';
import { type Failure, readCommand } from '../platform/run-command.ts';
import { type ReadContext, type ReadPorts, runReadCommand } from '../read/run-read-command.ts';
import { timedEvents } from '../read/timed-events.ts';
import type { CommentObstacle, CommentRefused } from '../schema/generated/schema-types.ts';

const words: Readonly<Record<CommentObstacle, string>> = {
  subjectUnknown: 'There is no such sentence, finding or disagreement for you in this case.',
  threadUnknown: 'There is no thread of this id for you.',
  commentUnknown: 'There is no comment of this id for you.',
  commentOfAnother: 'Somebody else has written this comment.',
  commentRetracted: 'This comment was taken back.',
  commentChanged: 'You have corrected this comment since: look again.',
  tooMany: 'You have written as much about this case as one person may.',
  tooManyTurns: 'This thread was resolved and opened again as often as it may be.',
  blinded: 'You are blinded for this case: whether a thread is settled is for those who see all of it.',
  caseWithdrawn: 'The case was withdrawn.',
};

const obstacles: Partial<Record<CaseRefusal['code'], CommentObstacle>> = {
  SUBJECT_UNKNOWN: 'subjectUnknown',
  THREAD_UNKNOWN: 'threadUnknown',
  COMMENT_UNKNOWN: 'commentUnknown',
  COMMENT_OF_ANOTHER: 'commentOfAnother',
  COMMENT_RETRACTED: 'commentRetracted',
  COMMENT_CHANGED: 'commentChanged',
  TOO_MANY_COMMENTS: 'tooMany',
  TOO_MANY_TURNS: 'tooManyTurns',
  BLINDED: 'blinded',
  CASE_WITHDRAWN: 'caseWithdrawn',
};

function commentRefused({ code }: CaseRefusal): CommentRefused | undefined {
  const why = obstacles[code];
  return why === undefined
    ? undefined
    : { __typename: 'CommentRefused', message: `${words[why]} Nothing was changed.`, why };
}

/** The refusals of such a command. */
export const commentRefusals = ['CommentRefused', 'Invalid', 'NotFound', 'CommandIdReused', 'Contended'] as const;

interface CommentInput {
  readonly commandId: string;
  readonly caseId: string;
}

interface Sender extends CommentAuthor {
  readonly mayModerate: boolean;
}

interface CommentStep<Success> {
  readonly command: (sender: Sender, context: ReadContext, commandId: CommandId) => CommentCommand;
  readonly answer: (context: ReadContext, commandId: CommandId) => Omit<Success, 'token'>;
  readonly reasonCode?: string;
}

/** A command about what is said of a case: whoever is blinded for it finds nothing there of others, by the journal. */
export async function runCommentCommand<Success>(
  ports: ReadPorts,
  viewer: Viewer,
  name: string,
  input: CommentInput,
  { command: makeCommand, answer, reasonCode }: CommentStep<Success>,
): Promise<Success | CommentRefused | ReadRefusal | Failure> {
  const command = readCommand(ports, viewer, name, input);
  if ('__typename' in command) return command;
  const { commandId } = command;
  return runReadCommand<Success, CommentRefused>(ports, command, input.caseId, {
    command: async (context) => makeCommand(await senderOf(ports, viewer, context), context, commandId),
    answer: (_events, context) => answer(context, commandId),
    refusal: commentRefused,
    ...(reasonCode === undefined ? {} : { reasonCode }),
  });
}

async function senderOf({ facts }: ReadPorts, viewer: Viewer, context: ReadContext): Promise<Sender> {
  const { annotatorId, protocol, at } = context;
  const isAnnotator = viewer.role === 'annotator' || (await facts.isRegistered(viewer.organisation, annotatorId));
  return {
    annotatorId,
    isBlinded: isAnnotator && isBlindedNow(timedEvents(context), annotatorId, protocol, at),
    mayModerate: !isAnnotator && mayDo(viewer.role, 'entry.undo'),
  };
}
