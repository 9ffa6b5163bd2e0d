import { checkAnatomy } from './check-anatomy.ts';
import { checkLaterality } from './check-laterality.ts';
import { checkLength } from './check-length.ts';
import { checkNegation } from './check-negation.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkSeverity } from './check-severity.ts';
import type { Hit } from './hit.ts';
import { alignMentions } from './mentions.ts';
import { swapOf } from './swap.ts';
import { wordsOf } from './words.ts';

/** One sentence in both languages. */
export interface SentencePair {
  readonly es: string;
  readonly en: string;
}

/** Goes up with every change of a rule or a lexicon: another version may give other hits for the same pair. */
export const rulesVersion = '1';

/** The longest sentence of one language, in UTF-16 code units. */
export const maxSentenceUnits = 4_000;

/** Thrown for a sentence over `maxSentenceUnits`, before any work: split the text into sentences and check each. */
export class SentenceTooLong extends Error {
  readonly language: 'es' | 'en';
  readonly units: number;

  constructor(language: 'es' | 'en', units: number) {
    super(
      `The ${language} sentence has ${String(units)} UTF-16 units; at most ${String(maxSentenceUnits)} are checked`,
    );
    this.name = 'SentenceTooLong';
    this.language = language;
    this.units = units;
  }
}

const refuseLong = (language: 'es' | 'en', text: string): void => {
  if (text.length > maxSentenceUnits) throw new SentenceTooLong(language, text.length);
};

/**
 * What the English says otherwise than the Spanish, at most one hit a type, in the order negation, laterality, number,
 * severity, anatomy, length. Rules alone: the same pair gives the same hits for ever. An empty answer means that no rule
 * found a difference, not that the translation is right; docs/BILINGUAL.md has how often either is wrong.
 *
 * If a language has no word at all, nothing is compared and there is no hit: a missing sentence is not a translation.
 *
 * @throws SentenceTooLong
 */
export const checkPair = (pair: SentencePair): readonly Hit[] => {
  refuseLong('es', pair.es);
  refuseLong('en', pair.en);
  const es = wordsOf(pair.es);
  const en = wordsOf(pair.en);
  if (es.length === 0 || en.length === 0) return [];
  const aligned = alignMentions(es, en);
  const isSwap = swapOf(es, en, aligned);
  return [
    checkNegation(es, en, aligned),
    checkLaterality(es, en, isSwap),
    checkNumbers({ words: es, text: pair.es }, { words: en, text: pair.en }, isSwap),
    checkSeverity(es, en, isSwap),
    checkAnatomy(aligned),
    checkLength(es, en, aligned),
  ].filter((hit) => hit !== undefined);
};
