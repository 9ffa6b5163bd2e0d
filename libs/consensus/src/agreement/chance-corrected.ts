import { gridOf, sumOf } from '../statistics/grid.ts';
import type { Grid } from '../statistics/grid.ts';
import { studentQuantile } from '../statistics/special-functions.ts';
import type { Estimate, Estimator } from './coefficient.ts';
import type { ItemCounts } from './item-counts.ts';

/** How much agreement is taken for chance: none at all, or as these authors take it. */
export type ChanceModel = 'percent' | 'fleiss' | 'randolph' | 'gwet';
/** How near two grades are: only equal ones count, or by their distance in the declared order of the labels. */
export type Weighting = 'unweighted' | 'linear' | 'quadratic';

/** 1 where equal, falling to 0 at the two ends: 1 - |i - j| / (q - 1), or its square (Cicchetti and Allison 1971; Cohen 1968). */
export function agreementWeights(size: number, weighting: Weighting): Grid {
  return gridOf(size, (one, other) => {
    if (weighting === 'unweighted' || size === 1) return Number(one === other);
    const distance = Math.abs(one - other) / (size - 1);
    return weighting === 'linear' ? 1 - distance : 1 - distance * distance;
  });
}

/**
 * (observed - chance) / (1 - chance) for any number of readers, who need not have rated every item. Observed agreement is
 * the mean over items with two ratings or more. Chance agreement:
 *
 * - `percent`: 0, so that the value is the plain share of agreeing pairs.
 * - `fleiss`: both would draw from the shares of all ratings (Fleiss 1971; for missing ratings Gwet 2014).
 * - `randolph`: every label alike (Bennett 1954; Brennan and Prediger 1981; Randolph 2005).
 * - `gwet`: AC1, with weights AC2 (Gwet 2008): stable where one label is rare.
 *
 * Analytic interval: linearised variance over items and Student's t (Gwet 2014, Handbook of Inter-Rater Reliability,
 * 4th edition, chapter 5), cut to at most 1.
 */
export function chanceCorrected(counts: ItemCounts, weights: Grid, model: ChanceModel): Estimator {
  const observed = observedAgreement(counts, weights);
  return {
    estimate: (multiplicity) => estimate(counts, weights, model, observed, multiplicity),
    analytic: (level) => analytic(counts, weights, model, observed, level),
  };
}

function estimate(
  counts: ItemCounts,
  weights: Grid,
  model: ChanceModel,
  observed: Float64Array,
  multiplicity: Float64Array | null,
): Estimate {
  const agreed = meanObserved(counts, observed, multiplicity);
  if (agreed === null) return 'NO_PAIRS';
  const chance = chanceAgreement(valueShares(counts, multiplicity), weights, model);
  return 1 - chance < 1e-12 ? 'NO_VARIATION' : (agreed - chance) / (1 - chance);
}

/** Of each item, the weighted share of its pairs of ratings that agree; 0 below two ratings. */
function observedAgreement(counts: ItemCounts, weights: Grid): Float64Array {
  const { start, value, count, ratings } = counts;
  return Float64Array.from({ length: counts.itemCount }, (_, item) => {
    const total = ratings[item] ?? 0;
    if (total < 2) return 0;
    let agreeing = 0;
    for (let one = start[item] ?? 0; one < (start[item + 1] ?? 0); one += 1) {
      let near = -1;
      for (let other = start[item] ?? 0; other < (start[item + 1] ?? 0); other += 1) {
        near += weights.at(value[one] ?? 0, value[other] ?? 0) * (count[other] ?? 0);
      }
      agreeing += (count[one] ?? 0) * near;
    }
    return agreeing / (total * (total - 1));
  });
}

function meanObserved(
  { itemCount, ratings }: ItemCounts,
  observed: Float64Array,
  multiplicity: Float64Array | null,
): number | null {
  let sum = 0;
  let items = 0;
  for (let item = 0; item < itemCount; item += 1) {
    if ((ratings[item] ?? 0) < 2) continue;
    const times = multiplicity?.[item] ?? 1;
    sum += times * (observed[item] ?? 0);
    items += times;
  }
  return items === 0 ? null : sum / items;
}

/** The share of each value: of every item the share within it, each item counting alike. */
function valueShares(counts: ItemCounts, multiplicity: Float64Array | null): Float64Array {
  const { start, value, count, ratings } = counts;
  const shares = new Float64Array(counts.valueCount);
  let items = 0;
  for (let item = 0; item < counts.itemCount; item += 1) {
    const times = multiplicity?.[item] ?? 1;
    if (times === 0) continue;
    items += times;
    for (let entry = start[item] ?? 0; entry < (start[item + 1] ?? 0); entry += 1) {
      const said = value[entry] ?? 0;
      shares[said] = (shares[said] ?? 0) + (times * (count[entry] ?? 0)) / (ratings[item] ?? 1);
    }
  }
  return shares.map((share) => share / items);
}

function chanceAgreement(shares: Float64Array, weights: Grid, model: ChanceModel): number {
  const size = shares.length;
  switch (model) {
    case 'percent':
      return 0;
    case 'randolph':
      return weights.sum() / (size * size);
    case 'fleiss':
      return sumOf(shares.map((share, value) => share * nearness(shares, weights, value)));
    case 'gwet':
      return size < 2 ? 0 : gwetFactor(weights) * sumOf(shares.map((share) => share * (1 - share)));
  }
}

/** How near a drawn rating is to the value, on average. */
function nearness(shares: Float64Array, weights: Grid, value: number): number {
  return sumOf(shares.map((share, other) => share * weights.at(value, other)));
}

function gwetFactor(weights: Grid): number {
  return weights.sum() / (weights.rows * (weights.rows - 1));
}

function analytic(
  counts: ItemCounts,
  weights: Grid,
  model: ChanceModel,
  observed: Float64Array,
  level: number,
): { readonly low: number; readonly high: number } | null {
  const { itemCount, ratings } = counts;
  const value = estimate(counts, weights, model, observed, null);
  if (typeof value === 'string' || itemCount < 2) return null;
  const shares = valueShares(counts, null);
  const chance = chanceAgreement(shares, weights, model);
  const chanceOf = chanceByItem(counts, shares, weights, model, chance);
  const compared = ratings.filter((total) => total >= 2).length;
  let squares = 0;
  for (let item = 0; item < itemCount; item += 1) {
    const excess = (ratings[item] ?? 0) < 2 ? 0 : ((observed[item] ?? 0) - chance) / (1 - chance);
    const pull = (2 * (1 - value) * ((chanceOf[item] ?? 0) - chance)) / (1 - chance);
    squares += ((itemCount / compared) * excess - pull - value) ** 2;
  }
  const error = Math.sqrt(squares / (itemCount * (itemCount - 1)));
  const reach = studentQuantile((1 + level) / 2, itemCount - 1) * error;
  return { low: value - reach, high: Math.min(1, value + reach) };
}

/** What each item contributes to the chance agreement, as its derivative by the item's ratings. */
function chanceByItem(
  counts: ItemCounts,
  shares: Float64Array,
  weights: Grid,
  model: ChanceModel,
  chance: number,
): Float64Array {
  const { start, value, count, ratings } = counts;
  if (model === 'percent' || model === 'randolph') return new Float64Array(counts.itemCount).fill(chance);
  const pull = shares.map((share, said) =>
    model === 'fleiss' ? nearness(shares, weights, said) : shares.length < 2 ? 0 : gwetFactor(weights) * (1 - share),
  );
  return Float64Array.from({ length: counts.itemCount }, (_, item) => {
    let sum = 0;
    for (let entry = start[item] ?? 0; entry < (start[item + 1] ?? 0); entry += 1) {
      sum += (count[entry] ?? 0) * (pull[value[entry] ?? 0] ?? 0);
    }
    return sum / (ratings[item] ?? 1);
  });
}
