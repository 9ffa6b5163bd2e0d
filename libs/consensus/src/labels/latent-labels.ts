import type { Grid } from '../statistics/grid.ts';

/** When expectation-maximisation ends. */
export interface FitLimits {
  /** Rounds at most, 1..100,000. */
  readonly maxIterations: number;
  /** It has converged once the log-likelihood changes by no more than this share of itself. Default 1e-10. */
  readonly tolerance: number;
}

export const defaultFitLimits: FitLimits = { maxIterations: 5_000, tolerance: 1e-10 };

export interface FittedModel {
  /** Natural logarithm of the probability of the ratings under the fitted model. */
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Runs rounds, each of which answers with the log-likelihood it found, until they converge or the limit is reached. */
export function iterate(round: () => number, { maxIterations, tolerance }: FitLimits): FittedModel {
  let logLikelihood = -Infinity;
  for (let iterations = 1; iterations <= maxIterations; iterations += 1) {
    const reached = round();
    const isClose = Math.abs(reached - logLikelihood) <= tolerance * (1 + Math.abs(reached));
    logLikelihood = reached;
    if (isClose) return { logLikelihood, iterations, converged: true };
  }
  return { logLikelihood, iterations: maxIterations, converged: false };
}

/** Turns each row of log scores into probabilities; answers with the sum of the logarithms of what they were divided by. */
export function normaliseLogRows(scores: Grid): number {
  let logLikelihood = 0;
  const { rows, columns, cells } = scores;
  for (let row = 0; row < rows; row += 1) {
    const from = row * columns;
    let most = -Infinity;
    for (let cell = from; cell < from + columns; cell += 1) most = Math.max(most, cells[cell] ?? most);
    let sum = 0;
    for (let cell = from; cell < from + columns; cell += 1) {
      const share = Math.exp((cells[cell] ?? 0) - most);
      cells[cell] = share;
      sum += share;
    }
    for (let cell = from; cell < from + columns; cell += 1) cells[cell] = (cells[cell] ?? 0) / sum;
    logLikelihood += most + Math.log(sum);
  }
  return logLikelihood;
}
