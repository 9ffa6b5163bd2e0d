import type { SentenceId } from '../identifiers.ts';
import type { Annotation } from './annotation.ts';
import type { CaseSentence } from './imported-case.ts';

/** A sentence in one of its versions, as a read pins it. */
export interface SentenceAt {
  readonly sentenceId: SentenceId;
  readonly version: number;
}

/** A sentence as it is now. */
export interface PresentSentence extends CaseSentence {
  /** The version from which on it means what it means now; absent where its meaning never changed. */
  readonly sameMeaningSince?: number;
}

/** One that was split or merged, in its last version. */
export interface FormerSentence extends SentenceAt {
  readonly sameMeaningSince?: number;
  /** The sentence that holds now what was said of it; null where nobody can say which. */
  readonly linksTo: SentenceId | null;
}

export interface SentencesOfCase {
  readonly sentences: readonly PresentSentence[];
  readonly formerSentences?: ReadonlyMap<SentenceId, FormerSentence>;
}

export const sentenceLimits = {
  /** Of one sentence. */
  versions: 100,
  /** That one sentence is split into, or that become one. */
  parts: 10,
} as const;

/** The sentence of today that a link to a sentence of then means; undefined where it means none, or not the same any more. */
export function presentSentence(
  { sentenceId, version }: SentenceAt,
  { sentences, formerSentences }: SentencesOfCase,
): SentenceAt | undefined {
  const present = sentences.find((sentence) => sentence.sentenceId === sentenceId);
  if (present !== undefined) {
    return meansThat(present, version) ? { sentenceId, version: present.version } : undefined;
  }
  const former = formerSentences?.get(sentenceId);
  if (former === undefined || former.linksTo === null || !meansThat(former, version)) return undefined;
  // What a sentence became begins with its first version; ids are never used again, so this ends.
  return presentSentence(
    { sentenceId: former.linksTo, version: 1 },
    { sentences, ...(formerSentences === undefined ? {} : { formerSentences }) },
  );
}

const meansThat = (
  { version: newest, sameMeaningSince = 1 }: { readonly version: number; readonly sameMeaningSince?: number },
  version: number,
): boolean => version >= sameMeaningSince && version <= newest;

/** What was said, of the sentences of today: two reads that saw other words of the same meaning can be compared. */
export const withPresentLinks = (annotation: Annotation, sentences: SentencesOfCase): Annotation => ({
  ...annotation,
  findings: annotation.findings.map(({ sentence, ...finding }) => {
    const present = sentence === undefined ? undefined : presentSentence(sentence, sentences);
    return { ...finding, ...(present === undefined ? {} : { sentence: present }) };
  }),
});
