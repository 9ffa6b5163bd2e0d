import { demandOfRatings, demandWithin } from '../ratings/rating.ts';

export interface StoppingRule {
  /** Reads below which nothing settles. Default 2. */
  readonly minimumReads?: number;
  readonly maximumReads: number;
  /** The posterior from which an item settles, above .5 to 1. Default 0.95. */
  readonly settleAt?: number;
}

export interface ItemSoFar {
  readonly reads: number;
  /** Of each label; sums to 1. */
  readonly posterior: readonly number[];
  /**
   * Readers differ in polarity or side, or one found nothing where others drew: people decide, whatever the posterior
   * says.
   */
  readonly conflicting: boolean;
}

export type NextStep =
  | { readonly step: 'settle'; readonly label: number; readonly probability: number }
  | { readonly step: 'anotherRead' }
  | { readonly step: 'adjudicate'; readonly because: 'CONFLICT' | 'NOT_SURE_AT_MAXIMUM' };

/**
 * Whether an item is done, wants another read, or goes to adjudication. A conflict goes to people as soon as the
 * minimum of reads is there; else an item settles when a posterior reaches the bound, and at the maximum of reads whatever is not sure goes to
 * people.
 *
 * @throws InvalidRatings INVALID_PARAMETER, INVALID_VALUE for a posterior that does not sum to 1.
 */
export function decideNextStep({ reads, posterior, conflicting }: ItemSoFar, rule: StoppingRule): NextStep {
  const { minimumReads = 2, maximumReads, settleAt = 0.95 } = rule;
  demandWithin('minimumReads', minimumReads, 1, 100);
  demandWithin('maximumReads', maximumReads, minimumReads, 100);
  demandOfRatings(settleAt > 0.5 && settleAt <= 1, 'INVALID_PARAMETER', 'settleAt');
  const sum = posterior.reduce((total, probability) => total + probability, 0);
  demandOfRatings(Math.abs(sum - 1) < 1e-6, 'INVALID_VALUE', 'posterior');
  if (reads < minimumReads) return { step: 'anotherRead' };
  if (conflicting) return { step: 'adjudicate', because: 'CONFLICT' };
  const probability = Math.max(...posterior);
  if (probability >= settleAt) return { step: 'settle', label: posterior.indexOf(probability), probability };
  return reads < maximumReads ? { step: 'anotherRead' } : { step: 'adjudicate', because: 'NOT_SURE_AT_MAXIMUM' };
}
