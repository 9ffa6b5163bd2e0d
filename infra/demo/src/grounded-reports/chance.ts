import { seededNumbers } from '../seeded-numbers.ts';

/** Choices that a text determines. One text a decision keeps decisions apart: a changed rate changes no other decision. */
export class Chance {
  readonly #next: () => number;

  constructor(...decision: readonly (string | number)[]) {
    this.#next = seededNumbers(decision.join('/'));
  }

  /** @param probability 0..1 */
  happens(probability: number): boolean {
    return this.#next() < probability;
  }

  /** @param items at least one */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#next() * items.length)];
    if (item === undefined) throw new RangeError('there is nothing to pick from');
    return item;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.#next();
  }

  /** Whole, both ends included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.#next() * (high - low + 1));
  }

  /** Mean 0, standard deviation 1, by Box and Muller's transform. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#next())) * Math.cos(2 * Math.PI * this.#next());
  }
}
