import { demandOfRatings } from '../ratings/rating.ts';
import type { Rating } from '../ratings/rating.ts';
import { tabulateLabels } from '../ratings/rating-table.ts';
import type { RatingTable } from '../ratings/rating-table.ts';
import { Grid } from '../statistics/grid.ts';
import { toLabelConsensus } from './item-labels.ts';
import type { LabelConsensus, TieRule } from './item-labels.ts';
import { iterate, normaliseLogRows } from './latent-labels.ts';
import type { FitLimits, FittedModel } from './latent-labels.ts';

export interface GladConsensus extends LabelConsensus, FittedModel {
  /** Below 0 for a reader who is wrong more often than right. */
  readonly readers: readonly { readonly readerId: string; readonly ability: number }[];
  /** Above 0; the greater, the easier. By item id. */
  readonly easiness: readonly number[];
}

export interface GladOptions {
  readonly tie: TieRule;
  readonly labels?: readonly string[];
  readonly limits?: FitLimits;
}

const priorMean = 1;
const sweeps = 3;
const longestStep = 1;

/**
 * GLAD (Whitehill, Ruvolo, Wu, Bergsma and Movellan 2009): a rating is right with probability sigmoid(ability x easiness),
 * and wrong labels are alike. Abilities and the logarithms of easiness have normal priors of mean 1 and variance 1, labels are equally
 * likely beforehand, and everything starts at 1, as in the paper. Maximisation takes Newton steps by coordinate in place of
 * conjugate gradients, with Fisher's information for the easiness. The log-likelihood is that of the ratings with the priors.
 *
 * @throws InvalidRatings as tabulateLabels; INVALID_PARAMETER where there is only one label.
 */
export function glad(ratings: readonly Rating<string>[], options: GladOptions): GladConsensus {
  const { tie, labels, limits = { maxIterations: 1_000, tolerance: 1e-8 } } = options;
  const table = tabulateLabels(ratings, labels);
  demandOfRatings(table.values.length > 1, 'INVALID_PARAMETER', 'labels');
  const abilities = new Float64Array(table.readers.length).fill(priorMean);
  const easiness = new Float64Array(table.items.length).fill(priorMean);
  const posteriors = new Grid(table.items.length, table.values.length);
  const rightness = new Float64Array(table.itemOf.length);
  const model = iterate(() => {
    const logLikelihood = expect(table, posteriors, abilities, easiness) + logPrior(abilities) + logPrior(easiness);
    for (const [index, item] of table.itemOf.entries())
      rightness[index] = posteriors.at(item, table.valueOf[index] ?? 0);
    for (let sweep = 0; sweep < sweeps; sweep += 1) {
      climb(abilities, table.readerOf, rightness, (index) => {
        const slope = Math.exp(easiness[table.itemOf[index] ?? 0] ?? 0);
        return { slope, argument: slope * (abilities[table.readerOf[index] ?? 0] ?? 0) };
      });
      climb(easiness, table.itemOf, rightness, (index) => {
        const argument = argumentOf(table, abilities, easiness, index);
        return { slope: argument, argument };
      });
    }
    return logLikelihood;
  }, limits);
  return {
    ...toLabelConsensus(table, posteriors, tie),
    ...model,
    readers: table.readers.map((readerId, reader) => ({ readerId, ability: abilities[reader] ?? 0 })),
    easiness: Array.from(easiness.map(Math.exp)),
  };
}

function argumentOf(
  table: RatingTable<string>,
  abilities: Float64Array,
  easiness: Float64Array,
  index: number,
): number {
  return (abilities[table.readerOf[index] ?? 0] ?? 0) * Math.exp(easiness[table.itemOf[index] ?? 0] ?? 0);
}

function expect(table: RatingTable<string>, posteriors: Grid, abilities: Float64Array, easiness: Float64Array): number {
  const classes = table.values.length;
  posteriors.cells.fill(-Math.log(classes));
  const wrongLabels = Math.log(classes - 1);
  for (let index = 0; index < table.itemOf.length; index += 1) {
    const argument = argumentOf(table, abilities, easiness, index);
    const item = table.itemOf[index] ?? 0;
    const right = -softplus(-argument);
    const wrong = -softplus(argument) - wrongLabels;
    for (let label = 0; label < classes; label += 1) {
      posteriors.add(item, label, label === table.valueOf[index] ? right : wrong);
    }
  }
  return normaliseLogRows(posteriors);
}

/** ln(1 + e^x) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function logPrior(values: Float64Array): number {
  return values.reduce((sum, value) => sum - (value - priorMean) ** 2 / 2, 0);
}

/** One Newton step for each of the values, given the others; `of` says which value a rating depends on. */
function climb(
  values: Float64Array,
  of: Int32Array,
  rightness: Float64Array,
  derivative: (index: number) => { readonly slope: number; readonly argument: number },
): void {
  const gradient = values.map((value) => priorMean - value);
  const information = new Float64Array(values.length).fill(1);
  for (let index = 0; index < of.length; index += 1) {
    const which = of[index] ?? 0;
    const { slope, argument } = derivative(index);
    const expected = 1 / (1 + Math.exp(-argument));
    gradient[which] = (gradient[which] ?? 0) + ((rightness[index] ?? 0) - expected) * slope;
    information[which] = (information[which] ?? 0) + expected * (1 - expected) * slope * slope;
  }
  for (const [which, value] of values.entries()) {
    const step = (gradient[which] ?? 0) / (information[which] ?? 1);
    values[which] = value + Math.max(-longestStep, Math.min(longestStep, step));
  }
}
