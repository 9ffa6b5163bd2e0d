import type { CaseEvent, CommandId, CaseRefusal, SentenceId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { noteProblem } from '../platform/note-input.ts';
import { hiddenFrom } from '../platform/reads-hidden.ts';
import { caseNotAvailable, invalidAt, notFound, type ReadRefusal } from '../platform/refusals.ts';
import { type Failure, readCommand } from '../platform/run-command.ts';
import { openBilingual, SealedTexts } from '../platform/sealed-texts.ts';
import { type ReadContext, type ReadPorts, type ReadStep, runReadCommand } from '../read/run-read-command.ts';
import type {
  BilingualText as OpenText,
  CaseNotAvailable,
  Invalid,
  NotFound,
  ReadsHidden,
  SentenceConflict,
} from '../schema/generated/schema-types.ts';
import { changesIn, sentenceHistory } from './sentence-history.ts';

export type SentenceRefusal = SentenceConflict | CaseNotAvailable | ReadsHidden | NotFound | Invalid;

/** The refusals of such a command. */
export const sentenceRefusals = [
  'SentenceConflict',
  'CaseNotAvailable',
  'ReadsHidden',
  'Invalid',
  'NotFound',
  'CommandIdReused',
  'Contended',
] as const;

interface SentenceInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly reasonCode: string;
  readonly note?: string | null;
}

interface SentenceStep<Success> {
  readonly command: (
    context: ReadContext,
    commandId: CommandId,
  ) => ReturnType<ReadStep<Success, SentenceRefusal>['command']>;
  readonly answer: (events: readonly CaseEvent[], context: ReadContext) => Omit<Success, 'token'>;
}

/**
 * A command about the sentences of a case: with a reason, and by nobody who reads in the project. Whoever has another version in
 * mind is told the present one, and what it says.
 */
export async function runSentenceCommand<Success>(
  ports: ReadPorts,
  viewer: Viewer,
  name: string,
  input: SentenceInput,
  { command: makeCommand, answer }: SentenceStep<Success>,
): Promise<Success | SentenceRefusal | ReadRefusal | Failure> {
  const command = readCommand(ports, viewer, name, input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  return runReadCommand<Success, SentenceRefusal>(ports, command, input.caseId, {
    command: async (context) =>
      (await hiddenFrom(ports.facts, viewer, context.annotatorId)) ?? makeCommand(context, command.commandId),
    answer,
    refusal: async (refusal, context) => refusalOf(ports, viewer, refusal, context),
    reasonCode: input.reasonCode,
  });
}

async function refusalOf(
  ports: ReadPorts,
  viewer: Viewer,
  refusal: CaseRefusal,
  context: ReadContext,
): Promise<SentenceRefusal | undefined> {
  const { code } = refusal;
  if (code === 'SENTENCE_UNKNOWN') return notFound('sentence');
  if (code === 'SENTENCE_CHANGED') {
    const { sentenceId, version } = refusal;
    const text = await presentText(ports, viewer, context, sentenceId);
    return text === undefined ? notFound('sentence') : sentenceConflict(sentenceId, version, text);
  }
  if (code === 'TRANSLATION_NOT_QUESTIONED') return notFound('translation check');
  if (code === 'TOO_MANY_VERSIONS') {
    return invalidAt('version', 'TOO_MANY', 'this sentence has as many versions as it may have');
  }
  const isClosed = code === 'CASE_WITHDRAWN' || code === 'CASE_FINALISED' || code === 'CASE_EXCLUDED';
  return isClosed ? caseNotAvailable() : undefined;
}

const sentenceConflict = (sentenceId: SentenceId, version: number, text: OpenText): SentenceConflict => ({
  __typename: 'SentenceConflict',
  message: 'Somebody has changed this sentence since you saw it. Nothing was changed.',
  sentenceId,
  version,
  text,
});

/** What a sentence says at present, by the journal; undefined where the case has none of this id. */
export async function presentText(
  { subjectKeys }: ReadPorts,
  { organisation }: Viewer,
  { recorded, content }: ReadContext,
  sentenceId: SentenceId,
): Promise<OpenText | undefined> {
  const [first] = recorded;
  if (first === undefined) throw new Error('a case has an import');
  const history = sentenceHistory(
    { sentences: content.sentences, importedEventId: first.eventId, importedAt: first.recordedAt },
    changesIn(recorded),
  );
  const newest = history.versionsOf(sentenceId).at(-1);
  if (newest === undefined || !history.present.some((present) => present.sentenceId === sentenceId)) return undefined;
  const { text, eventId, type, field } = newest;
  const texts = new SealedTexts(subjectKeys, organisation);
  const open = await texts.openerOf({ subjectId: content.subjectId, eventId, type }, text);
  return openBilingual(open, text, field);
}

export const outdatedIn = (events: readonly CaseEvent[]): number =>
  events.filter(({ type }) => type === 'annotationOutdated').length;
