import { hitFrom, type Hit, type Reading } from './hit.ts';
import { sideWords, type SideMeaning } from './lexicon/sides.ts';
import { findPhrases, phraseTable, type PhraseTable } from './phrase-table.ts';
import type { IsSwap } from './swap.ts';
import type { Word } from './words.ts';

type Side = 'right' | 'left' | 'both' | 'one-sided' | 'same-side' | 'other-side';

interface SideReading extends Reading {
  readonly reading: Side;
}

interface Sides {
  readonly stated: readonly SideReading[];
  readonly implied: ReadonlySet<Side>;
}

const spanish = phraseTable(sideWords.map(([meaning, es]) => [meaning, es] as const));
const english = phraseTable(sideWords.map(([meaning, , en]) => [meaning, en] as const));

const impliedBy: Readonly<Partial<Record<SideMeaning, Side>>> = {
  'implied-right': 'right',
  'implied-left': 'left',
  'implied-both': 'both',
};

const isSide = (meaning: SideMeaning): meaning is Side => meaning !== 'none' && impliedBy[meaning] === undefined;

/** "Both effusion and consolidation" names two things and no side; "both lungs and pleura" may name either. */
const mayBeConjunction = (words: readonly Word[], next: number): boolean =>
  words[next - 1]?.form === 'both' && words.slice(next, next + longestConjunct).some(({ form }) => form === 'and');
const longestConjunct = 4;

const sidesOf = (table: PhraseTable<SideMeaning>, words: readonly Word[]): Sides => {
  const stated: SideReading[] = [];
  const implied = new Set<Side>();
  for (const { meaning, to, start, end } of findPhrases(table, words)) {
    const side = meaning === 'both' && mayBeConjunction(words, to) ? 'both' : impliedBy[meaning];
    if (side !== undefined) implied.add(side);
    else if (isSide(meaning)) stated.push({ start, end, reading: meaning });
  }
  const sides = new Set(stated.map(({ reading }) => reading));
  // Once a side is stated, "the same side" says no more; of one side, "the other side" says the opposite one.
  if (sides.has('right') !== sides.has('left')) {
    const one = sides.has('right') ? 'right' : 'left';
    implied.add('same-side');
    if (sides.has('other-side')) implied.add(one === 'right' ? 'left' : 'right');
  }
  if (sides.has('right') && sides.has('left')) for (const side of ['both', 'other-side'] as const) implied.add(side);
  if (sides.has('both')) for (const side of ['right', 'left'] as const) if (sides.has(side)) implied.add(side);
  if (sides.size === 1 && (sides.has('right') || sides.has('left'))) implied.add('one-sided');
  return { stated, implied };
};

const notIn = (one: Sides, other: Sides): readonly SideReading[] => {
  const stated = new Set(other.stated.map(({ reading }) => reading));
  const mine = new Set(one.stated.map(({ reading }) => reading));
  // "Bilateral" may be "right and left".
  if (
    (stated.has('both') || other.implied.has('both')) &&
    mine.has('right') &&
    mine.has('left') &&
    !stated.has('right') &&
    !stated.has('left')
  )
    return [];
  return one.stated.filter(({ reading }) => !stated.has(reading) && !other.implied.has(reading));
};

const rightAndLeft = ({ stated }: Sides): readonly SideReading[] =>
  stated.filter(({ reading }) => reading === 'right' || reading === 'left');

/**
 * The sides of the two languages as sets, then, where both name right and left equally often, one after the other: "LSD y
 * LSI" against "RUL and RUL". A pair of findings that only changed places keeps its sides, so an order turned round counts
 * as swapped only if `isSwap` says that the findings did not turn round with it.
 */
export const checkLaterality = (es: readonly Word[], en: readonly Word[], isSwap: IsSwap): Hit | undefined => {
  const [ofSpanish, ofEnglish] = [sidesOf(spanish, es), sidesOf(english, en)];
  const lost = notIn(ofSpanish, ofEnglish);
  const added = notIn(ofEnglish, ofSpanish);
  if (lost.length > 0 || added.length > 0) return hitFrom('laterality', lost, added);
  const [first, second] = [rightAndLeft(ofSpanish), rightAndLeft(ofEnglish)];
  if (first.length !== second.length) return undefined;
  const differs = first.map(({ reading }, index) => reading !== second[index]?.reading);
  if (!differs.includes(true)) return undefined;
  const count = (readings: readonly SideReading[]): number =>
    readings.filter(({ reading }) => reading === 'left').length;
  if (count(first) === count(second) && !isSwap(first, second)) return undefined;
  const there = (readings: readonly SideReading[]): readonly SideReading[] =>
    readings.filter((_, index) => differs[index]);
  return hitFrom('laterality', there(first), there(second), true);
};
