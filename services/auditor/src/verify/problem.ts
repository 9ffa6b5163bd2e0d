/** Something that is not as it must be, named so that a person can look at it. It holds no content of an event. */
export interface Problem {
  readonly where: 'journal' | 'log' | 'tree' | 'checkpoint' | 'anchor' | 'kafka' | 'file' | 'view';
  readonly code: string;
  /** What it is about: `event 17`, `case-... version 3`, `tile 0/2`, `checkpoint 1000`, `case_state ...`. */
  readonly subject: string;
  readonly message: string;
}

/** Kept to be shown; all are counted. */
const mostKept = 100;

/** Collects problems in constant memory. */
export class Problems {
  readonly #kept: Problem[] = [];
  #count = 0;

  readonly report = (problem: Problem): void => {
    this.#count += 1;
    if (this.#kept.length < mostKept) this.#kept.push(problem);
  };

  get count(): number {
    return this.#count;
  }

  /** The first ones, in the order in which they were found. */
  get kept(): readonly Problem[] {
    return this.#kept;
  }
}
