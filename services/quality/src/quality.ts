import { topicOf } from '@consilium/contracts';
import { QueueUnavailable } from '@consilium/jobs';
import type { JobWorkers } from '@consilium/jobs';
import type { EventSubscription } from '@consilium/messaging';
import { backOff, pause } from '@consilium/runtime';
import type { Logger } from '@consilium/runtime';
import { caseIntake } from './intake/case-intake.ts';
import type { IntakeObserver } from './intake/case-intake.ts';
import type { CaseWork } from './intake/case-work.ts';
import type { Reconcile } from './intake/reconcile.ts';

export interface QualityParts {
  readonly prefix: string;
  readonly subscription: EventSubscription;
  readonly works: readonly CaseWork[];
  readonly workers: JobWorkers;
  readonly reconcile: Reconcile;
  readonly observer: IntakeObserver;
  readonly logger: Logger;
  /** Called once, when the process should end and be started anew. */
  readonly onFatal: (error: unknown) => void;
}

/** Partitions read at the same time: records are only turned into jobs here. */
const concurrency = 4;

/** The running service: workers, intake from Kafka, and reconcile, begun and ended in this order. */
export class Quality {
  readonly #parts: QualityParts;
  readonly #stopping = new AbortController();
  #reconciling: Promise<void> = Promise.resolve();

  constructor(parts: QualityParts) {
    this.#parts = parts;
  }

  /** Waits for servers that are not there yet. @throws RedisUnfit, and what the subscription cannot start with */
  async start(): Promise<void> {
    const { subscription, works, reconcile, observer, logger, prefix, onFatal } = this.#parts;
    await this.#startWorkers();
    if (this.#stopping.signal.aborted) return;
    this.#reconciling = reconcile.run(this.#stopping.signal);
    await subscription.start({
      groupId: `${prefix}-quality`,
      topics: [topicOf(prefix, 'case')],
      fromBeginning: true,
      concurrency,
      onBatch: caseIntake(works, observer, logger),
      onFatal,
    });
  }

  /** Takes nothing new, lets running jobs end, and closes the connections to Kafka and Redis. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#parts.subscription.stop();
    await this.#reconciling;
    await this.#parts.workers.close();
    for (const work of this.#parts.works) await work.close();
  }

  async #startWorkers(): Promise<void> {
    for (let attempt = 1; !this.#stopping.signal.aborted; attempt += 1) {
      try {
        await this.#parts.workers.start();
        return;
      } catch (error) {
        if (!(error instanceof QueueUnavailable)) throw error;
        this.#parts.logger.warn({ error }, 'Redis is not there yet');
        await pause(backOff(attempt, Math.random), this.#stopping.signal);
      }
    }
  }
}
