import type { OrganisationId } from '@consilium/domain';
import { StoreUnavailable } from '../store-errors.ts';
import type { AppendOutcome } from '../event-store.ts';
import type { SingleAppend } from './single-append.ts';

export interface AppendQueueOptions {
  /** Batches on their way at a time, each on a connection of its own. */
  readonly maxInFlight: number;
  /** How long appends wait to travel together while a batch is on its way; one that takes longer holds up nobody. */
  readonly patienceMs: number;
  readonly maxBatch: number;
  /** Meta, payload and answers of one batch, unless its first append alone has more. */
  readonly maxBatchBytes: number;
  /** Appends beyond this are refused as unavailable: the database does not keep up. */
  readonly maxWaiting: number;
}

/** Runs appends of one organisation in one transaction; their outcomes in the same order. */
export type RunBatch = (
  organisation: OrganisationId,
  batch: readonly SingleAppend[],
) => Promise<readonly AppendOutcome[]>;

interface Waiting {
  readonly append: SingleAppend;
  readonly sizeBytes: number;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Lets appends that wait for a connection travel together: they share a round trip, a transaction and its flush to disk.
 * While none is on its way an append leaves at once and alone. While one is, those that come wait for it, at most for
 * `patienceMs`: two batches side by side are half as full, and cost a small machine more than they gain.
 */
export class AppendQueue {
  readonly #run: RunBatch;
  readonly #options: AppendQueueOptions;
  #waiting: Waiting[] = [];
  #inFlight = 0;
  /** Of the batch that left last, by the clock of `performance.now()`. */
  #leftAtMs = 0;
  #patience: NodeJS.Timeout | undefined;

  constructor(run: RunBatch, options: AppendQueueOptions) {
    this.#run = run;
    this.#options = options;
  }

  async append(append: SingleAppend): Promise<AppendOutcome> {
    if (this.#waiting.length >= this.#options.maxWaiting) throw new StoreUnavailable('too many appends are waiting');
    const { promise, resolve, reject } = Promise.withResolvers<AppendOutcome>();
    const { event, command } = append;
    const sizeBytes = event.metaBytes.length + event.payloadBytes.length + command.answer.length;
    this.#waiting.push({ append, sizeBytes, resolve, reject });
    this.#start();
    return promise;
  }

  #start(): void {
    clearTimeout(this.#patience);
    while (this.#inFlight < this.#options.maxInFlight && this.#waiting.length > 0) {
      const leftMs = this.#inFlight === 0 ? 0 : this.#leftAtMs + this.#options.patienceMs - performance.now();
      if (leftMs > 0) {
        this.#patience = setTimeout(() => {
          this.#start();
        }, leftMs);
        return;
      }
      const batch = this.#take();
      this.#inFlight += 1;
      this.#leftAtMs = performance.now();
      void this.#settle(batch).finally(() => {
        this.#inFlight -= 1;
        this.#start();
      });
    }
  }

  /**
   * The first that waits, and those after it that may travel with it: of the same organisation, on other streams. In order of
   * their command ids, so that two processes whose batches share some commands never wait for each other in a circle.
   */
  #take(): readonly Waiting[] {
    const { maxBatch, maxBatchBytes } = this.#options;
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    const alreadyThere = new Set<string>();
    let totalBytes = 0;
    for (const waiting of this.#waiting) {
      const { append, sizeBytes } = waiting;
      const { commandId } = append.command;
      const fits =
        taken[0] === undefined ||
        (taken.length < maxBatch &&
          totalBytes + sizeBytes <= maxBatchBytes &&
          append.organisation === taken[0].append.organisation &&
          !alreadyThere.has(append.write.streamId) &&
          !alreadyThere.has(commandId));
      (fits ? taken : left).push(waiting);
      if (!fits) continue;
      totalBytes += sizeBytes;
      alreadyThere.add(append.write.streamId).add(commandId);
    }
    this.#waiting = left;
    return taken.sort((a, b) => (a.append.command.commandId < b.append.command.commandId ? -1 : 1));
  }

  async #settle(batch: readonly Waiting[]): Promise<void> {
    const [first] = batch;
    if (first === undefined) return;
    try {
      const outcomes = await this.#run(
        first.append.organisation,
        batch.map(({ append }) => append),
      );
      for (const [index, { resolve }] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) throw new Error('a batch gave too few outcomes');
        resolve(outcome);
      }
    } catch (error) {
      if (batch.length === 1 || error instanceof StoreUnavailable) for (const { reject } of batch) reject(error);
      // One of them broke the contract of the store and undid the others: each for itself, then.
      else for (const waiting of batch) await this.#settle([waiting]);
    }
  }
}
