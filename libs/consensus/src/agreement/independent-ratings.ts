import type { Rating } from '../ratings/rating.ts';

export interface SubmittedRating<Value> extends Rating<Value> {
  /** 1 for the reader's first submission on the item, rising with each correction. */
  readonly submission: number;
  /** False once the reader had seen what others said, or was asked again after a rejection. */
  readonly independent: boolean;
}

/**
 * What may enter a measure of agreement: independent first submissions. Corrections and reads that were informed by
 * others agree more than readers do; how many are left out is said beside the figure.
 */
export function independentFirstRatings<Value>(ratings: readonly SubmittedRating<Value>[]): {
  readonly ratings: readonly Rating<Value>[];
  readonly leftOut: { readonly later: number; readonly notIndependent: number };
} {
  const first = ratings.filter(({ submission }) => submission === 1);
  const entering = first.filter(({ independent }) => independent);
  return {
    ratings: entering.map(({ itemId, readerId, value }) => ({ itemId, readerId, value })),
    leftOut: { later: ratings.length - first.length, notIndependent: first.length - entering.length },
  };
}
