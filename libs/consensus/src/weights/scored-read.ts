import { demandOfRatings } from '../ratings/rating.ts';

/**
 * What a read is scored against. There is none that contains the read: gold, an adjudication, or the posterior of all other reads of the
 * item (see leaveOneOutPosterior).
 */
export type IndependentTruth =
  | { readonly source: 'gold'; readonly label: string }
  /** samplingProbability: above 0 to 1, how likely an item like this one was to be adjudicated. */
  | { readonly source: 'adjudicated'; readonly label: string; readonly samplingProbability: number }
  /** Of each label, in the order of the labels. */
  | { readonly source: 'posterior'; readonly probabilities: readonly number[] };

export interface ScoredRead {
  readonly readerId: string;
  readonly itemId: string;
  /** The stratum: weights of one finding group say nothing of another. */
  readonly findingGroup: string;
  readonly given: string;
  readonly truth: IndependentTruth;
  /** Rises with time (a position in the log): when the truth became known. Nothing later than asked for enters a weight. */
  readonly knownAt: number;
}

const maxScoredReads = 1_000_000;

/** @throws InvalidRatings for reads that break what is said above. */
export function checkScoredReads(reads: readonly ScoredRead[], labels: readonly string[]): void {
  demandOfRatings(labels.length >= 2 && labels.length <= 100, 'INVALID_PARAMETER', 'labels');
  demandOfRatings(new Set(labels).size === labels.length, 'DUPLICATE_LABEL');
  demandOfRatings(reads.length <= maxScoredReads, 'TOO_MANY_RATINGS', String(reads.length));
  const known = new Set(labels);
  const seen = new Set<string>();
  for (const { given, truth, itemId, readerId, findingGroup, knownAt } of reads) {
    const key = JSON.stringify([readerId, itemId, findingGroup]);
    demandOfRatings(!seen.has(key), 'DUPLICATE_RATING', itemId);
    seen.add(key);
    demandOfRatings(known.has(given), 'UNKNOWN_LABEL', given);
    demandOfRatings(Number.isFinite(knownAt), 'INVALID_VALUE', itemId);
    if (truth.source === 'posterior') {
      const sum = truth.probabilities.reduce((total, probability) => total + probability, 0);
      const areShares = truth.probabilities.every((probability) => probability >= 0) && Math.abs(sum - 1) < 1e-6;
      demandOfRatings(areShares && truth.probabilities.length === labels.length, 'INVALID_VALUE', itemId);
      continue;
    }
    demandOfRatings(known.has(truth.label), 'UNKNOWN_LABEL', truth.label);
    const chance = truth.source === 'adjudicated' ? truth.samplingProbability : 1;
    demandOfRatings(chance > 0 && chance <= 1, 'INVALID_VALUE', itemId);
  }
}
