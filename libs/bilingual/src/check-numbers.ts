import { hitFrom, type Hit } from './hit.ts';
import type { Quantity } from './lexicon/number-words.ts';
import { amountsOf, type Amount } from './quantities.ts';
import type { IsSwap } from './swap.ts';
import type { Word } from './words.ts';

const near = (one: number, other: number): boolean =>
  Math.abs(one - other) <= 1e-6 * Math.max(Math.abs(one), Math.abs(other), 1);

/** "Decima vertebra" and T10. */
const isVertebra = (one: Quantity, other: Quantity): boolean =>
  (one === 'count' && other === 'level') || (one === 'level' && other === 'count');

/** One value of one quantity; a ratio is its percentage, 0.55 and 55 %. */
const isSame = (one: Amount, other: Amount): boolean =>
  one.quantities.some((quantity) =>
    other.quantities.some((another) => {
      const scale = quantity === 'percent' && another === 'count' ? 100 : 1;
      const back = quantity === 'count' && another === 'percent' ? 100 : 1;
      if (quantity !== another && scale === back && !isVertebra(quantity, another)) return false;
      if (quantity !== another && scale === back)
        return one.values.some((value) => other.values.some((second) => value % 100 === second % 100));
      return one.values.some((value) => other.values.some((second) => near(value * back, second * scale)));
    }),
  );

/** Strikes out equal amounts, those first that need a counterpart. Sentences have few numbers: see `mostAmounts`. */
const without = (amounts: readonly Amount[], others: readonly Amount[]): readonly Amount[] => {
  const free = [...others].sort((a, b) => Number(a.maybe) - Number(b.maybe));
  return amounts
    .filter(({ maybe }) => !maybe)
    .filter((one) => {
      const index = free.findIndex((other) => isSame(one, other));
      if (index >= 0) free.splice(index, 1);
      return index < 0;
    });
};

/** Bounds the comparisons; a sentence with more numbers is a table, and only its first ones are compared. */
const mostAmounts = 100;

/** Numbers as multisets of quantities in one unit; if those are equal, the order of the values of each quantity. */
export const checkNumbers = (
  es: { readonly words: readonly Word[]; readonly text: string },
  en: { readonly words: readonly Word[]; readonly text: string },
  isSwap: IsSwap,
): Hit | undefined => {
  const first = amountsOf(es.words, es.text, 'es').slice(0, mostAmounts);
  const second = amountsOf(en.words, en.text, 'en').slice(0, mostAmounts);
  const [lost, added] = [without(first, second), without(second, first)];
  if (lost.length > 0 || added.length > 0) return hitFrom('number', lost, added);
  for (const quantity of new Set(first.flatMap(({ quantities }) => quantities))) {
    const valued = (amounts: readonly Amount[]): readonly Amount[] =>
      amounts
        .filter(({ quantities, maybe }) => !maybe && quantities[0] === quantity)
        .map((one) => ({ ...one, reading: String(one.values[0]) }));
    const [inSpanish, inEnglish] = [valued(first), valued(second)];
    const differs = inSpanish.map((one, index) => {
      const twin = inEnglish[index];
      return twin === undefined || !isSame(one, twin);
    });
    if (inSpanish.length !== inEnglish.length || !differs.includes(true) || !isSwap(inSpanish, inEnglish)) continue;
    const there = (amounts: readonly Amount[]): readonly Amount[] => amounts.filter((_, index) => differs[index]);
    return hitFrom('number', there(inSpanish), there(inEnglish), true);
  }
  return undefined;
};
