/**
 * Numbers that look random and are the same for the same seed on every machine: sfc32 (Doty-Humphrey's small fast
 * counting generator, 128 bits of state), filled from the seed. For resampling and starting points, never for secrets.
 */
export class SeededRandom {
  readonly #state: Uint32Array;

  /** @param seed any integer; its lower 32 bits count. */
  constructor(seed: number) {
    this.#state = Uint32Array.from([0x9e3779b9, 0x243f6a88, seed >>> 0, 1]);
    for (let round = 0; round < 15; round += 1) this.#next();
  }

  /** 0 <= value < 1, in steps of 2^-53. */
  fraction(): number {
    return ((this.#next() >>> 5) * 2 ** 26 + (this.#next() >>> 6)) / 2 ** 53;
  }

  /** A whole number, 0 <= value < below. */
  below(below: number): number {
    return Math.floor(this.fraction() * below);
  }

  /** Of the standard normal distribution, by the transform of Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.fraction())) * Math.cos(2 * Math.PI * this.fraction());
  }

  #next(): number {
    const [a = 0, b = 0, c = 0, counter = 0] = this.#state;
    const result = (a + b + counter) >>> 0;
    this.#state[3] = counter + 1;
    this.#state[0] = b ^ (b >>> 9);
    this.#state[1] = c + (c << 3);
    this.#state[2] = ((c << 21) | (c >>> 11)) + result;
    return result;
  }
}
