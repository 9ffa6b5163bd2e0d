import { createHash } from 'node:crypto';

/**
 * Numbers that look random and are always the same for the same seed: xoshiro128** 1.1 (Blackman and Vigna, 2018), its state
 * the first 16 bytes of SHA-256 of the seed. Not for secrets.
 */
export class RandomSource {
  readonly #state: Uint32Array;

  constructor(seed: string) {
    const digest = createHash('sha256').update(seed).digest();
    this.#state = Uint32Array.from([0, 4, 8, 12], (offset) => digest.readUInt32BE(offset));
  }

  /** An integer from 0 to `limit` - 1; `limit` is from 1 to 2^32. What a remainder favours is less than 2^-12 for our limits. */
  below(limit: number): number {
    return this.#next() % limit;
  }

  /** An integer from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(): boolean {
    return this.below(2) === 0;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('there is nothing to pick from');
    return item;
  }

  /** Two items at different places. */
  pickTwo<Item>(items: readonly Item[]): readonly [Item, Item] {
    const first = this.below(items.length);
    const second = (first + 1 + this.below(items.length - 1)) % items.length;
    return [this.pick(items.slice(first, first + 1)), this.pick(items.slice(second, second + 1))];
  }

  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.below(256)));
  }

  #next(): number {
    const state = this.#state;
    const [a = 0, b = 0, c = 0, d = 0] = state;
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    state[2] = c ^ a;
    state[3] = d ^ b;
    state[1] = b ^ (c ^ a);
    state[0] = a ^ (d ^ b);
    state[2] = c ^ a ^ (b << 9);
    state[3] = rotated(d ^ b, 11);
    return result;
  }
}

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
