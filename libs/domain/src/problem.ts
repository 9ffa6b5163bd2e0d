/** One thing wrong with the content of a command, said where it stands and in words for the caller. */
export interface Problem {
  /** Path into the input, such as `regions[3].x1`. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}
