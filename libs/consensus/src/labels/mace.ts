import { demandWithin } from '../ratings/rating.ts';
import type { Rating } from '../ratings/rating.ts';
import { tabulateLabels } from '../ratings/rating-table.ts';
import type { RatingTable } from '../ratings/rating-table.ts';
import { Grid } from '../statistics/grid.ts';
import { SeededRandom } from '../statistics/seeded-random.ts';
import { digamma } from '../statistics/special-functions.ts';
import { toLabelConsensus } from './item-labels.ts';
import type { LabelConsensus, TieRule } from './item-labels.ts';
import { iterate, normaliseLogRows } from './latent-labels.ts';
import type { FitLimits, FittedModel } from './latent-labels.ts';

export interface MaceConsensus extends LabelConsensus, FittedModel {
  /** How often a reader answers by knowing and not by habit, 0..1. */
  readonly readers: readonly { readonly readerId: string; readonly competence: number }[];
}

export interface MaceOptions {
  readonly tie: TieRule;
  readonly labels?: readonly string[];
  /** Starting points, 1..100; that with the greatest log-likelihood is kept. Default 10. */
  readonly restarts?: number;
  readonly seed: number;
  readonly limits?: FitLimits;
}

const knowingPrior = 0.5;
const habitPrior = 10;
const noise = 0.5;

/**
 * MACE (Hovy, Berg-Kirkpatrick, Vaswani and Hovy 2013), fitted by variational Bayes: a reader either knows the label, or gives one out of habit,
 * whatever the item. Priors are Beta(.5, .5) on knowing, as in the paper, and Dirichlet(10) on the habits, as in
 * crowd-kit 1.4.2. The log-likelihood is that of the ratings under the fitted parameters.
 *
 * @throws InvalidRatings as tabulateLabels; INVALID_PARAMETER.
 */
export function mace(ratings: readonly Rating<string>[], options: MaceOptions): MaceConsensus {
  const { tie, labels, restarts = 10, seed, limits = { maxIterations: 1_000, tolerance: 1e-8 } } = options;
  demandWithin('restarts', restarts, 1, 100);
  const table = tabulateLabels(ratings, labels);
  const random = new SeededRandom(seed);
  let best: { readonly fit: MaceFit; readonly model: FittedModel } | undefined;
  for (let restart = 0; restart < restarts; restart += 1) {
    const fit = new MaceFit(table, random);
    const model = iterate(() => fit.round(), limits);
    if (best === undefined || model.logLikelihood > best.model.logLikelihood + 1e-9) best = { fit, model };
  }
  if (best === undefined) throw new RangeError('At least one start is fitted.');
  const { fit, model } = best;
  return {
    ...toLabelConsensus(table, fit.posteriors, tie),
    ...model,
    readers: table.readers.map((readerId, reader) => {
      const [habit, knows] = [fit.knowing.at(reader, 0), fit.knowing.at(reader, 1)];
      return { readerId, competence: knows / (habit + knows) };
    }),
  };
}

class MaceFit {
  readonly posteriors: Grid;
  /** A row a reader: by habit, by knowing. */
  readonly knowing: Grid;
  readonly #habits: Grid;
  readonly #table: RatingTable<string>;

  constructor(table: RatingTable<string>, random: SeededRandom) {
    this.#table = table;
    this.posteriors = new Grid(table.items.length, table.values.length);
    this.knowing = randomShares(table.readers.length, 2, random);
    this.#habits = randomShares(table.readers.length, table.values.length, random);
    this.#expect();
  }

  round(): number {
    this.#maximise();
    return this.#expect();
  }

  #expect(): number {
    const { itemOf, readerOf, valueOf, values } = this.#table;
    this.posteriors.cells.fill(-Math.log(values.length));
    for (let index = 0; index < itemOf.length; index += 1) {
      const [item = 0, reader = 0, said = 0] = [itemOf[index], readerOf[index], valueOf[index]];
      const byHabit = this.knowing.at(reader, 0) * this.#habits.at(reader, said);
      const wrong = Math.log(byHabit);
      const right = Math.log(byHabit + this.knowing.at(reader, 1));
      for (let label = 0; label < values.length; label += 1) {
        this.posteriors.add(item, label, label === said ? right : wrong);
      }
    }
    return normaliseLogRows(this.posteriors);
  }

  #maximise(): void {
    const { itemOf, readerOf, valueOf } = this.#table;
    const knowing = new Grid(this.knowing.rows, 2);
    const habits = new Grid(this.#habits.rows, this.#habits.columns);
    for (let index = 0; index < itemOf.length; index += 1) {
      const [item = 0, reader = 0, said = 0] = [itemOf[index], readerOf[index], valueOf[index]];
      const byHabit = this.knowing.at(reader, 0) * this.#habits.at(reader, said);
      const knew = this.knowing.at(reader, 1);
      const known = (this.posteriors.at(item, said) * knew) / (byHabit + knew);
      knowing.add(reader, 0, 1 - known);
      knowing.add(reader, 1, known);
      habits.add(reader, said, 1 - known);
    }
    expectedShares(knowing, knowingPrior, this.knowing);
    expectedShares(habits, habitPrior, this.#habits);
  }
}

/** exp of the expected logarithm of a share under the Dirichlet distribution of these counts. */
function expectedShares(counts: Grid, prior: number, into: Grid): void {
  for (let row = 0; row < counts.rows; row += 1) {
    let total = 0;
    for (let column = 0; column < counts.columns; column += 1) total += counts.at(row, column) + prior;
    for (let column = 0; column < counts.columns; column += 1) {
      into.set(row, column, Math.exp(digamma(counts.at(row, column) + prior) - digamma(total)));
    }
  }
}

function randomShares(rows: number, columns: number, random: SeededRandom): Grid {
  const grid = new Grid(rows, columns);
  for (let row = 0; row < rows; row += 1) {
    const drawn = Array.from({ length: columns }, () => 1 + random.fraction() * (1 + noise));
    const total = drawn.reduce((sum, share) => sum + share, 0);
    for (const [column, share] of drawn.entries()) grid.set(row, column, share / total);
  }
  return grid;
}
