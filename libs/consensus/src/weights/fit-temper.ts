import { compareIds } from '../canonical-order.ts';
import { demandOfRatings } from '../ratings/rating.ts';
import { betaQuantile } from '../statistics/special-functions.ts';
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
  const { fitted, reported } = halvesOf(items);
  const temper = minimise((candidate) => calibrationOf(fitted, { ...model, temper: candidate }).logLoss);
  return {
    temper,
    before: calibrationOf(reported, { ...model, temper: 1 }),
    after: calibrationOf(reported, { ...model, temper }),
    fittedOn: fitted.length,
  };
}

/** Every other item by id, and those between them: the halves that a temper is fitted and reported on. */
export function halvesOf<Item extends { readonly itemId: string }>(
  items: readonly Item[],
): { readonly fitted: readonly Item[]; readonly reported: readonly Item[] } {
  const ordered = inOrder(items);
  return {
    fitted: ordered.filter((_, index) => index % 2 === 0),
    reported: ordered.filter((_, index) => index % 2 === 1),
  };
}

/** How far stated probabilities can be believed. @throws InvalidRatings NO_RATINGS, UNKNOWN_LABEL, and as labelPosterior. */
export function calibrationOf(items: readonly JudgedItem[], model: PosteriorModel): Calibration {
  const { bins, loss } = binned(items, model);
  const error = bins.reduce((sum, { right, stated }) => sum + Math.abs(right - stated), 0) / items.length;
  return { temper: model.temper, logLoss: loss / items.length, calibrationError: error, items: items.length };
}

/** What is drawn of a calibration: items by the greatest probability that was stated of them. */
export interface ReliabilityBin {
  /** Probabilities from this one up to, not with, the next bin's; the last one with 1. */
  readonly from: number;
  readonly items: number;
  /** How many of them had the truth for their first label. */
  readonly right: number;
  /** Mean of what was stated; null of no items. */
  readonly meanStated: number | null;
  /** Where right / items may lie: 95 %, equal tails, from Jeffreys' prior (Brown, Cai and DasGupta 2001). */
  readonly interval: { readonly low: number; readonly high: number };
}

/** The ten bins behind the calibration error. @throws InvalidRatings as {@link calibrationOf}. */
export function reliabilityBins(items: readonly JudgedItem[], model: PosteriorModel): readonly ReliabilityBin[] {
  return binned(items, model).bins.map((bin, index) => ({
    from: index / binCount,
    items: bin.items,
    right: bin.right,
    meanStated: bin.items === 0 ? null : bin.stated / bin.items,
    interval: {
      low: betaQuantile(0.025, bin.right + 0.5, bin.items - bin.right + 0.5),
      high: betaQuantile(0.975, bin.right + 0.5, bin.items - bin.right + 0.5),
    },
  }));
}

const binCount = 10;

function binned(items: readonly JudgedItem[], model: PosteriorModel) {
  demandOfRatings(items.length > 0, 'NO_RATINGS');
  const bins = Array.from({ length: binCount }, () => ({ items: 0, right: 0, stated: 0 }));
  let loss = 0;
  for (const { votes, truth } of inOrder(items)) {
    const posterior = labelPosterior(votes, model);
    const right = model.weights.labels.indexOf(truth);
    demandOfRatings(right >= 0, 'UNKNOWN_LABEL', truth);
    loss -= Math.log(Math.max(posterior[right] ?? 0, 1e-15));
    const stated = Math.max(...posterior);
    const bin = bins[Math.min(binCount - 1, Math.floor(stated * binCount))];
    if (bin === undefined) continue;
    bin.items += 1;
    bin.right += Number(posterior.indexOf(stated) === right);
    bin.stated += stated;
  }
  return { bins, loss };
}

const inOrder = <Item extends { readonly itemId: string }>(items: readonly Item[]): readonly Item[] =>
  items.toSorted((one, other) => compareIds(one.itemId, other.itemId));

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
