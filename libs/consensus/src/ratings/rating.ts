/** What one reader said of one item (a case, a finding, a sentence): an independent first submission. */
export interface Rating<Value> {
  readonly itemId: string;
  readonly readerId: string;
  readonly value: Value;
}

export const maxRatings = 1_000_000;
/** Labels, grades or sets that differ: tables of each against each are kept of them. */
export const maxDistinctValues = 2_000;

export type RatingsProblem =
  | 'NO_RATINGS'
  | 'TOO_MANY_RATINGS'
  | 'TOO_MANY_VALUES'
  | 'DUPLICATE_RATING'
  | 'INVALID_VALUE'
  | 'UNKNOWN_LABEL'
  | 'DUPLICATE_LABEL'
  | 'UNKNOWN_READER'
  | 'INVALID_PARAMETER'
  | 'TOO_LARGE';

/** The ratings or a parameter break a rule of the function that was called: a fault of the caller. */
export class InvalidRatings extends Error {
  override readonly name = 'InvalidRatings';
  readonly problem: RatingsProblem;
  /** What is wrong: an id, a label or the name of a parameter; '' where it is the whole. */
  readonly subject: string;

  constructor(problem: RatingsProblem, subject = '') {
    super(`The ratings cannot be computed with: ${problem}${subject === '' ? '' : ` (${subject})`}.`);
    this.problem = problem;
    this.subject = subject;
  }
}

/** @throws InvalidRatings unless it holds. */
export function demandOfRatings(holds: boolean, problem: RatingsProblem, subject?: string): void {
  if (!holds) throw new InvalidRatings(problem, subject);
}

/** @throws InvalidRatings where the parameter is no number from least to most. */
export function demandWithin(name: string, value: number, least: number, most: number): void {
  demandOfRatings(value >= least && value <= most, 'INVALID_PARAMETER', name);
}
