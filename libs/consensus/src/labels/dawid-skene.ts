import { demandOfRatings, demandWithin } from '../ratings/rating.ts';
import type { Rating } from '../ratings/rating.ts';
import { tabulateLabels } from '../ratings/rating-table.ts';
import type { RatingTable } from '../ratings/rating-table.ts';
import { Grid, sumOf } from '../statistics/grid.ts';
import { toLabelConsensus } from './item-labels.ts';
import type { LabelConsensus, TieRule } from './item-labels.ts';
import { defaultFitLimits, iterate, normaliseLogRows } from './latent-labels.ts';
import type { FitLimits, FittedModel } from './latent-labels.ts';
import { voteShares } from './majority-vote.ts';
import { fitWarnings, prefersConfusions } from './model-fit.ts';
import type { FitWarning } from './model-fit.ts';

export interface DawidSkeneConsensus extends LabelConsensus, FittedModel {
  /** Estimated share of each label, in the order of `labels`. */
  readonly prevalences: readonly number[];
  readonly readers: readonly {
    readonly readerId: string;
    /** A row a true label, a column a given one; each row sums to 1. */
    readonly confusion: readonly (readonly number[])[];
    /** Probability of the right label, over the labels as they occur. */
    readonly accuracy: number;
  }[];
  readonly warnings: readonly FitWarning[];
}

export interface DawidSkeneOptions {
  readonly tie: TieRule;
  readonly labels?: readonly string[];
  /** Added to every count of a reader's confusions, 0 or more. Default 0: maximum likelihood. */
  readonly smoothing?: number;
  readonly limits?: FitLimits;
}

/** Readers x labels x labels numbers are kept. */
const maxConfusionCells = 20_000_000;

/**
 * Dawid and Skene (1979), Maximum likelihood estimation of observer error-rates using the EM algorithm: each reader has
 * a matrix of confusions, and ratings of an item are independent given its true label. Starts from the shares of the
 * votes and runs to convergence; probabilities are posteriors. A reader who, as far as is known, never met a label has
 * a row of equal shares for it.
 *
 * @throws InvalidRatings as tabulateLabels; INVALID_PARAMETER; TOO_LARGE.
 */
export function dawidSkene(ratings: readonly Rating<string>[], options: DawidSkeneOptions): DawidSkeneConsensus {
  return fit(ratings, options, (counts, smoothing) => {
    for (let row = 0; row < counts.rows; row += 1) toShares(counts.row(row), smoothing);
  });
}

/**
 * The same with one number a reader, the probability of the right label; every wrong label is alike (Zhang, Chen, Zhou and
 * Jordan 2016). Where labels differ in difficulty this is wrong, and may fall below the majority vote: the warning
 * CONFUSIONS_FIT_BETTER says so.
 *
 * @throws InvalidRatings as {@link dawidSkene}.
 */
export function oneCoinDawidSkene(ratings: readonly Rating<string>[], options: DawidSkeneOptions): DawidSkeneConsensus {
  const oneCoin = fit(ratings, options, (counts, smoothing, classes) => {
    for (let reader = 0; reader * classes < counts.rows; reader += 1) oneCoinRows(counts, reader * classes, smoothing);
  });
  const warning = prefersConfusions(oneCoin, dawidSkene(ratings, options), ratings.length);
  return { ...oneCoin, warnings: [...oneCoin.warnings, ...warning] };
}

/** Turns a reader's counts, a row a true label, into probabilities; readers stand below one another. */
type Maximise = (counts: Grid, smoothing: number, classes: number) => void;

function fit(ratings: readonly Rating<string>[], options: DawidSkeneOptions, maximise: Maximise): DawidSkeneConsensus {
  const { tie, labels, smoothing = 0, limits = defaultFitLimits } = options;
  demandWithin('smoothing', smoothing, 0, 1e6);
  demandWithin('maxIterations', limits.maxIterations, 1, 100_000);
  const table = tabulateLabels(ratings, labels);
  const classes = table.values.length;
  demandOfRatings(table.readers.length * classes * classes <= maxConfusionCells, 'TOO_LARGE', 'confusions');
  const posteriors = voteShares(table);
  const prevalences = new Float64Array(classes);
  const confusions = new Grid(table.readers.length * classes, classes);
  const model = iterate(() => {
    meanRow(posteriors, prevalences);
    countConfusions(table, posteriors, confusions);
    maximise(confusions, smoothing, classes);
    return expect(table, posteriors, prevalences, confusions);
  }, limits);
  const readers = table.readers.map((readerId, reader) => {
    const confusion = table.values.map((_, truth) => Array.from(confusions.row(reader * classes + truth)));
    const accuracy = confusion.reduce((sum, row, truth) => sum + (prevalences[truth] ?? 0) * (row[truth] ?? 0), 0);
    return { readerId, confusion, accuracy };
  });
  const fitted = { ...model, prevalences: Array.from(prevalences), readers };
  return { ...toLabelConsensus(table, posteriors, tie), ...fitted, warnings: fitWarnings(table, fitted) };
}

function meanRow(posteriors: Grid, mean: Float64Array): void {
  mean.fill(0);
  const { rows, columns, cells } = posteriors;
  for (let cell = 0; cell < cells.length; cell += 1) {
    mean[cell % columns] = (mean[cell % columns] ?? 0) + (cells[cell] ?? 0);
  }
  for (const [label, sum] of mean.entries()) mean[label] = sum / rows;
}

function countConfusions(table: RatingTable<string>, posteriors: Grid, confusions: Grid): void {
  const classes = posteriors.columns;
  const counts = confusions.cells;
  counts.fill(0);
  for (let index = 0; index < table.itemOf.length; index += 1) {
    const from = (table.itemOf[index] ?? 0) * classes;
    const to = (table.readerOf[index] ?? 0) * classes * classes + (table.valueOf[index] ?? 0);
    for (let truth = 0; truth < classes; truth += 1) {
      counts[to + truth * classes] = (counts[to + truth * classes] ?? 0) + (posteriors.cells[from + truth] ?? 0);
    }
  }
}

function toShares(row: Float64Array, smoothing: number): void {
  const total = sumOf(row) + smoothing * row.length;
  for (const [label, count] of row.entries()) row[label] = total === 0 ? 1 / row.length : (count + smoothing) / total;
}

function oneCoinRows(counts: Grid, from: number, smoothing: number): void {
  const classes = counts.columns;
  let right = smoothing;
  let total = smoothing * classes;
  for (let truth = 0; truth < classes; truth += 1) {
    right += counts.at(from + truth, truth);
    total += sumOf(counts.row(from + truth));
  }
  const skill = total === 0 ? 1 / classes : right / total;
  for (let truth = 0; truth < classes; truth += 1) {
    counts.row(from + truth).fill(classes === 1 ? 1 : (1 - skill) / (classes - 1));
    counts.set(from + truth, truth, skill);
  }
}

function expect(table: RatingTable<string>, posteriors: Grid, prevalences: Float64Array, confusions: Grid): number {
  const classes = posteriors.columns;
  const logs = confusions.cells.map(Math.log);
  const start = prevalences.map(Math.log);
  const scores = posteriors.cells;
  for (let cell = 0; cell < scores.length; cell += 1) scores[cell] = start[cell % classes] ?? 0;
  for (let index = 0; index < table.itemOf.length; index += 1) {
    const to = (table.itemOf[index] ?? 0) * classes;
    const from = (table.readerOf[index] ?? 0) * classes * classes + (table.valueOf[index] ?? 0);
    for (let truth = 0; truth < classes; truth += 1) {
      scores[to + truth] = (scores[to + truth] ?? 0) + (logs[from + truth * classes] ?? 0);
    }
  }
  return normaliseLogRows(posteriors);
}
