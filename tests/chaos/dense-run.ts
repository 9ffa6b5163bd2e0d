/** What a number is to those that came before it in a run that should be 1, 2, 3, ... */
export type Arrival = 'next' | 'ahead' | 'late' | 'again';

/**
 * One run of dense numbers in the order in which they are met. A number beyond the next one leaves a hole: what fills it
 * later was put out of order, what never comes is lost.
 */
export class DenseRun {
  #next = 1;
  readonly #missing = new Set<number>();

  take(number: number): Arrival {
    if (number === this.#next) {
      this.#next += 1;
      return 'next';
    }
    if (number < this.#next) return this.#missing.delete(number) ? 'late' : 'again';
    for (let hole = this.#next; hole < number; hole += 1) this.#missing.add(hole);
    this.#next = number + 1;
    return 'ahead';
  }

  /** Of the numbers up to `last`, which did not come; without it, up to the largest that came. */
  missing(last = 0): readonly number[] {
    const cut = Array.from({ length: Math.max(0, last - this.#next + 1) }, (_, index) => this.#next + index);
    return [...this.#missing, ...cut];
  }
}
