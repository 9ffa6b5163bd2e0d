import type { RatingTable } from '../ratings/rating-table.ts';
import type { FittedModel } from './latent-labels.ts';

/** A reason to look before the fitted labels are believed. */
export interface FitWarning {
  /**
   * - NOT_CONVERGED: the limit of rounds came first.
   * - CONFUSIONS_FIT_BETTER: one number a reader does not explain the ratings; the full confusion model does, by the
   *   information criterion of Schwarz (1978). `measured` is by how much, above 0.
   * - PREVALENCE_MOVED: the estimated share of a label is more than twice, or less than half, that among the ratings, and differs by
   *   more than .02: unsupervised models invent or lose rare findings. `measured` is the ratio.
   * - WORSE_THAN_CHANCE: of that share of readers the model thinks that guessing would do better, more than a tenth.
   * - FEW_RATINGS: fewer than three ratings an item on average; the model can say little more than a vote.
   * - SPARSE_READERS: half of the readers or more have fewer than five ratings a cell of their confusion matrix.
   */
  readonly code:
    | 'NOT_CONVERGED'
    | 'CONFUSIONS_FIT_BETTER'
    | 'PREVALENCE_MOVED'
    | 'WORSE_THAN_CHANCE'
    | 'FEW_RATINGS'
    | 'SPARSE_READERS';
  /** The label concerned; null for the whole. */
  readonly label: string | null;
  readonly measured: number;
}

export interface FittedReaders extends FittedModel {
  readonly prevalences: readonly number[];
  readonly readers: readonly { readonly accuracy: number }[];
}

/** What a fitted model of readers and labels is to be warned of. */
export function fitWarnings(table: RatingTable<string>, fitted: FittedReaders): readonly FitWarning[] {
  const warnings: FitWarning[] = [];
  const warn = (code: FitWarning['code'], measured: number, label: string | null = null): void => {
    warnings.push({ code, label, measured });
  };
  if (!fitted.converged) warn('NOT_CONVERGED', fitted.iterations);
  const ratings = table.valueOf.length;
  for (const [number, label] of table.values.entries()) {
    const given = table.valueOf.filter((value) => value === number).length / ratings;
    const estimated = fitted.prevalences[number] ?? 0;
    const isFar = estimated > 2 * given || estimated < given / 2;
    if (isFar && Math.abs(estimated - given) > 0.02) warn('PREVALENCE_MOVED', estimated / given, label);
  }
  const readers = fitted.readers.length;
  const worse = fitted.readers.filter(({ accuracy }) => accuracy < 1 / table.values.length).length / readers;
  if (worse > 0.1) warn('WORSE_THAN_CHANCE', worse);
  if (ratings / table.items.length < 3) warn('FEW_RATINGS', ratings / table.items.length);
  const sparse = sparseReaders(table) / readers;
  if (sparse >= 0.5) warn('SPARSE_READERS', sparse);
  return warnings;
}

/** Whether the ratings ask for confusions and not for one number a reader. */
export function prefersConfusions(
  oneCoin: FittedReaders,
  confusions: FittedReaders,
  ratings: number,
): readonly FitWarning[] {
  const classes = oneCoin.prevalences.length;
  const moreParameters = oneCoin.readers.length * (classes * (classes - 1) - 1);
  const gain = 2 * (confusions.logLikelihood - oneCoin.logLikelihood) - moreParameters * Math.log(ratings);
  return gain > 0 ? [{ code: 'CONFUSIONS_FIT_BETTER', label: null, measured: gain }] : [];
}

function sparseReaders(table: RatingTable<string>): number {
  const given = new Float64Array(table.readers.length);
  for (const reader of table.readerOf) given[reader] = (given[reader] ?? 0) + 1;
  return given.filter((count) => count < 5 * table.values.length ** 2).length;
}
