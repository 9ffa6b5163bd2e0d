import type { CaseEvent, CaseSentence } from '@consilium/domain';

type SentenceChange = Extract<CaseEvent, { readonly type: 'sentenceCorrected' | 'sentenceSplit' | 'sentencesMerged' }>;

/** A sentence that was split or merged, and the one that what was said of it belongs to since. */
export interface FormerSentencePicture {
  readonly sentenceId: string;
  readonly linksTo: string | null;
}

interface Sentences {
  readonly sentences: readonly CaseSentence[];
  readonly formerSentences: readonly FormerSentencePicture[];
}

/** The sentences of a case after a change, by an auditor's own reading. */
export function changeSentences({ sentences, formerSentences }: Sentences, event: SentenceChange): Sentences {
  if (event.type === 'sentenceCorrected') {
    const { sentenceId, version, text } = event;
    return {
      formerSentences,
      sentences: sentences.map((one) => (one.sentenceId === sentenceId ? { ...one, version, text } : one)),
    };
  }
  const gone = new Set<string>(
    event.type === 'sentenceSplit' ? [event.sentenceId] : event.sentences.map(({ sentenceId }) => sentenceId),
  );
  const came: readonly CaseSentence[] = event.type === 'sentenceSplit' ? event.into : [event.into];
  const first = sentences.find(({ sentenceId }) => gone.has(sentenceId));
  return {
    formerSentences: [...formerSentences, ...[...gone].map((sentenceId) => ({ sentenceId, linksTo: event.linksTo }))],
    sentences: sentences.flatMap((one) => (one === first ? came : gone.has(one.sentenceId) ? [] : [one])),
  };
}
