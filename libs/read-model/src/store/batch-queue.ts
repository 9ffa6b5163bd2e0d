/** Transactions under way: one is written while the records of another are decoded. */
const transactionsAtATime = 2;
const batchesPerTransaction = 64;
/** In one transaction, unless its first batch alone has more. */
const recordsPerTransaction = 2_000;

export interface BatchQueueOptions<Batch, Outcome> {
  /** Applies batches of different partitions in one transaction; outcomes in their order. */
  readonly run: (batches: readonly Batch[]) => Promise<readonly Outcome[]>;
  readonly partitionOf: (batch: Batch) => string;
  /** Records. */
  readonly sizeOf: (batch: Batch) => number;
  /** A failure that each of the batches would meet alone as well. */
  readonly isHopeless: (error: unknown) => boolean;
}

interface Waiting<Batch, Outcome> {
  readonly batch: Batch;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Lets batches of different partitions share a transaction and its flush to disk. Those asked for in one turn of the event
 * loop travel together, as do those that wait while transactions are under way; nothing waits longer for company.
 */
export class BatchQueue<Batch, Outcome> {
  readonly #options: BatchQueueOptions<Batch, Outcome>;
  #waiting: Waiting<Batch, Outcome>[] = [];
  #underWay = 0;
  #isStarting = false;

  constructor(options: BatchQueueOptions<Batch, Outcome>) {
    this.#options = options;
  }

  async add(batch: Batch): Promise<Outcome> {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    this.#waiting.push({ batch, resolve, reject });
    if (!this.#isStarting) {
      this.#isStarting = true;
      setImmediate(() => {
        this.#isStarting = false;
        this.#start();
      });
    }
    return promise;
  }

  #start(): void {
    while (this.#underWay < transactionsAtATime && this.#waiting.length > 0) {
      const taken = this.#take();
      this.#underWay += 1;
      void this.#settle(taken).finally(() => {
        this.#underWay -= 1;
        this.#start();
      });
    }
  }

  #take(): readonly Waiting<Batch, Outcome>[] {
    const { partitionOf, sizeOf } = this.#options;
    const taken: Waiting<Batch, Outcome>[] = [];
    const left: Waiting<Batch, Outcome>[] = [];
    const partitions = new Set<string>();
    let records = 0;
    for (const waiting of this.#waiting) {
      const partition = partitionOf(waiting.batch);
      const size = sizeOf(waiting.batch);
      const fits =
        taken.length === 0 ||
        (taken.length < batchesPerTransaction && records + size <= recordsPerTransaction && !partitions.has(partition));
      (fits ? taken : left).push(waiting);
      // A later batch of a partition must not go before an earlier one.
      partitions.add(partition);
      if (fits) records += size;
    }
    this.#waiting = left;
    return taken;
  }

  async #settle(taken: readonly Waiting<Batch, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#options.run(taken.map(({ batch }) => batch));
      for (const [index, { resolve, reject }] of taken.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) reject(new Error('a transaction gave too few outcomes'));
        else resolve(outcome);
      }
    } catch (error) {
      if (taken.length === 1 || this.#options.isHopeless(error)) for (const { reject } of taken) reject(error);
      // One of them undid the others: each for itself, then.
      else for (const waiting of taken) await this.#settle([waiting]);
    }
  }
}
