import type { RatingTable } from '../ratings/rating-table.ts';
import { fisherQuantile } from '../statistics/special-functions.ts';
import type { Estimator, UndefinedReason } from './coefficient.ts';

/** Of one reader's value (`single`), or of the mean of as many readers as an item has on average (`average`). */
export type RaterCount = 'single' | 'average';

/**
 * Intraclass correlation of the one-way random model, ICC(1) and ICC(1,k): readers are drawn anew for each item (Shrout
 * and Fleiss 1979, case 1). Items with one rating are left out. Where items have different numbers of ratings, k is the
 * k0 of unbalanced analysis of variance (Donner 1986), and the interval, exact by the F distribution at equal numbers
 * (McGraw and Wong 1996, table 7), is an approximation.
 */
export function intraclassCorrelation(table: RatingTable<number>, raters: RaterCount): Estimator {
  const items = ratingsByItem(table);
  return {
    estimate: (multiplicity) => {
      const variance = varianceOf(items, multiplicity);
      return typeof variance === 'string' ? variance : correlation(variance.ratio, variance.size, raters);
    },
    analytic: (level) => {
      const variance = varianceOf(items, null);
      if (typeof variance === 'string' || !Number.isFinite(variance.ratio)) return null;
      const { ratio, size, between, within } = variance;
      const tail = (1 + level) / 2;
      return {
        low: correlation(ratio / fisherQuantile(tail, between, within), size, raters),
        high: correlation(ratio * fisherQuantile(tail, within, between), size, raters),
      };
    },
  };
}

/** @param ratio of the mean squares between and within items; infinite where readers agree exactly. */
function correlation(ratio: number, size: number, raters: RaterCount): number {
  if (ratio === Infinity) return 1;
  return raters === 'single' ? (ratio - 1) / (ratio + size - 1) : ratio === 0 ? -Infinity : 1 - 1 / ratio;
}

interface ItemRatings {
  readonly item: number;
  readonly size: number;
  readonly sum: number;
  /** Sum of squared distances from the item's mean. */
  readonly spread: number;
}

function ratingsByItem(table: RatingTable<number>): readonly ItemRatings[] {
  const said = table.items.map((): number[] => []);
  for (const [index, item] of table.itemOf.entries()) {
    said[item]?.push(table.values[table.valueOf[index] ?? 0] ?? Number.NaN);
  }
  return said.flatMap((values, item) => {
    const sum = values.reduce((total, value) => total + value, 0);
    const mean = sum / values.length;
    const spread = values.reduce((total, value) => total + (value - mean) ** 2, 0);
    return values.length < 2 ? [] : [{ item, size: values.length, sum, spread }];
  });
}

interface Variance {
  readonly ratio: number;
  readonly size: number;
  readonly between: number;
  readonly within: number;
}

function varianceOf(items: readonly ItemRatings[], multiplicity: Float64Array | null): Variance | UndefinedReason {
  const counted = items
    .map((item) => ({ ...item, times: multiplicity?.[item.item] ?? 1 }))
    .filter(({ times }) => times > 0);
  const total = (of: (item: ItemRatings) => number): number =>
    counted.reduce((sum, item) => sum + item.times * of(item), 0);
  const itemCount = total(() => 1);
  const ratings = total(({ size }) => size);
  if (itemCount === 0) return 'NO_PAIRS';
  if (itemCount < 2) return 'TOO_FEW_ITEMS';
  const mean = total(({ sum }) => sum) / ratings;
  const meanSquareBetween = total(({ sum, size }) => size * (sum / size - mean) ** 2) / (itemCount - 1);
  const meanSquareWithin = total(({ spread }) => spread) / (ratings - itemCount);
  if (meanSquareBetween === 0 && meanSquareWithin === 0) return 'NO_VARIATION';
  return {
    ratio: meanSquareWithin === 0 ? Infinity : meanSquareBetween / meanSquareWithin,
    size: (ratings - total(({ size }) => size * size) / ratings) / (itemCount - 1),
    between: itemCount - 1,
    within: ratings - itemCount,
  };
}
