import { encodeRecord, eventTopics, partitionsPerTopic } from '@consilium/contracts';
import type { InMemoryEventStore } from '@consilium/event-store/testing';
import type { EventPublisher, Messaging } from '@consilium/messaging';
import { createLogger } from '@consilium/runtime';
import type fc from 'fast-check';
import { findResumePoint } from '../publishing/find-resume-point.ts';
import type { Anchor } from '@consilium/anchor';
import type { SealKeys } from '../sealing/seal-key-file.ts';
import { Sealer } from '../sealing/sealer.ts';
import { type Life, mortal, mortalMessaging } from './mortal.spec.ts';

export const prefix = 'model';
export const leaseMs = 1_000;
const eventsPerBatch = 3;
const eventsPerHead = 2;

export interface RelayWorld {
  readonly scheduler: fc.Scheduler;
  readonly store: InMemoryEventStore;
  readonly messaging: Messaging;
  readonly anchor: Anchor;
  readonly keys: SealKeys;
  /** Told when sealing has ended for good: it must not. */
  readonly sealBroken: (reason: unknown) => void;
  /** A fault that the model has to find: the cursor moves before the batch is sent, and is trusted afterwards. */
  readonly trustsCursor: boolean;
}

/**
 * The relay's order of steps, one turn at a time and without its timers, over its own parts: the comparison with Kafka at
 * the start of a term, and the sealer.
 */
export class ModelRelay {
  readonly life: Life = { alive: true };
  readonly #world: RelayWorld;
  #term:
    | { readonly epoch: number; readonly publisher: EventPublisher; readonly sealer: Sealer; readonly logId: string }
    | undefined;
  #published = 0;

  constructor(world: RelayWorld) {
    this.#world = world;
  }

  /** One turn; the first of a term takes the lease, where it is free. @throws Died, EpochFenced */
  async turn(): Promise<void> {
    if (this.#term === undefined) {
      await this.#begin();
      return;
    }
    const { store, scheduler, trustsCursor } = this.#world;
    const { epoch, publisher, sealer, logId } = this.#term;
    const log = mortal(store.log, this.life, scheduler);
    await log.sequence(epoch, eventsPerBatch);
    const events = await log.readAfter(this.#published, eventsPerBatch);
    const last = events.at(-1);
    if (last !== undefined) {
      const records = events.map((event) => encodeRecord(event, prefix, logId));
      if (trustsCursor) await log.advance(epoch, last.globalSeq);
      await publisher.publish(records);
      if (!(await log.advance(epoch, last.globalSeq))) {
        this.life.alive = false;
        return;
      }
      this.#published = last.globalSeq;
    }
    await sealer.turn(this.#published);
  }

  async #begin(): Promise<void> {
    const { store, scheduler, messaging, anchor, keys, sealBroken, trustsCursor } = this.#world;
    const log = mortal(store.log, this.life, scheduler);
    const held = await log.acquire('model', leaseMs);
    if (held === undefined) return;
    const kafka = mortalMessaging(messaging, this.life, scheduler);
    const topics = kafka.topics();
    await topics.ensureTopics(eventTopics(prefix).map((topic) => ({ topic, partitions: partitionsPerTopic })));
    const { afterGlobalSeq } = await findResumePoint(topics, log, prefix);
    this.#published = trustsCursor ? held.publishedGlobalSeq : afterGlobalSeq;
    const publisher = await kafka.publisher();
    const sealer = new Sealer({
      seals: mortal(store.log.seals, this.life, scheduler),
      log,
      messaging: kafka,
      prefix,
      durability: {},
      keys,
      anchor: mortal(anchor, this.life, scheduler),
      observer: { sealed: () => undefined, sealBroken, anchorUnavailable: () => undefined },
      logger: createLogger({ service: 'model', level: 'silent' }),
      limits: { events: eventsPerHead, everyMs: 0, anchorPauseMs: 0 },
      monotonicMs: () => 0,
    });
    await sealer.begin(held.epoch, publisher);
    this.#term = { epoch: held.epoch, publisher, sealer, logId: await log.logId() };
  }
}
