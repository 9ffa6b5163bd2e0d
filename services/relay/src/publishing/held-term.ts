import type { RelayLease } from '@consilium/event-store';
import type { Logger } from '@consilium/runtime';
import { limits } from './limits.ts';

export interface TermOptions {
  readonly lease: RelayLease;
  readonly epoch: number;
  /** When the lease was asked for, by the clock of `monotonicMs`. */
  readonly askedAtMs: number;
  readonly monotonicMs: () => number;
  readonly logger: Logger;
}

/**
 * The time for which this process is the active relay. It renews the lease in the background and ends, for good, when
 * another holder has it, or when no renewal has come through in time to be sure that none has.
 */
export class HeldTerm {
  readonly epoch: number;
  readonly #options: TermOptions;
  readonly #ended = new AbortController();
  #safeUntilMs: number;
  #renewing: Promise<void> = Promise.resolve();
  readonly #renewTimer: NodeJS.Timeout;
  #deadlineTimer: NodeJS.Timeout | undefined;

  constructor(options: TermOptions) {
    this.#options = options;
    this.epoch = options.epoch;
    this.#safeUntilMs = safeUntil(options.askedAtMs);
    let isRenewing = false;
    this.#renewTimer = setInterval(() => {
      if (isRenewing) return;
      isRenewing = true;
      this.#renewing = this.#renew().finally(() => {
        isRenewing = false;
      });
    }, limits.renewEveryMs);
    this.#watchDeadline();
  }

  /** Aborted when the term is over. */
  get over(): AbortSignal {
    return this.#ended.signal;
  }

  /** Asks the clock too: a process that was stopped for a while has not run its timers. */
  isHeld(): boolean {
    if (!this.#ended.signal.aborted && this.#options.monotonicMs() >= this.#safeUntilMs)
      this.end('not renewed in time');
    return !this.#ended.signal.aborted;
  }

  end(reason: string): void {
    if (this.#ended.signal.aborted) return;
    clearInterval(this.#renewTimer);
    clearTimeout(this.#deadlineTimer);
    this.#ended.abort(reason);
  }

  /** Ends the term and gives the lease back, so that another relay need not wait for its end. */
  async giveBack(): Promise<void> {
    const { lease, epoch, logger } = this.#options;
    this.end('given back');
    await this.#renewing;
    try {
      await lease.release(epoch);
    } catch (error) {
      logger.debug({ epoch, error }, 'the lease was not given back; it ends by itself');
    }
  }

  async #renew(): Promise<void> {
    const { lease, epoch, monotonicMs, logger } = this.#options;
    const askedAtMs = monotonicMs();
    try {
      if (await lease.renew(epoch, limits.leaseMs)) {
        this.#safeUntilMs = Math.max(this.#safeUntilMs, safeUntil(askedAtMs));
        this.#watchDeadline();
      } else {
        this.end('another relay has taken over');
      }
    } catch (error) {
      // Of a database that is away for a moment: the next renewal, or the deadline, decides.
      logger.warn({ epoch, error }, 'the lease was not renewed');
    }
  }

  #watchDeadline(): void {
    clearTimeout(this.#deadlineTimer);
    if (this.#ended.signal.aborted) return;
    // A renewal that was answered late may find the deadline in the past.
    const leftMs = Math.max(0, this.#safeUntilMs - this.#options.monotonicMs());
    this.#deadlineTimer = setTimeout(() => {
      if (this.isHeld()) this.#watchDeadline();
    }, leftMs);
  }
}

const safeUntil = (askedAtMs: number): number => askedAtMs + limits.leaseMs - limits.leaseMarginMs;
