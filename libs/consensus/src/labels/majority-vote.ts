import { demandOfRatings } from '../ratings/rating.ts';
import type { Rating } from '../ratings/rating.ts';
import { tabulateLabels } from '../ratings/rating-table.ts';
import type { RatingTable } from '../ratings/rating-table.ts';
import { Grid, sumOf } from '../statistics/grid.ts';
import { toLabelConsensus } from './item-labels.ts';
import type { LabelConsensus, TieRule } from './item-labels.ts';

/** Each rating weighs 1; the label given most often. Probabilities are the shares of the votes. @throws InvalidRatings. */
export function majorityVote(
  ratings: readonly Rating<string>[],
  tie: TieRule,
  labels?: readonly string[],
): LabelConsensus {
  const table = tabulateLabels(ratings, labels);
  return toLabelConsensus(table, voteShares(table), tie);
}

/**
 * Each rating weighs what its reader does. Where all who rated an item weigh 0, every rating of it weighs 1: no answer
 * would be worse than the plain vote.
 *
 * @param weights of every reader, 0 or more.
 * @throws InvalidRatings UNKNOWN_READER for a reader without weight, INVALID_PARAMETER for a weight below 0 or not finite, or where
 * all weights are 0.
 */
export function weightedMajorityVote(
  ratings: readonly Rating<string>[],
  weights: ReadonlyMap<string, number>,
  tie: TieRule,
  labels?: readonly string[],
): LabelConsensus {
  const table = tabulateLabels(ratings, labels);
  const weightOf = Float64Array.from(table.readers, (readerId) => {
    const weight = weights.get(readerId);
    demandOfRatings(weight !== undefined, 'UNKNOWN_READER', readerId);
    demandOfRatings(Number.isFinite(weight) && (weight ?? -1) >= 0, 'INVALID_PARAMETER', readerId);
    return weight ?? 0;
  });
  demandOfRatings(sumOf(weightOf) > 0, 'INVALID_PARAMETER', 'weights');
  return toLabelConsensus(table, voteShares(table, weightOf), tie);
}

/** A row an item, a column a label. @param weightOf of each reader, by number; default 1. */
export function voteShares(table: RatingTable<string>, weightOf?: Float64Array): Grid {
  const votes = new Grid(table.items.length, table.values.length);
  const plain = new Grid(table.items.length, table.values.length);
  for (const [index, item] of table.itemOf.entries()) {
    const label = table.valueOf[index] ?? 0;
    votes.add(item, label, weightOf?.[table.readerOf[index] ?? 0] ?? 1);
    plain.add(item, label, 1);
  }
  for (let item = 0; item < votes.rows; item += 1) {
    if (sumOf(votes.row(item)) <= 0) votes.row(item).set(plain.row(item));
    const row = votes.row(item);
    const total = sumOf(row);
    for (const [label, weight] of row.entries()) row[label] = weight / total;
  }
  return votes;
}
