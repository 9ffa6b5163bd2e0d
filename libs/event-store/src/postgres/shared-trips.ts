import { StoreUnavailable } from '../store-errors.ts';

export interface SharedTripsOptions<Item, Outcome> {
  /** One round trip for items that may travel together; their outcomes in the same order. */
  readonly run: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  /** Of those that wait, in order of arrival, the places of those that go next, in the order to go in: 0 is always there. */
  readonly choose: (waiting: readonly Item[]) => readonly number[];
  /** Trips under way at a time, each on a connection of its own. */
  readonly maxInFlight: number;
  /** So many that wait are company enough: they leave at once, beside a trip that is under way. */
  readonly fullTrip: number;
  /** How long fewer wait to travel together while a trip is under way; one that takes longer holds up nobody. */
  readonly patienceMs: number;
  /** Items beyond this are refused as unavailable: the database does not keep up. */
  readonly maxWaiting: number;
}

interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Lets requests to the database travel together: they share a round trip, and where they write a transaction and its flush
 * to disk. While no trip is under way, what is asked for in one turn of the event loop leaves at its end. While one is, those
 * that come wait for it, at most for `patienceMs`, unless they fill a trip of their own: a few side by side cost a small
 * machine more than they gain, but while the database runs one full trip this process can prepare another. A trip leaves after its items came, so a read sees whatever was committed before it was asked for.
 */
export class SharedTrips<Item, Outcome> {
  readonly #options: SharedTripsOptions<Item, Outcome>;
  #waiting: Waiting<Item, Outcome>[] = [];
  #inFlight = 0;
  #isStarting = false;
  /** Of the trip that left last, by the clock of `performance.now()`. */
  #leftAtMs = 0;
  #patience: NodeJS.Timeout | undefined;

  constructor(options: SharedTripsOptions<Item, Outcome>) {
    this.#options = options;
  }

  /** @throws StoreUnavailable, and what `run` throws for this item */
  async add(item: Item): Promise<Outcome> {
    if (this.#waiting.length >= this.#options.maxWaiting) throw new StoreUnavailable('too many requests are waiting');
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    this.#waiting.push({ item, resolve, reject });
    this.#startSoon();
    return promise;
  }

  /** At the end of this turn: the answers of one trip are often followed by as many requests. */
  #startSoon(): void {
    if (this.#isStarting) return;
    this.#isStarting = true;
    setImmediate(() => {
      this.#isStarting = false;
      this.#start();
    });
  }

  #start(): void {
    clearTimeout(this.#patience);
    while (this.#inFlight < this.#options.maxInFlight && this.#waiting.length > 0) {
      const leaves = this.#inFlight === 0 || this.#waiting.length >= this.#options.fullTrip;
      const leftMs = leaves ? 0 : this.#leftAtMs + this.#options.patienceMs - performance.now();
      if (leftMs > 0) {
        this.#patience = setTimeout(() => {
          this.#start();
        }, leftMs);
        return;
      }
      const chosen = this.#take();
      this.#inFlight += 1;
      this.#leftAtMs = performance.now();
      void this.#settle(chosen).finally(() => {
        this.#inFlight -= 1;
        this.#startSoon();
      });
    }
  }

  #take(): readonly Waiting<Item, Outcome>[] {
    const chosen = this.#options
      .choose(this.#waiting.map(({ item }) => item))
      .map((place) => this.#waiting[place])
      .filter((waiting) => waiting !== undefined);
    const goes = new Set(chosen);
    this.#waiting = this.#waiting.filter((waiting) => !goes.has(waiting));
    return chosen;
  }

  async #settle(chosen: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#options.run(chosen.map(({ item }) => item));
      for (const [index, { resolve }] of chosen.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) throw new Error('a trip gave too few outcomes');
        resolve(outcome);
      }
    } catch (error) {
      if (chosen.length === 1 || error instanceof StoreUnavailable) for (const { reject } of chosen) reject(error);
      // One of them broke the contract of the store and undid the others: each for itself, then.
      else for (const waiting of chosen) await this.#settle([waiting]);
    }
  }
}
