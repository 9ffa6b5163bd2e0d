import type { AlignedMentions, Mention } from './mentions.ts';
import type { Span } from './hit.ts';
import type { Word } from './words.ts';

/** Whether readings in another order in the two languages say something else, or only stand in another order. */
export type IsSwap = (es: readonly Span[], en: readonly Span[]) => boolean;

interface Valued extends Span {
  readonly reading?: string;
}

const parting = new Set([
  ',',
  ';',
  '.',
  ':',
  'y',
  'e',
  'and',
  'but',
  'pero',
  'mientras',
  'while',
  'whereas',
  'por',
  'con',
  'with',
]);

/** The number of the part of the sentence in which each word stands. */
const partsOf = (words: readonly Word[]): readonly number[] => {
  const parts: number[] = [];
  for (const { form } of words) parts.push((parts.at(-1) ?? 0) + (parting.has(form) ? 1 : 0));
  return parts;
};

const conceptsBeside = (words: readonly Word[], mentions: readonly Mention[], place: Span): ReadonlySet<string> => {
  const parts = partsOf(words);
  const part = parts[words.findIndex(({ end }) => end > place.start)];
  return new Set(mentions.filter(({ from }) => parts[from] === part).flatMap(({ concepts }) => concepts));
};

const shared = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  [...one].filter((concept) => other.has(concept)).length;

/**
 * Compares what stands beside the readings: with the reading of the same rank, and with the one that says the same. If the
 * neighbours went along with the reading, the clauses only changed places. Readings are few, so this stays linear in the
 * sentence.
 */
export const swapOf =
  (es: readonly Word[], en: readonly Word[], aligned: AlignedMentions): IsSwap =>
  (first: readonly Valued[], second: readonly Valued[]) => {
    let [byRank, byReading] = [0, 0];
    for (const [index, place] of first.slice(0, mostReadings).entries()) {
      const twin = second[index];
      if (twin === undefined || twin.reading === place.reading) continue;
      const same = second.find(({ reading }) => reading === place.reading);
      const beside = conceptsBeside(es, aligned.es, place);
      byRank += shared(beside, conceptsBeside(en, aligned.en, twin));
      if (same !== undefined) byReading += shared(beside, conceptsBeside(en, aligned.en, same));
    }
    return byRank > byReading;
  };

/** Sentences that name more are lists, in which the first ones tell whether the order turned. */
const mostReadings = 12;
