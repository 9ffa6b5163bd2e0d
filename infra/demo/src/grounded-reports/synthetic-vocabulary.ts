import { progressions } from './fill-sentence.ts';
import { negativeSentences } from './negative-sentences.ts';
import { placeNames, sides, termOf } from './places.ts';
import { positiveSentences } from './positive-sentences.ts';

const unique = (terms: readonly string[]): readonly string[] => [...new Set(terms)].sort();

/** All terms that studies and reads may use: what a protocol for them has to list. */
export const syntheticVocabulary: {
  readonly labels: readonly string[];
  readonly locations: readonly string[];
  readonly progressions: readonly string[];
} = {
  labels: unique([...positiveSentences.map(({ label }) => label), ...negativeSentences.map(({ denies }) => denies)]),
  locations: unique([...placeNames.map(termOf), ...sides]),
  progressions,
};
