import { compareIds } from '../canonical-order.ts';
import type { Interval } from './interval.ts';
import { SeededRandom } from './seeded-random.ts';

export interface Resampling {
  readonly level: number;
  readonly replicates: number;
  readonly seed: number;
}

/**
 * Percentile interval of the cluster bootstrap (Efron 1979; Davison and Hinkley 1997, section 3.8): whole cases are drawn with
 * replacement, and all items of a case come with it as often as it was drawn.
 *
 * @param estimate anything but a number where the drawn items leave it undefined. Null is answered where fewer than nine
 * in ten replicates are defined: what is left would be a selection.
 * @param caseOfItem the case of each item.
 */
export function bootstrapInterval(
  estimate: (multiplicity: Float64Array) => unknown,
  caseOfItem: readonly string[],
  { level, replicates, seed }: Resampling,
): Interval | null {
  const cases = [...new Set(caseOfItem)].sort(compareIds);
  if (cases.length < 2) return null;
  const numberOf = new Map(cases.map((caseId, index) => [caseId, index]));
  const caseNumber = Int32Array.from(caseOfItem, (caseId) => numberOf.get(caseId) ?? 0);
  const random = new SeededRandom(seed);
  const drawn = new Float64Array(cases.length);
  const multiplicity = new Float64Array(caseOfItem.length);
  const estimates: number[] = [];
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    drawn.fill(0);
    for (const _ of cases) {
      const chosen = random.below(cases.length);
      drawn[chosen] = (drawn[chosen] ?? 0) + 1;
    }
    for (const [item, number] of caseNumber.entries()) multiplicity[item] = drawn[number] ?? 0;
    const value = estimate(multiplicity);
    if (typeof value === 'number') estimates.push(value);
  }
  if (estimates.length < 0.9 * replicates) return null;
  estimates.sort((one, other) => one - other);
  return {
    low: quantileOfSorted(estimates, (1 - level) / 2),
    high: quantileOfSorted(estimates, (1 + level) / 2),
    level,
    method: 'bootstrap',
  };
}

/** Linear between order statistics (definition 7 of Hyndman and Fan 1996); of at least one value, rising. */
function quantileOfSorted(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}
