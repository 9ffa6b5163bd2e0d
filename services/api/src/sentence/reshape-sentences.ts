import type { CommandId, NewSentence, SentenceId } from '@consilium/domain';
import { sentenceLimits } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { bilingualOf } from '../case/case-content.ts';
import type { Identities } from '../platform/identities.ts';
import { noteOf } from '../platform/note-input.ts';
import { invalidAt, oneOf } from '../platform/refusals.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type {
  Invalid,
  MergeSentencesInput,
  MergeSentencesResult,
  NewSentenceInput,
  SentencesMerged,
  SentenceSplit,
  SplitSentenceInput,
  SplitSentenceResult,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';
import { questionsAbout } from './check-translation.ts';
import { outdatedIn, runSentenceCommand, sentenceRefusals } from './run-sentence-command.ts';

export async function splitSentence(
  ports: ReadPorts,
  viewer: Viewer,
  input: SplitSentenceInput,
): Promise<SplitSentenceResult> {
  const { caseId, version, linksTo } = input;
  const tooMany = countProblem('into', input.into.length);
  if (tooMany !== undefined) return tooMany;
  if (isGiven(linksTo) && input.into[linksTo] === undefined) {
    return invalidAt('linksTo', 'OUT_OF_RANGE', 'one of the new sentences, from 0');
  }
  const answer = await runSentenceCommand<SentenceSplit>(ports, viewer, 'splitSentence', input, {
    command: ({ protocol, content }, commandId) => {
      const into = newSentences(ports.identities, content.caseId, commandId, input.into);
      return {
        type: 'splitSentence',
        sentenceId: input.sentenceId as SentenceId,
        version,
        into,
        linksTo: isGiven(linksTo) ? (into[linksTo]?.sentenceId ?? null) : null,
        questions: questionsAbout(ports.identities, content.projectId, into.map(first)),
        ...noteOf(input),
        protocol,
      };
    },
    answer: (events) => ({
      __typename: 'SentenceSplit',
      caseId,
      sentenceIds: events.flatMap((event) =>
        event.type === 'sentenceSplit' ? event.into.map(({ sentenceId }) => sentenceId) : [],
      ),
      outdatedReads: outdatedIn(events),
    }),
  });
  return oneOf(answer, 'SentenceSplit', ...sentenceRefusals);
}

export async function mergeSentences(
  ports: ReadPorts,
  viewer: Viewer,
  input: MergeSentencesInput,
): Promise<MergeSentencesResult> {
  const { caseId, movesLinks } = input;
  const tooMany = countProblem('sentences', input.sentences.length);
  if (tooMany !== undefined) return tooMany;
  const answer = await runSentenceCommand<SentencesMerged>(ports, viewer, 'mergeSentences', input, {
    command: ({ protocol, content }, commandId) => {
      const into = newSentences(ports.identities, content.caseId, commandId, [input.into]);
      const [merged] = into;
      if (merged === undefined) throw new Error('one sentence was asked for');
      return {
        type: 'mergeSentences',
        sentences: input.sentences.map((each) => ({ ...each, sentenceId: each.sentenceId as SentenceId })),
        into: merged,
        movesLinks,
        questions: questionsAbout(ports.identities, content.projectId, into.map(first)),
        ...noteOf(input),
        protocol,
      };
    },
    answer: (events) => {
      const merged = events.find((event) => event.type === 'sentencesMerged');
      if (merged === undefined) throw new Error('a merge was accepted without its event');
      const { sentenceId } = merged.into;
      return { __typename: 'SentencesMerged', caseId, sentenceId, outdatedReads: outdatedIn(events) };
    },
  });
  return oneOf(answer, 'SentencesMerged', ...sentenceRefusals);
}

/** Before anything is made of them. */
const countProblem = (path: string, count: number): Invalid | undefined =>
  count >= 2 && count <= sentenceLimits.parts
    ? undefined
    : invalidAt(path, 'OUT_OF_RANGE', `from 2 to ${sentenceLimits.parts}`);

const newSentences = (
  identities: Identities,
  caseId: Parameters<Identities['sentenceBy']>[0],
  commandId: CommandId,
  given: readonly NewSentenceInput[],
): readonly NewSentence[] =>
  given.map(({ es, en }, index) => ({
    sentenceId: identities.sentenceBy(caseId, commandId, index),
    text: bilingualOf(es, en),
  }));

/** In its first version. */
const first = (sentence: NewSentence) => ({ ...sentence, version: 1 });
