import type { CaseEvent, SentenceId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { bilingualOf } from '../case/case-content.ts';
import { noteOf } from '../platform/note-input.ts';
import { invalidAt, notFound, oneOf } from '../platform/refusals.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type {
  CorrectSentenceInput,
  CorrectSentenceResult,
  SentenceCorrected,
  TranslationHit,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';
import { questionsAbout } from './check-translation.ts';
import { outdatedIn, presentText, runSentenceCommand, sentenceRefusals } from './run-sentence-command.ts';

/** A language that is not given stays as it is: it is sealed anew with the other, for a text opens only in its own event. */
export async function correctSentence(
  ports: ReadPorts,
  viewer: Viewer,
  input: CorrectSentenceInput,
): Promise<CorrectSentenceResult> {
  const { caseId, version, change, es, en } = input;
  const sentenceId = input.sentenceId as SentenceId;
  if (!isGiven(es) && !isGiven(en))
    return invalidAt('es', 'MISSING', 'give what the sentence says in Spanish or English');
  const answer = await runSentenceCommand<SentenceCorrected>(ports, viewer, 'correctSentence', input, {
    command: async (context) => {
      const present = await presentText(ports, viewer, context, sentenceId);
      if (present === undefined) return notFound('sentence');
      if (present.erased) return invalidAt('', 'SUBJECT_ERASED', 'this subject was erased');
      const [spanish, english] = [es ?? present.es, en ?? present.en];
      const isSame = spanish === present.es && english === present.en;
      const isPresent = context.state.status !== 'unknown' && isVersion(context.state.sentences, sentenceId, version);
      if (isSame && isPresent) return invalidAt('es', 'UNCHANGED', 'the sentence says this already');
      if (change === 'translation' && isOther(es, present.es) && isOther(en, present.en)) {
        return invalidAt('change', 'CONTRADICTION', 'a translation changes one language, to say what the other says');
      }
      const text = bilingualOf(spanish, english);
      const questions = questionsAbout(ports.identities, context.content.projectId, [
        { sentenceId, version: version + 1, text },
      ]);
      const { protocol } = context;
      return { type: 'correctSentence', sentenceId, version, change, text, questions, ...noteOf(input), protocol };
    },
    answer: (events) => ({
      __typename: 'SentenceCorrected',
      caseId,
      sentenceId,
      version: version + 1,
      outdatedReads: outdatedIn(events),
      hits: hitsOf(events),
    }),
  });
  return oneOf(answer, 'SentenceCorrected', ...sentenceRefusals);
}

/** Another than was there; what was missing is added, not changed. */
const isOther = (given: string | null | undefined, present: string | null): boolean =>
  isGiven(given) && present !== null && given !== present;

const isVersion = (
  sentences: readonly { readonly sentenceId: SentenceId; readonly version: number }[],
  sentenceId: SentenceId,
  version: number,
): boolean => sentences.some((sentence) => sentence.sentenceId === sentenceId && sentence.version === version);

const hitsOf = (events: readonly CaseEvent[]): readonly TranslationHit[] =>
  events.flatMap((event) => (event.type === 'translationQuestioned' ? event.hits : []));
