import type { Restored } from '@consilium/jobs';
import { pause } from '@consilium/runtime';
import type { Logger } from '@consilium/runtime';
import type { CaseWork } from './case-work.ts';

const everyMs = 30_000;
/** Younger ones are on their way through Kafka, or wait in the queue. */
const olderThanMs = 15_000;
const limit = 10_000;

export interface ReconcileOptions {
  readonly works: readonly CaseWork[];
  readonly observer: { reconciled(found: Restored): void };
  readonly logger: Logger;
}

/**
 * Recreates from the journal what Redis and Kafka forgot: at the start everything unanswered, then every 30 s what is
 * unanswered for longer than a job takes. Any number of processes may do this at once.
 */
export class Reconcile {
  readonly #options: ReconcileOptions;

  constructor(options: ReconcileOptions) {
    this.#options = options;
  }

  /** Returns when `signal` aborts. A failed pass is made up for by the next. */
  async run(signal: AbortSignal): Promise<void> {
    for (let ageMs = 0; !signal.aborted; ageMs = olderThanMs) {
      try {
        await this.once(ageMs, signal);
      } catch (error) {
        this.#options.logger.warn({ error }, 'reconcile did not come through; it is tried again');
      }
      await pause(everyMs, signal);
    }
  }

  /** @returns how many jobs were brought back. @throws StoreUnavailable, QueueUnavailable */
  async once(ageMs: number, signal?: AbortSignal): Promise<number> {
    const { works, observer, logger } = this.#options;
    let restored = 0;
    for (const work of works) {
      for (const found of await work.restore(await work.findUnanswered({ limit, olderThanMs: ageMs }), signal)) {
        observer.reconciled(found);
        if (found === 'added' || found === 'again') restored += 1;
      }
    }
    if (restored > 0) logger.info({ restored }, 'jobs were recreated from the journal');
    return restored;
  }
}
