import { compareIds } from '../canonical-order.ts';
import { demandOfRatings } from '../ratings/rating.ts';

export interface TimedRead {
  readonly readId: string;
  /** Above 0. */
  readonly seconds: number;
}

export interface TimeOutlier {
  readonly readId: string;
  readonly seconds: number;
  /** Robust standard deviations of the logarithm from the median; below 0 for the quick. */
  readonly score: number;
}

export interface TimeOnTask {
  readonly medianSeconds: number;
  /** False below ten reads, or where more than half took the same time: then nothing is called an outlier. */
  readonly judged: boolean;
  /** By score, the quickest first. */
  readonly outliers: readonly TimeOutlier[];
}

const fewestReads = 10;
/** Of the normal distribution: the median absolute deviation is this share of the standard deviation. */
const deviationShare = 0.6744897501960817;

/**
 * Reads that took unusually little or much time: modified z-scores of ln(seconds) by median and median absolute deviation, beyond
 * 3.5 (Iglewicz and Hoaglin 1993). A reason to look, never a weight: within the usual range time says little of quality.
 *
 * @throws InvalidRatings NO_RATINGS, INVALID_VALUE for what is no time, DUPLICATE_RATING.
 */
export function timeOnTaskOutliers(reads: readonly TimedRead[], beyond = 3.5): TimeOnTask {
  demandOfRatings(reads.length > 0, 'NO_RATINGS');
  demandOfRatings(beyond > 0, 'INVALID_PARAMETER', 'beyond');
  demandOfRatings(new Set(reads.map(({ readId }) => readId)).size === reads.length, 'DUPLICATE_RATING');
  for (const { readId, seconds } of reads) {
    demandOfRatings(seconds > 0 && seconds < Infinity, 'INVALID_VALUE', readId);
  }
  const center = median(reads.map(({ seconds }) => Math.log(seconds)));
  const spread = median(reads.map(({ seconds }) => Math.abs(Math.log(seconds) - center)));
  const judged = reads.length >= fewestReads && spread > 0;
  const scored = reads.map(({ readId, seconds }) => ({
    readId,
    seconds,
    score: (deviationShare * (Math.log(seconds) - center)) / spread,
  }));
  return {
    medianSeconds: Math.exp(center),
    judged,
    outliers: judged
      ? scored
          .filter(({ score }) => Math.abs(score) > beyond)
          .sort((one, other) => one.score - other.score || compareIds(one.readId, other.readId))
      : [],
  };
}

function median(values: readonly number[]): number {
  const ascending = values.toSorted((one, other) => one - other);
  const middle = ascending.length / 2;
  return ((ascending[Math.ceil(middle) - 1] ?? 0) + (ascending[Math.floor(middle)] ?? 0)) / 2;
}
