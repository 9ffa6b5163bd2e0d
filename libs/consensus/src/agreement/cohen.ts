import { demandOfRatings } from '../ratings/rating.ts';
import type { RatingTable } from '../ratings/rating-table.ts';
import { Grid } from '../statistics/grid.ts';
import { normalQuantile } from '../statistics/special-functions.ts';
import type { Estimate, Estimator } from './coefficient.ts';

/** Every reader is compared with every other. */
const maxComparedReaders = 300;

/** The items that two readers both rated, and what each said, by number. */
export interface SharedItems {
  readonly readers: readonly [number, number];
  readonly items: readonly number[];
  readonly ones: readonly number[];
  readonly others: readonly number[];
}

/** All pairs of readers who share an item, in order of the readers. @throws InvalidRatings TOO_LARGE for too many readers. */
export function pairsOfReaders(table: RatingTable<unknown>): readonly SharedItems[] {
  demandOfRatings(table.readers.length <= maxComparedReaders, 'TOO_LARGE', 'readers');
  const said = table.readers.map(() => new Map<number, number>());
  for (const [index, item] of table.itemOf.entries()) {
    said[table.readerOf[index] ?? 0]?.set(item, table.valueOf[index] ?? 0);
  }
  return said.flatMap((ofOne, one) =>
    said.slice(one + 1).flatMap((ofOther, beyond) => {
      const items = [...ofOne.keys()].filter((item) => ofOther.has(item));
      if (items.length === 0) return [];
      const [ones, others] = [ofOne, ofOther].map((answers) => items.map((item) => answers.get(item) ?? 0));
      return [{ readers: [one, one + 1 + beyond] as const, items, ones: ones ?? [], others: others ?? [] }];
    }),
  );
}

/** What the two said of the items they share, as a table of its own. */
export function tableOfPair<Value>(table: RatingTable<Value>, pair: SharedItems): RatingTable<Value> {
  return {
    items: pair.items.map((item) => table.items[item] ?? ''),
    readers: pair.readers.map((reader) => table.readers[reader] ?? ''),
    values: table.values,
    itemOf: Int32Array.from(pair.items.flatMap((_, item) => [item, item])),
    readerOf: Int32Array.from(pair.items.flatMap(() => [0, 1])),
    valueOf: Int32Array.from(pair.items.flatMap((_, item) => [pair.ones[item] ?? 0, pair.others[item] ?? 0])),
  };
}

/**
 * Cohen's kappa of two readers, weighted where the weights say so (Cohen 1960 and 1968). Analytic interval: the
 * large-sample variance of Fleiss, Cohen and Everitt (1969), equation 8 (13 with weights), and the normal distribution.
 */
function cohen(pair: SharedItems, weights: Grid): Estimator {
  return {
    estimate: (multiplicity) => kappaOf(jointShares(pair, weights.rows, multiplicity), weights),
    analytic: (level) => analytic(jointShares(pair, weights.rows, null), weights, pair.items.length, level),
  };
}

/**
 * The mean of Cohen's kappa over all pairs of readers (Light 1971), which of two readers is Cohen's own; pairs of which it
 * is not defined are left out. Beyond two readers it has no analytic interval.
 */
export function light(table: RatingTable<unknown>, weights: Grid): Estimator {
  const pairs = pairsOfReaders(table);
  const [only, ...more] = pairs;
  if (only !== undefined && more.length === 0) return cohen(only, weights);
  return {
    estimate: (multiplicity) => {
      const kappas = pairs.map((pair) => kappaOf(jointShares(pair, weights.rows, multiplicity), weights));
      const defined = kappas.filter((kappa) => typeof kappa === 'number');
      if (defined.length > 0) return defined.reduce((sum, kappa) => sum + kappa, 0) / defined.length;
      return kappas.includes('NO_VARIATION') ? 'NO_VARIATION' : 'NO_PAIRS';
    },
    analytic: () => null,
  };
}

function jointShares(pair: SharedItems, size: number, multiplicity: Float64Array | null): Grid {
  const joint = new Grid(size, size);
  for (const [index, item] of pair.items.entries()) {
    joint.add(pair.ones[index] ?? 0, pair.others[index] ?? 0, multiplicity?.[item] ?? 1);
  }
  const total = joint.sum();
  for (const [cell, count] of joint.cells.entries()) joint.cells[cell] = total === 0 ? 0 : count / total;
  return joint;
}

interface Agreed {
  readonly observed: number;
  readonly chance: number;
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

function agreed(joint: Grid, weights: Grid): Agreed {
  const rows = new Float64Array(joint.rows);
  const columns = new Float64Array(joint.rows);
  let observed = 0;
  eachCell(joint, (row, column, share) => {
    rows[row] = (rows[row] ?? 0) + share;
    columns[column] = (columns[column] ?? 0) + share;
    observed += share * weights.at(row, column);
  });
  let chance = 0;
  eachCell(weights, (row, column, weight) => (chance += weight * (rows[row] ?? 0) * (columns[column] ?? 0)));
  return { observed, chance, rows, columns };
}

function kappaOf(joint: Grid, weights: Grid): Estimate {
  if (joint.sum() === 0) return 'NO_PAIRS';
  const { observed, chance } = agreed(joint, weights);
  return 1 - chance < 1e-12 ? 'NO_VARIATION' : (observed - chance) / (1 - chance);
}

function analytic(joint: Grid, weights: Grid, items: number, level: number): { low: number; high: number } | null {
  const kappa = kappaOf(joint, weights);
  if (typeof kappa === 'string' || items < 2) return null;
  const { chance, rows, columns } = agreed(joint, weights);
  const rowWeight = new Float64Array(joint.rows);
  const columnWeight = new Float64Array(joint.rows);
  eachCell(weights, (row, column, weight) => {
    rowWeight[row] = (rowWeight[row] ?? 0) + weight * (columns[column] ?? 0);
    columnWeight[column] = (columnWeight[column] ?? 0) + weight * (rows[row] ?? 0);
  });
  let sum = 0;
  eachCell(joint, (row, column, share) => {
    const expected = (rowWeight[row] ?? 0) + (columnWeight[column] ?? 0);
    sum += share * (weights.at(row, column) - expected * (1 - kappa)) ** 2;
  });
  const variance = (sum - (kappa - chance * (1 - kappa)) ** 2) / (items * (1 - chance) ** 2);
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt(Math.max(0, variance));
  return { low: Math.max(-1, kappa - reach), high: Math.min(1, kappa + reach) };
}

function eachCell(grid: Grid, visit: (row: number, column: number, cell: number) => void): void {
  for (let row = 0; row < grid.rows; row += 1) {
    for (let column = 0; column < grid.columns; column += 1) visit(row, column, grid.at(row, column));
  }
}
