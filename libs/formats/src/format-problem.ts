import type { Problem } from '@consilium/domain';

/** What may be wrong with one row of a file. */
export type FormatProblemCode =
  | 'TOO_LARGE'
  | 'NOT_UTF8'
  | 'NOT_JSON'
  | 'NOT_CSV'
  | 'TOO_DEEP'
  /** A key stands twice in an object: which of the two is meant, nobody can say. */
  | 'REPEATED_KEY'
  | 'MISSING'
  | 'WRONG_TYPE'
  | 'NOT_A_BOX'
  | 'OUTSIDE_IMAGE'
  | 'REVERSED_CORNERS'
  | 'ZERO_AREA'
  | 'REPEATED_READER'
  /** The file has had this study and image already. */
  | 'REPEATED_STUDY'
  /** Raw reads in a consensus, or studies of both kinds in one file. */
  | 'MIXED_SOURCES';

/** One thing wrong with a row; the path leads into the row, and is empty for the row itself. */
export interface FormatProblem extends Problem {
  readonly code: FormatProblemCode;
}

/** A row that gives nothing, and why. Rows before and after it stand. */
export interface RowProblems extends RowPlace {
  readonly kind: 'problems';
  /** At least one, and at most {@link problemsShown}. */
  readonly problems: readonly FormatProblem[];
}

/** Problems of one row named at most. */
export const problemsShown = 50;

/** What is found wrong with one row; more than {@link problemsShown} are not kept, so that a hostile row stays small. */
export class ProblemList {
  readonly #problems: FormatProblem[] = [];

  add(path: string, code: FormatProblemCode, message: string): void {
    if (this.#problems.length < problemsShown) this.#problems.push({ path, code, message });
  }

  get all(): readonly FormatProblem[] {
    return this.#problems;
  }
}

/** Where a row stands in its file. */
export interface RowPlace {
  /** From 0. */
  readonly row: number;
  /** Of the row's first byte, from 0. */
  readonly byteOffset: number;
}

const messages = {
  NOT_UTF8: 'holds bytes that are no UTF-8',
  NOT_JSON: 'is no JSON (which has no NaN, no comments and no trailing commas)',
  TOO_DEEP: 'objects and arrays lie too deep in one another',
} as const;

/** A row whose text cannot be read at all. */
export function unreadableRow(code: 'TOO_LARGE' | keyof typeof messages, maxBytes: number): FormatProblem {
  return { path: '', code, message: code === 'TOO_LARGE' ? `has more than ${String(maxBytes)} bytes` : messages[code] };
}
