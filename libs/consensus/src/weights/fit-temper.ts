import { compareIds } from '../canonical-order.ts';
import { demandOfRatings } from '../ratings/rating.ts';
import { labelPosterior } from './label-posterior.ts';
import type { PosteriorModel, Vote } from './label-posterior.ts';

export interface JudgedItem {
  readonly itemId: string;
  readonly votes: readonly Vote[];
  /** Known without these votes. */
  readonly truth: string;
}

export interface Calibration {
  readonly temper: number;
  /** Mean of -ln P(truth), natural logarithm. */
  readonly logLoss: number;
  /** Expected calibration error over ten bins of the greatest probability (Naeini, Cooper and Hauskrecht 2015), 0..1. */
  readonly calibrationError: number;
  readonly items: number;
}

export interface FittedTemper {
  readonly temper: number;
  /** Both on the half that the temper was not fitted on. */
  readonly before: Calibration;
  readonly after: Calibration;
  readonly fittedOn: number;
}

const fewestItemsToTemper = 20;
const [least, most] = [0.05, 2];

/**
 * The power by which the votes' evidence is to be multiplied (temperature scaling, Guo, Pleiss, Sun and Weinberger 2017, on
 * the evidence only, so that prevalences stay): that of the least log loss on every other item by id, reported on the others.
 *
 * @throws InvalidRatings INVALID_PARAMETER below twenty items, DUPLICATE_RATING for an item given twice, and as labelPosterior.
 */
export function fitTemper(items: readonly JudgedItem[], model: Omit<PosteriorModel, 'temper'>): FittedTemper {
  demandOfRatings(items.length >= fewestItemsToTemper, 'INVALID_PARAMETER', 'items');
  demandOfRatings(new Set(items.map(({ itemId }) => itemId)).size === items.length, 'DUPLICATE_RATING');
  const ordered = items.toSorted((one, other) => compareIds(one.itemId, other.itemId));
  const fitted = ordered.filter((_, index) => index % 2 === 0);
  const reported = ordered.filter((_, index) => index % 2 === 1);
  const temper = minimise((candidate) => calibrationOf(fitted, { ...model, temper: candidate }).logLoss);
  return {
    temper,
    before: calibrationOf(reported, { ...model, temper: 1 }),
    after: calibrationOf(reported, { ...model, temper }),
    fittedOn: fitted.length,
  };
}

/** How far stated probabilities can be believed. @throws InvalidRatings NO_RATINGS, UNKNOWN_LABEL, and as labelPosterior. */
export function calibrationOf(items: readonly JudgedItem[], model: PosteriorModel): Calibration {
  demandOfRatings(items.length > 0, 'NO_RATINGS');
  const bins = Array.from({ length: 10 }, () => ({ items: 0, right: 0, stated: 0 }));
  let loss = 0;
  for (const { votes, truth } of items.toSorted((one, other) => compareIds(one.itemId, other.itemId))) {
    const posterior = labelPosterior(votes, model);
    const right = model.weights.labels.indexOf(truth);
    demandOfRatings(right >= 0, 'UNKNOWN_LABEL', truth);
    loss -= Math.log(Math.max(posterior[right] ?? 0, 1e-15));
    const stated = Math.max(...posterior);
    const bin = bins[Math.min(9, Math.floor(stated * 10))];
    if (bin === undefined) continue;
    bin.items += 1;
    bin.right += Number(posterior.indexOf(stated) === right);
    bin.stated += stated;
  }
  const error = bins.reduce((sum, { right, stated }) => sum + Math.abs(right - stated), 0) / items.length;
  return { temper: model.temper, logLoss: loss / items.length, calibrationError: error, items: items.length };
}

/** The log loss is convex in the temper, so a golden section finds its least value. */
function minimise(loss: (candidate: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high]: readonly [number, number] = [least, most];
  for (let step = 0; step < 40; step += 1) {
    const [one, other] = [high - golden * (high - low), low + golden * (high - low)];
    if (loss(one) <= loss(other)) high = other;
    else low = one;
  }
  return (low + high) / 2;
}
