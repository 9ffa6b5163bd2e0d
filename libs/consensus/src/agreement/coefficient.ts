import { demandOfRatings, demandWithin } from '../ratings/rating.ts';
import { bootstrapInterval } from '../statistics/bootstrap.ts';
import type { Interval } from '../statistics/interval.ts';

/**
 * Why there is no number: no item with two readings to compare; nothing varies, so that chance alone would agree (0/0);
 * or too few items or degrees of freedom.
 */
export type UndefinedReason = 'NO_PAIRS' | 'NO_VARIATION' | 'TOO_FEW_ITEMS';
export type Estimate = number | UndefinedReason;

/** A coefficient as a function of how often each item is counted, which is what a bootstrap by item or case varies. */
export interface Estimator {
  /** @param multiplicity of each item; null counts each once. */
  readonly estimate: (multiplicity: Float64Array | null) => Estimate;
  /** Null where the method has no analytic interval, or the sample is too small for one. */
  readonly analytic: (level: number) => { readonly low: number; readonly high: number } | null;
}

/**
 * Analytic intervals take items for independent; where several items come from one case or one patient, use a
 * bootstrap that draws whole cases: `caseOf` says which.
 */
export type IntervalWanted =
  | { readonly kind: 'none' }
  /** level: 0..1 exclusive, such as 0.95. */
  | { readonly kind: 'analytic'; readonly level: number }
  | {
      readonly kind: 'bootstrap';
      readonly level: number;
      /** 100..10,000. */
      readonly replicates: number;
      readonly seed: number;
      /** The case or patient an item belongs to; default: each item is its own. */
      readonly caseOf?: (itemId: string) => string;
    };

export interface Coefficient {
  readonly value: number | null;
  readonly undefinedBecause: UndefinedReason | null;
  readonly interval: Interval | null;
}

/** @throws InvalidRatings INVALID_PARAMETER for a level or number of replicates out of range. */
export function toCoefficient(estimator: Estimator, items: readonly string[], wanted: IntervalWanted): Coefficient {
  if (wanted.kind !== 'none') demandOfRatings(wanted.level > 0 && wanted.level < 1, 'INVALID_PARAMETER', 'level');
  if (wanted.kind === 'bootstrap') demandWithin('replicates', wanted.replicates, 100, 10_000);
  const estimate = estimator.estimate(null);
  if (typeof estimate === 'string') return { value: null, undefinedBecause: estimate, interval: null };
  return { value: estimate, undefinedBecause: null, interval: intervalOf(estimator, items, wanted) };
}

function intervalOf(estimator: Estimator, items: readonly string[], wanted: IntervalWanted): Interval | null {
  if (wanted.kind === 'none') return null;
  if (wanted.kind === 'bootstrap') {
    const { caseOf = (itemId: string) => itemId } = wanted;
    return bootstrapInterval(estimator.estimate, items.map(caseOf), wanted);
  }
  const bounds = estimator.analytic(wanted.level);
  return bounds && { ...bounds, level: wanted.level, method: 'analytic' };
}
