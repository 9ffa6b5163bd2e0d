import { gridOf } from '../statistics/grid.ts';
import type { Grid } from '../statistics/grid.ts';
import { studentQuantile } from '../statistics/special-functions.ts';
import type { Estimate, Estimator } from './coefficient.ts';
import type { ItemCounts } from './item-counts.ts';

/** Squared differences of all values, by number; `totals` says how often each occurs among comparable ratings. */
export type Difference = (totals: Float64Array) => Grid;

/**
 * Krippendorff's alpha: 1 - observed / expected disagreement over the ratings of items with two or more (Krippendorff
 * 2011, Computing Krippendorff's Alpha-Reliability).
 *
 * Analytic interval: alpha written with agreement weights 1 - difference / greatest difference, its linearised variance
 * over items and Student's t (Gwet 2014, chapter 5), cut to at most 1.
 */
export function krippendorff(counts: ItemCounts, difference: Difference): Estimator {
  return {
    estimate: (multiplicity) => estimate(counts, difference, multiplicity),
    analytic: (level) => analytic(counts, difference, level),
  };
}

export function nominalDifference(size: number): Difference {
  const grid = gridOf(size, (one, other) => Number(one !== other));
  return () => grid;
}

export function intervalDifference(values: readonly number[]): Difference {
  const grid = gridOf(values.length, (one, other) => ((values[one] ?? 0) - (values[other] ?? 0)) ** 2);
  return () => grid;
}

/** ((a - b) / (a + b))^2, for values of 0 or more; two zeros do not differ. */
export function ratioDifference(values: readonly number[]): Difference {
  const grid = gridOf(values.length, (one, other) => {
    const [a = 0, b = 0] = [values[one], values[other]];
    return a === b ? 0 : ((a - b) / (a + b)) ** 2;
  });
  return () => grid;
}

/** How many ratings lie between two grades, half of those at the ends, squared: it depends on the ratings themselves. */
export function ordinalDifference(): Difference {
  return (totals) => {
    let passed = 0;
    const middles = totals.map((total) => {
      passed += total;
      return passed - total / 2;
    });
    return gridOf(totals.length, (one, other) => ((middles[one] ?? 0) - (middles[other] ?? 0)) ** 2);
  };
}

/** 1 - shared / all members; two empty sets are equal. */
export function jaccardDifference(sets: readonly (readonly string[])[]): Difference {
  return setDifference(sets, () => 1);
}

/**
 * 1 - Jaccard x M, where M is 1 for equal sets, 2/3 where one contains the other, 1/3 where they overlap, 0 where they do
 * not (Passonneau 2006). As Passonneau does, distances enter alpha as they are, not squared; so those of Jaccard.
 */
export function masiDifference(sets: readonly (readonly string[])[]): Difference {
  return setDifference(sets, (shared, one, other) => {
    if (shared === one && shared === other) return 1;
    if (shared === one || shared === other) return 2 / 3;
    return 1 / 3;
  });
}

function setDifference(
  sets: readonly (readonly string[])[],
  monotonicity: (shared: number, one: number, other: number) => number,
): Difference {
  const members = sets.map((set) => new Set(set));
  const grid = gridOf(sets.length, (one, other) => {
    if (one === other) return 0;
    const [a, b] = [members[one] ?? new Set<string>(), members[other] ?? new Set<string>()];
    const shared = [...a].filter((member) => b.has(member)).length;
    if (shared === 0) return 1;
    return 1 - (shared / (a.size + b.size - shared)) * monotonicity(shared, a.size, b.size);
  });
  return () => grid;
}

function estimate(counts: ItemCounts, difference: Difference, multiplicity: Float64Array | null): Estimate {
  const totals = comparableTotals(counts, multiplicity);
  const ratings = totals.reduce((sum, total) => sum + total, 0);
  if (ratings === 0) return 'NO_PAIRS';
  const differences = difference(totals);
  let observed = 0;
  for (let item = 0; item < counts.itemCount; item += 1) {
    const size = counts.ratings[item] ?? 0;
    const times = multiplicity?.[item] ?? 1;
    if (size < 2 || times === 0) continue;
    observed += (times * within(counts, item, differences)) / (size - 1);
  }
  let expected = 0;
  for (const [one, total] of totals.entries()) {
    if (total === 0) continue;
    for (const [other, more] of totals.entries()) expected += total * more * differences.at(one, other);
  }
  return expected === 0 ? 'NO_VARIATION' : 1 - (observed * (ratings - 1)) / expected;
}

/** How often each value occurs in items that have another rating to compare with. */
function comparableTotals(counts: ItemCounts, multiplicity: Float64Array | null): Float64Array {
  const { start, value, count, ratings } = counts;
  const totals = new Float64Array(counts.valueCount);
  for (let item = 0; item < counts.itemCount; item += 1) {
    if ((ratings[item] ?? 0) < 2) continue;
    for (let entry = start[item] ?? 0; entry < (start[item + 1] ?? 0); entry += 1) {
      const said = value[entry] ?? 0;
      totals[said] = (totals[said] ?? 0) + (multiplicity?.[item] ?? 1) * (count[entry] ?? 0);
    }
  }
  return totals;
}

/** Sum of the differences of all ordered pairs of ratings of an item. */
function within({ start, value, count }: ItemCounts, item: number, differences: Grid): number {
  let sum = 0;
  for (let one = start[item] ?? 0; one < (start[item + 1] ?? 0); one += 1) {
    for (let other = start[item] ?? 0; other < (start[item + 1] ?? 0); other += 1) {
      sum += (count[one] ?? 0) * (count[other] ?? 0) * differences.at(value[one] ?? 0, value[other] ?? 0);
    }
  }
  return sum;
}

function analytic(
  counts: ItemCounts,
  difference: Difference,
  level: number,
): { readonly low: number; readonly high: number } | null {
  const alpha = estimate(counts, difference, null);
  const items = Array.from({ length: counts.itemCount }, (_, item) => item).filter(
    (item) => (counts.ratings[item] ?? 0) >= 2,
  );
  if (typeof alpha === 'string' || items.length < 2) return null;
  const totals = comparableTotals(counts, null);
  const ratings = totals.reduce((sum, total) => sum + total, 0);
  const differences = difference(totals);
  const greatest = differences.cells.reduce((most, cell) => Math.max(most, cell), 0);
  const nearness = totals.map((_, one) =>
    totals.reduce((sum, total, other) => sum + (total / ratings) * (1 - differences.at(one, other) / greatest), 0),
  );
  const chance = totals.reduce((sum, total, value) => sum + (total / ratings) * (nearness[value] ?? 0), 0);
  const meanSize = ratings / items.length;
  const agreements = items.map((item) => {
    const size = counts.ratings[item] ?? 0;
    return (size - within(counts, item, differences) / greatest / (size - 1)) / meanSize;
  });
  const agreed = agreements.reduce((sum, agreement) => sum + agreement, 0) / items.length;
  const squares = items.map((item, index) => {
    const surplus = ((counts.ratings[item] ?? 0) - meanSize) / meanSize;
    const observed = (1 - 1 / ratings) * ((agreements[index] ?? 0) - agreed * surplus) + 1 / ratings;
    const expected = drawn(counts, item, nearness) / meanSize - chance * surplus;
    return ((observed - chance - 2 * (1 - alpha) * (expected - chance)) / (1 - chance) - alpha) ** 2;
  });
  const variance = squares.reduce((sum, square) => sum + square, 0) / (items.length * (items.length - 1));
  const reach = studentQuantile((1 + level) / 2, items.length - 1) * Math.sqrt(variance);
  return { low: alpha - reach, high: Math.min(1, alpha + reach) };
}

function drawn({ start, value, count }: ItemCounts, item: number, nearness: Float64Array): number {
  let sum = 0;
  for (let entry = start[item] ?? 0; entry < (start[item + 1] ?? 0); entry += 1) {
    sum += (count[entry] ?? 0) * (nearness[value[entry] ?? 0] ?? 0);
  }
  return sum;
}
