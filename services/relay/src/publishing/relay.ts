import { encodeRecord, eventTopics, partitionsPerTopic } from '@consilium/contracts';
import { EpochFenced, StoreUnavailable } from '@consilium/event-store';
import type { HeldRelayLease, LoggedEvent, LogReader, RelayLease, Sequencer } from '@consilium/event-store';
import { MessagingUnavailable, PublisherClosed } from '@consilium/messaging';
import type { EventPublisher, Messaging, TopicDurability } from '@consilium/messaging';
import { backOff, passFailpoint, pause } from '@consilium/runtime';
import type { Logger } from '@consilium/runtime';
import { findResumePoint } from './find-resume-point.ts';
import { HeldTerm } from './held-term.ts';
import { limits } from './limits.ts';
import type { RelayObserver } from './relay-observer.ts';
import type { Sealer } from '../sealing/sealer.ts';

export interface RelayOptions {
  readonly lease: RelayLease;
  readonly sequencer: Sequencer;
  readonly log: LogReader;
  readonly messaging: Messaging;
  /** First word of the topics. */
  readonly prefix: string;
  readonly durability: TopicDurability;
  /** Names this process in the lease. */
  readonly holder: string;
  /** Undefined where nothing is sealed. */
  readonly sealer: Pick<Sealer, 'begin' | 'turn'> | undefined;
  readonly observer: RelayObserver;
  readonly logger: Logger;
}

const monotonicMs = (): number => performance.now();

/** Faults that pass by themselves. Everything else is a fault of this program, or needs a person. */
const isPassing = (error: unknown): boolean =>
  error instanceof StoreUnavailable || error instanceof MessagingUnavailable || error instanceof PublisherClosed;

/**
 * Gives committed events their numbers and publishes them in that order, while it holds the lease; else it stands by.
 *
 * - The cursor moves only after every record was acknowledged, so a crash anywhere sends a batch again and loses none.
 *   Consumers know a repeat by its number.
 * - A relay that lost the lease without noticing can only send, once more, what the log already says: the numbers were
 *   given in Postgres, under the epoch. It gives up its send as soon as it knows, and throws the producer away.
 */
export class Relay {
  readonly #options: RelayOptions;

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  /** Works until the signal is aborted. @throws LogRefused, TopicMismatch and faults of this program, which do not pass */
  async run(signal: AbortSignal): Promise<void> {
    const { lease, holder, observer, logger } = this.#options;
    let failures = 0;
    while (!signal.aborted) {
      try {
        const askedAtMs = monotonicMs();
        const held = await lease.acquire(holder, limits.leaseMs);
        if (held === undefined) {
          observer.standingBy();
          await pause(limits.standbyPollMs, signal);
        } else {
          await this.#serve(held, askedAtMs, signal, () => {
            failures = 0;
          });
        }
      } catch (error) {
        if (!isPassing(error)) throw error;
        failures += 1;
        const waitMs = backOff(failures, Math.random, { firstMs: 50, longestMs: 2_000 });
        observer.failed(error);
        logger.warn({ failures, waitMs, error }, 'interrupted, will go on');
        await pause(waitMs, signal);
      }
    }
  }

  async #serve(held: HeldRelayLease, askedAtMs: number, signal: AbortSignal, onProgress: () => void): Promise<void> {
    const { lease, messaging, observer, logger } = this.#options;
    const { epoch } = held;
    const term = new HeldTerm({ lease, epoch, askedAtMs, monotonicMs, logger });
    observer.tookOver(epoch);
    logger.info({ epoch, publishedGlobalSeq: held.publishedGlobalSeq }, 'holding the lease');
    let publisher: EventPublisher | undefined;
    try {
      const afterGlobalSeq = await this.#findPlace();
      publisher = await messaging.publisher();
      await this.#publishUntilOver(term, publisher, afterGlobalSeq, signal, onProgress);
    } catch (error) {
      if (!(error instanceof EpochFenced)) throw error;
      term.end('another relay has taken over');
    } finally {
      const wasHeld = term.isHeld();
      await Promise.all([publisher?.close(), wasHeld ? term.giveBack() : undefined]);
      observer.steppedDown();
      logger.info({ epoch, reason: wasHeld ? 'given back' : String(term.over.reason) }, 'no longer holding the lease');
    }
  }

  async #findPlace(): Promise<number> {
    const { messaging, log, prefix, durability, logger } = this.#options;
    const topics = messaging.topics();
    try {
      const specs = eventTopics(prefix).map((topic) => ({ topic, partitions: partitionsPerTopic }));
      await topics.ensureTopics(specs, durability);
      const { relation, afterGlobalSeq } = await findResumePoint(topics, log, prefix);
      logger.info({ relation, afterGlobalSeq }, 'Kafka was compared with the log');
      return afterGlobalSeq;
    } finally {
      await topics.close();
    }
  }

  async #publishUntilOver(
    term: HeldTerm,
    publisher: EventPublisher,
    afterGlobalSeq: number,
    signal: AbortSignal,
    onProgress: () => void,
  ): Promise<void> {
    const { sequencer, log, lease, sealer, observer } = this.#options;
    const logId = await log.logId();
    await sealer?.begin(term.epoch, publisher);
    const over = AbortSignal.any([signal, term.over]);
    // Gives up the send in flight: its fate does not matter any more to this relay.
    term.over.addEventListener('abort', () => void publisher.close(), { once: true });
    let published = afterGlobalSeq;
    let mayHaveMore = true;
    while (!signal.aborted && term.isHeld()) {
      const turnedAtMs = monotonicMs();
      passFailpoint('sequence.before');
      const sequenced = await sequencer.sequence(term.epoch, limits.eventsPerBatch);
      if (sequenced > 0) passFailpoint('sequence.after');
      const events: readonly LoggedEvent[] =
        sequenced > 0 || mayHaveMore ? await log.readAfter(published, limits.eventsPerBatch, limits.bytesPerBatch) : [];
      const last = events.at(-1);
      mayHaveMore = last !== undefined;
      if (last === undefined) {
        await sealer?.turn(published);
        observer.turned();
        onProgress();
        await pause(limits.idlePollMs, over);
        continue;
      }
      if (!term.isHeld()) return;
      const startedAtMs = monotonicMs();
      try {
        await publisher.publish(events.map((event) => encodeRecord(event, this.#options.prefix, logId)));
      } catch (error) {
        if (term.over.aborted && error instanceof PublisherClosed) return;
        throw error;
      }
      passFailpoint('publish.produced');
      if (!(await lease.advance(term.epoch, last.globalSeq))) throw new EpochFenced(term.epoch);
      passFailpoint('publish.advanced');
      published = last.globalSeq;
      await sealer?.turn(published);
      observer.published(events.length, (monotonicMs() - startedAtMs) / 1_000);
      observer.turned();
      onProgress();
      if (events.length < limits.eventsPerBatch)
        await pause(Math.max(0, turnedAtMs + limits.turnMs - monotonicMs()), over);
    }
  }
}
