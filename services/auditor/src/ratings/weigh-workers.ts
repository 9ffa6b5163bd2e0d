import {
  fitTemper,
  halvesOf,
  InvalidRatings,
  labelPosterior,
  majorityVote,
  performanceWeights,
  reliabilityBins,
} from '@consilium/consensus';
import type {
  FittedTemper,
  JudgedItem,
  PerformanceWeights,
  PosteriorModel,
  Rating,
  ReliabilityBin,
  ScoredRead,
  WeightOptions,
} from '@consilium/consensus';
import { accuracyOf } from './accuracy.ts';
import type { Accuracy } from './accuracy.ts';

/** What the weights are worth on questions that they were not learned from. */
export interface OutOfSample {
  /** Questions that weights were learned from; the temper was fitted on others, and judged on yet others. */
  readonly weightsFrom: number;
  readonly calibration: FittedTemper;
  /** On the questions of the second half of `calibration`. */
  readonly bins: { readonly before: readonly ReliabilityBin[]; readonly after: readonly ReliabilityBin[] };
  /** Each half of the questions with the weights of the other half. */
  readonly weighted: Accuracy;
  /** The plain vote on the same questions. */
  readonly majority: Accuracy;
}

export interface WeighedWorkers {
  readonly weights: PerformanceWeights;
  /** Null below forty questions of which both the truth and an answer are known. */
  readonly outOfSample: OutOfSample | null;
}

const findingGroup = 'all';
const fewestQuestions = 40;

/**
 * Weights of workers from questions whose truth is known, all of them; and, on halves of the questions, what such weights are worth where
 * they were not learned. Questions go to the halves in turn, by id. Before any answer a label is as likely as it is among the truth, with
 * one question more of each.
 *
 * @throws InvalidRatings as performanceWeights; NO_RATINGS without an answer to a question whose truth is known
 */
export function weighWorkers(
  ratings: readonly Rating<string>[],
  truth: ReadonlyMap<string, string>,
  options: WeightOptions,
): WeighedWorkers {
  const judged = [...Map.groupBy(ratings, ({ itemId }) => itemId)].flatMap(([itemId, ofItem]): JudgedItem[] => {
    const label = truth.get(itemId);
    const votes = ofItem.map(({ readerId, value }) => ({ readerId, given: value }));
    return label === undefined ? [] : [{ itemId, votes, truth: label }];
  });
  if (judged.length === 0) throw new InvalidRatings('NO_RATINGS', 'truth');
  return {
    weights: performanceWeights(judged.flatMap(scoredReads), options),
    outOfSample: judged.length < fewestQuestions ? null : outOfSample(judged, ratings, options),
  };
}

function outOfSample(
  judged: readonly JudgedItem[],
  ratings: readonly Rating<string>[],
  options: WeightOptions,
): OutOfSample {
  const { fitted: one, reported: other } = halvesOf(judged);
  const [ofOne, ofOther] = [modelOf(one, options), modelOf(other, options)];
  const calibration = fitTemper(other, ofOne);
  const reported = halvesOf(other).reported;
  const predicted = [...predict(other, ofOne), ...predict(one, ofOther)];
  const known = new Map(judged.map((item) => [item.itemId, item.truth]));
  return {
    weightsFrom: one.length,
    calibration,
    bins: {
      before: reliabilityBins(reported, { ...ofOne, temper: 1 }),
      after: reliabilityBins(reported, { ...ofOne, temper: calibration.temper }),
    },
    weighted: accuracyOf({ items: predicted }, known),
    majority: accuracyOf(majorityVote(ratings, 'undecided', options.labels), known),
  };
}

function scoredReads({ itemId, votes, truth }: JudgedItem): readonly ScoredRead[] {
  return votes.map(({ readerId, given }) => ({
    readerId,
    itemId,
    findingGroup,
    given,
    truth: { source: 'gold', label: truth },
    // A file knows no time, and no read is older than another.
    knownAt: 0,
  }));
}

function modelOf(items: readonly JudgedItem[], options: WeightOptions): Omit<PosteriorModel, 'temper'> {
  const prevalences = options.labels.map((label) => 1 + items.filter(({ truth }) => truth === label).length);
  return { weights: performanceWeights(items.flatMap(scoredReads), options), findingGroup, prevalences };
}

function predict(items: readonly JudgedItem[], model: Omit<PosteriorModel, 'temper'>) {
  return items.map(({ itemId, votes }) => {
    const probabilities = labelPosterior(votes, { ...model, temper: 1 });
    const label = model.weights.labels[probabilities.indexOf(Math.max(...probabilities))] ?? null;
    return { itemId, label, probabilities };
  });
}
