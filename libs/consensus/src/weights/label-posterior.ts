import { compareIds } from '../canonical-order.ts';
import { demandOfRatings } from '../ratings/rating.ts';
import type { Performance, PerformanceWeights } from './performance-weights.ts';

export interface Vote {
  readonly readerId: string;
  readonly given: string;
}

/** What the votes on an item are weighed by. */
export interface PosteriorModel {
  readonly weights: PerformanceWeights;
  readonly findingGroup: string;
  /** Share of each label beforehand, in the order of the labels; above 0. They need not sum to 1. */
  readonly prevalences: readonly number[];
  /** Multiplies the votes' evidence, above 0: below 1 where readers err together, as people do (see fitTemper). */
  readonly temper: number;
}

/** A leave-one-out posterior needs this many votes on the item, so that two others speak. */
const leastVotesToLeaveOneOut = 3;

/**
 * P(label | votes): ln P(k) = ln prevalence(k) + temper x sum of the votes' log-likelihoods under k, normalised. A reader of whom nothing is
 * known counts as the pooled one; no votes give the prevalences.
 *
 * @returns in the order of the labels.
 * @throws InvalidRatings UNKNOWN_LABEL, DUPLICATE_RATING (a reader votes once), INVALID_PARAMETER (group, prevalences, temper).
 */
export function labelPosterior(votes: readonly Vote[], model: PosteriorModel): readonly number[] {
  return softmax(evidence(votes, model).map((logOdds, label) => logOdds * model.temper + priorOf(model, label)));
}

/**
 * The posterior of an item without this reader's vote, to score that vote against; null below three votes, since one other
 * voice is no truth. It never contains the vote it scores.
 */
export function leaveOneOutPosterior(
  votes: readonly Vote[],
  readerId: string,
  model: PosteriorModel,
): readonly number[] | null {
  if (votes.length < leastVotesToLeaveOneOut) return null;
  return labelPosterior(
    votes.filter((vote) => vote.readerId !== readerId),
    model,
  );
}

function evidence(votes: readonly Vote[], { weights, findingGroup, prevalences, temper }: PosteriorModel): number[] {
  const { labels, groups } = weights;
  const group = groups.find((candidate) => candidate.findingGroup === findingGroup);
  demandOfRatings(group !== undefined, 'INVALID_PARAMETER', 'findingGroup');
  demandOfRatings(Number.isFinite(temper) && temper > 0, 'INVALID_PARAMETER', 'temper');
  const areShares = prevalences.length === labels.length && prevalences.every((share) => share > 0 && share < Infinity);
  demandOfRatings(areShares, 'INVALID_PARAMETER', 'prevalences');
  demandOfRatings(new Set(votes.map(({ readerId }) => readerId)).size === votes.length, 'DUPLICATE_RATING');
  const sums = labels.map(() => 0);
  for (const { readerId, given } of votes.toSorted((one, other) => compareIds(one.readerId, other.readerId))) {
    const column = labels.indexOf(given);
    demandOfRatings(column >= 0, 'UNKNOWN_LABEL', given);
    const known: Performance | undefined = group?.readers.find((reader) => reader.readerId === readerId);
    const likelihoods = (known ?? group?.pooled)?.logLikelihoods ?? [];
    for (const [label, row] of likelihoods.entries()) sums[label] = (sums[label] ?? 0) + (row[column] ?? 0);
  }
  return sums;
}

function priorOf({ prevalences }: PosteriorModel, label: number): number {
  return Math.log(prevalences[label] ?? 1);
}

function softmax(scores: readonly number[]): readonly number[] {
  const most = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - most));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}
