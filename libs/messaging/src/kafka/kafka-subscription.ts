import { backOff, pause } from '@consilium/runtime';
import type { Logger } from '@consilium/runtime';
import type { Consumer, EachBatchPayload, Kafka, RetryOptions } from 'kafkajs';
import type {
  EventSubscription,
  PartitionPlace,
  SubscriptionHealth,
  SubscriptionOptions,
} from '../event-subscription.ts';
import { InvalidMessagingCall } from '../messaging-errors.ts';
import { FailedPartitions } from '../failed-partitions.ts';
import type { PartitionName } from '../records.ts';
import { incomingRecord } from './incoming-record.ts';
import { isPassing, messagingError, within } from './kafkajs-errors.ts';

const sessionTimeoutMs = 10_000;
const heartbeatIntervalMs = 1_000;
/** Above the longest pause of kafkajs's own restarts: who is silent for longer has hung. */
const longestSilenceMs = 120_000;
const commitIntervalMs = 1_000;
const longestStopMs = 15_000;
const maxConcurrency = 64;
const restartPauseMs = 500;

/**
 * A consumer of kafkajs that commits no offset by itself. Offsets in Kafka are a hint from where to read after a
 * restart, written at most once a second; the handler's own place is the truth.
 */
export class KafkaSubscription implements EventSubscription {
  readonly #kafka: Kafka;
  readonly #retry: RetryOptions;
  readonly #logger: Logger;
  readonly #stopping = new AbortController();
  readonly #failed = new FailedPartitions();
  /** Read, but not yet committed. */
  readonly #uncommitted = new Map<string, PartitionPlace>();
  readonly #handlings = new Set<Promise<void>>();
  #consumer: Consumer | undefined;
  #state: SubscriptionHealth['state'] = 'new';
  #joined = false;
  #lastSignMs = Date.now();
  #watchdog: NodeJS.Timeout | undefined;
  #committer: NodeJS.Timeout | undefined;

  constructor(kafka: Kafka, retry: RetryOptions, logger: Logger) {
    this.#kafka = kafka;
    this.#retry = retry;
    this.#logger = logger;
  }

  async start(options: SubscriptionOptions): Promise<void> {
    if (this.#state !== 'new') throw new InvalidMessagingCall('a subscription is started once');
    if (!Number.isInteger(options.concurrency) || options.concurrency < 1 || options.concurrency > maxConcurrency) {
      throw new InvalidMessagingCall(`concurrency must be from 1 to ${maxConcurrency}`);
    }
    this.#state = 'starting';
    await this.#begin(options, this.#fatalOnce(options.onFatal));
    this.#running();
  }

  async #begin(options: SubscriptionOptions, fatal: (error: unknown) => void): Promise<void> {
    const consumer = await this.#connect(options);
    if (consumer === undefined) return;
    this.#listen(consumer, options, fatal, () => void this.#beginAgain(options, consumer, fatal));
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: options.concurrency,
      eachBatch: async (payload) => {
        if (this.#stopping.signal.aborted) return;
        const handling = this.#handle(payload, options, consumer, fatal);
        this.#handlings.add(handling);
        try {
          await handling;
        } finally {
          this.#handlings.delete(handling);
        }
      },
    });
  }

  /**
   * kafkajs gives up on some failures that pass, such as a group coordinator that a starting broker has not chosen yet. A
   * new consumer takes the place of the dead one.
   */
  async #beginAgain(options: SubscriptionOptions, dead: Consumer, fatal: (error: unknown) => void): Promise<void> {
    clearInterval(this.#watchdog);
    clearInterval(this.#committer);
    await dead.disconnect().catch(() => undefined);
    await Promise.allSettled(this.#handlings);
    await pause(restartPauseMs, this.#stopping.signal);
    if (this.#stopping.signal.aborted) return;
    try {
      await this.#begin(options, fatal);
    } catch (error) {
      // It may have been stopped meanwhile, and then nobody waits for it any more.
      if (!this.#isStopping()) fatal(error);
    }
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    clearInterval(this.#watchdog);
    clearInterval(this.#committer);
    this.#failed.clear();
    if (this.#state !== 'failed') this.#state = 'stopped';
    const consumer = this.#consumer;
    if (consumer === undefined) return;
    try {
      await within(longestStopMs, 'stop reading', this.#leave(consumer));
    } catch (error) {
      this.#logger.warn({ error }, 'the subscription did not end in order; records will come again');
    }
  }

  health(): SubscriptionHealth {
    return {
      state: this.#state,
      joined: this.#joined,
      silentMs: Date.now() - this.#lastSignMs,
      failing: this.#failed.list(),
    };
  }

  /** Unless it was stopped, or has failed, meanwhile. */
  #running(): void {
    if (this.#state === 'starting') this.#state = 'running';
  }

  /** Tries until brokers and topics are there; undefined when stopped before. */
  async #connect({ groupId, topics }: SubscriptionOptions): Promise<Consumer | undefined> {
    const { signal } = this.#stopping;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const consumer = this.#kafka.consumer({
        groupId,
        sessionTimeout: sessionTimeoutMs,
        heartbeatInterval: heartbeatIntervalMs,
        rebalanceTimeout: 20_000,
        minBytes: 1,
        maxWaitTimeInMs: 50,
        maxBytesPerPartition: 1024 * 1024,
        maxBytes: 16 * 1024 * 1024,
        allowAutoTopicCreation: false,
        readUncommitted: false,
        metadataMaxAge: 60_000,
        retry: { ...this.#retry, restartOnFailure: async () => true },
      });
      try {
        await consumer.connect();
        await consumer.subscribe({ topics: [...topics], fromBeginning: true });
        this.#consumer = consumer;
        return consumer;
      } catch (error) {
        await consumer.disconnect().catch(() => undefined);
        if (!isPassing(error)) throw messagingError('subscribe', error);
        this.#logger.warn({ attempt, groupId, error }, 'cannot subscribe yet, trying again');
        await pause(backOff(attempt, Math.random), signal);
      }
    }
    return undefined;
  }

  #listen(
    consumer: Consumer,
    options: SubscriptionOptions,
    fatal: (error: unknown) => void,
    beginAgain: () => void,
  ): void {
    const { events } = consumer;
    const sign = (): void => {
      this.#lastSignMs = Date.now();
    };
    const left = (): void => {
      this.#joined = false;
      // Another member may have got further by now than what was left to commit here.
      this.#uncommitted.clear();
    };
    let joins = 0;
    consumer.on(events.GROUP_JOIN, ({ payload: { memberAssignment } }) => {
      left();
      this.#joined = true;
      sign();
      joins += 1;
      const join = joins;
      const assigned = Object.entries(memberAssignment).flatMap(([topic, partitions]) =>
        partitions.map((partition) => ({ topic, partition })),
      );
      void this.#goToPlaces(consumer, options, assigned, () => this.#joined && join === joins);
    });
    consumer.on(events.HEARTBEAT, sign);
    consumer.on(events.FETCH, sign);
    consumer.on(events.END_BATCH_PROCESS, sign);
    consumer.on(events.REBALANCING, left);
    consumer.on(events.DISCONNECT, left);
    // With `restart` kafkajs comes back by itself; without, it would be silent for ever.
    consumer.on(events.CRASH, ({ payload: { error, restart } }) => {
      left();
      if (restart || this.#stopping.signal.aborted) return;
      if (isPassing(error)) beginAgain();
      else fatal(error);
    });
    sign();
    this.#watchdog = setInterval(() => {
      const silentMs = Date.now() - this.#lastSignMs;
      if (silentMs > longestSilenceMs) fatal(new Error(`no sign of Kafka for ${silentMs} ms`));
    }, sessionTimeoutMs).unref();
    this.#committer = setInterval(() => void this.#commit(consumer), commitIntervalMs).unref();
  }

  /**
   * Meanwhile records come from the group's place: those the handler knows by their own numbers, and of a gap it says so. But
   * where the group is ahead and nothing new happens, no record would come at all.
   */
  async #goToPlaces(
    consumer: Consumer,
    { placesOf }: SubscriptionOptions,
    assigned: readonly PartitionName[],
    stillAssigned: () => boolean,
  ): Promise<void> {
    if (placesOf === undefined || assigned.length === 0) return;
    for (let attempt = 1; stillAssigned() && !this.#isStopping(); attempt += 1) {
      try {
        const places = await placesOf(assigned);
        if (stillAssigned()) for (const place of places) consumer.seek(place);
        return;
      } catch (error) {
        this.#logger.warn({ attempt, error }, 'the places to read on from are not known yet, asking again');
        await pause(backOff(attempt, Math.random), this.#stopping.signal);
      }
    }
  }

  #fatalOnce(onFatal: (error: unknown) => void): (error: unknown) => void {
    return (error) => {
      if (this.#state === 'failed') return;
      this.#state = 'failed';
      clearInterval(this.#watchdog);
      onFatal(error);
    };
  }

  async #handle(
    payload: EachBatchPayload,
    { onBatch, isTransient = () => true }: SubscriptionOptions,
    consumer: Consumer,
    fatal: (error: unknown) => void,
  ): Promise<void> {
    const { topic, partition, messages, highWatermark } = payload.batch;
    const [first] = messages;
    if (first === undefined || !payload.isRunning() || payload.isStale()) return;
    const outcome: { sought: boolean; lost?: unknown } = { sought: false };
    let nextOffset: string;
    try {
      const records = messages.map((message) => incomingRecord(topic, partition, message));
      ({ nextOffset } = await onBatch(topic, partition, records, {
        highWatermark,
        seek: (offset) => {
          outcome.sought = true;
          consumer.seek({ topic, partition, offset });
        },
        heartbeat: async () => {
          try {
            await payload.heartbeat();
          } catch (error) {
            outcome.lost = error;
            throw error;
          }
        },
      }));
    } catch (error) {
      // kafkajs joins the group again when it sees its own error; the records then come to whoever has the partition.
      if ('lost' in outcome) throw outcome.lost;
      this.#retryLater(payload, error, isTransient(error) ? undefined : fatal);
      return;
    }
    this.#failed.succeeded({ topic, partition });
    if (outcome.sought || BigInt(nextOffset) <= BigInt(first.offset)) return;
    payload.resolveOffset(String(BigInt(nextOffset) - 1n));
    this.#uncommitted.set(`${topic} ${partition}`, { topic, partition, offset: nextOffset });
  }

  /** Nothing is resolved, so the same records are fetched again once the partition is resumed. Others go on meanwhile. */
  #retryLater(payload: EachBatchPayload, error: unknown, fatal: ((error: unknown) => void) | undefined): void {
    const { topic, partition } = payload.batch;
    const resume = payload.pause();
    if (fatal !== undefined) {
      fatal(error);
      return;
    }
    const attempts = this.#failed.failed({ topic, partition }, error);
    const waitMs = backOff(attempts, Math.random);
    this.#logger.warn({ topic, partition, attempts, waitMs, error }, 'records will be handled again');
    this.#failed.after(waitMs, resume);
  }

  /** Only a hint: a failure is left to the next commit. That the group has changed, kafkajs learns by its heartbeats. */
  async #commit(consumer: Consumer): Promise<void> {
    const places = [...this.#uncommitted.values()];
    this.#uncommitted.clear();
    if (places.length === 0) return;
    try {
      await consumer.commitOffsets(places);
    } catch (error) {
      this.#logger.debug({ error }, 'places read were not committed');
    }
  }

  async #leave(consumer: Consumer): Promise<void> {
    // Places can be committed only while the group is not left, and are known only when the handlers are done.
    await Promise.allSettled(this.#handlings);
    await this.#commit(consumer);
    await consumer.stop();
    await consumer.disconnect();
    this.#joined = false;
  }
}
