import { assertNever } from '../assert-never.ts';
import type { DisagreementId, SentenceId } from '../identifiers.ts';
import type { CaseSentence } from './imported-case.ts';
import type { FormerSentence, PresentSentence, SentenceAt } from './sentence.ts';
import type { SentenceEvent } from './sentence-events.ts';

interface SentencesState {
  readonly sentences: readonly PresentSentence[];
  readonly formerSentences: ReadonlyMap<SentenceId, FormerSentence>;
  readonly meaning: number;
  readonly translationQuestions: ReadonlyMap<DisagreementId, SentenceAt>;
}

type OfSentences = Exclude<SentenceEvent, { readonly type: 'annotationOutdated' }>;

/** The sentences of a case after one of their events. */
export function sentencesAfter(state: SentencesState, event: OfSentences): SentencesState {
  switch (event.type) {
    case 'sentenceCorrected': {
      const { sentenceId, version, text, change } = event;
      const changesMeaning = change === 'meaning';
      return {
        ...withoutQuestions(state, event.answers),
        meaning: state.meaning + (changesMeaning ? 1 : 0),
        sentences: state.sentences.map((sentence) =>
          sentence.sentenceId === sentenceId
            ? { ...sentence, version, text, ...(changesMeaning ? { sameMeaningSince: version } : {}) }
            : sentence,
        ),
      };
    }
    case 'sentenceSplit': {
      const { sentenceId, linksTo } = event;
      return replaced(withoutQuestions(state, event.answers), [sentenceId], event.into, linksTo);
    }
    case 'sentencesMerged': {
      const gone = event.sentences.map(({ sentenceId }) => sentenceId);
      return replaced(withoutQuestions(state, event.answers), gone, [event.into], event.linksTo);
    }
    case 'translationQuestioned': {
      const { disagreementId, sentenceId, version } = event;
      const translationQuestions = new Map(state.translationQuestions).set(disagreementId, { sentenceId, version });
      return { ...state, translationQuestions };
    }
    case 'translationConfirmed':
      return withoutQuestions(state, [event.disagreementId]);
    default:
      return assertNever(event);
  }
}

/** `into` stands where the first of those that are gone stood. */
function replaced(
  state: SentencesState,
  gone: readonly SentenceId[],
  into: readonly CaseSentence[],
  linksTo: SentenceId | null,
): SentencesState {
  const isGone = ({ sentenceId }: PresentSentence): boolean => gone.includes(sentenceId);
  const first = state.sentences.findIndex(isGone);
  const former = new Map(state.formerSentences);
  for (const { sentenceId, version, sameMeaningSince } of state.sentences.filter(isGone)) {
    const since = sameMeaningSince === undefined ? {} : { sameMeaningSince };
    former.set(sentenceId, { sentenceId, version, linksTo, ...since });
  }
  return {
    ...state,
    meaning: state.meaning + (linksTo === null ? 1 : 0),
    formerSentences: former,
    sentences: state.sentences.flatMap((sentence, index) =>
      index === first ? into : isGone(sentence) ? [] : [sentence],
    ),
  };
}

function withoutQuestions(state: SentencesState, answered: readonly DisagreementId[]): SentencesState {
  if (answered.length === 0) return state;
  const translationQuestions = new Map(state.translationQuestions);
  for (const disagreementId of answered) translationQuestions.delete(disagreementId);
  return { ...state, translationQuestions };
}
