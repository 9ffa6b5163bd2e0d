import { eventTopics, topicOf } from '@consilium/contracts';
import { type Aggregate, aggregates } from '@consilium/domain';
import type {
  BatchContext,
  EventSubscription,
  IncomingRecord,
  Messaging,
  PartitionName,
  PartitionPlace,
  SubscriptionHealth,
} from '@consilium/messaging';
import type { Session } from '@consilium/postgres';
import { GenerationRetired, LogReplaced, placesOf, ProjectionStore, TooManyParkedStreams } from '@consilium/read-model';
import type { BatchOutcome } from '@consilium/read-model';
import { passFailpoint } from '@consilium/runtime';
import type { Logger } from '@consilium/runtime';
import { gapReadings, partitionsAtATime, recordsPerTransaction } from './limits.ts';
import type { ProjectorObserver } from './projector-observer.ts';

/** The records after a number are there, but that number is not, though it was looked for: the topic has lost events. */
class GapPersists extends Error {
  override readonly name = 'GapPersists';

  constructor(topic: string, partition: number, expectedSeq: number, foundSeq: number) {
    super(`${topic} ${String(partition)}: number ${String(expectedSeq)} is missing before ${String(foundSeq)}`);
  }
}

export interface GenerationRunOptions {
  readonly generation: number;
  readonly session: Session;
  readonly messaging: Messaging;
  readonly prefix: string;
  readonly mostParkedStreams: number;
  readonly observer?: ProjectorObserver;
  readonly logger: Logger;
}

/** After these the same records would fail again, or must not be applied at all. */
const isFinal = (error: unknown): boolean =>
  error instanceof GenerationRetired || error instanceof LogReplaced || error instanceof TooManyParkedStreams;

/** Keeps one generation of the views up to date with Kafka, from where it is. */
export class GenerationRun {
  readonly #options: GenerationRunOptions;
  readonly #store: ProjectionStore;
  readonly #subscription: EventSubscription;
  readonly #aggregates: ReadonlyMap<string, Aggregate>;
  /** Gaps seen: the missing number of each partition, and how often it was looked for. */
  readonly #gaps = new Map<string, { readonly expectedSeq: number; readonly times: number }>();

  constructor(options: GenerationRunOptions) {
    this.#options = options;
    this.#store = new ProjectionStore(options.session, options);
    this.#subscription = options.messaging.subscription();
    this.#aggregates = new Map(aggregates.map((aggregate) => [topicOf(options.prefix, aggregate), aggregate]));
  }

  /** Returns when records flow. `onFatal` is called once when they cannot flow further. */
  async start(onFatal: (error: unknown) => void): Promise<void> {
    const { prefix, generation } = this.#options;
    await this.#subscription.start({
      groupId: `${prefix}-projector-g${String(generation)}`,
      topics: eventTopics(prefix),
      fromBeginning: true,
      concurrency: partitionsAtATime,
      placesOf: async (partitions) => this.#placesOf(partitions),
      onBatch: async (topic, partition, records, context) => this.#handle(topic, partition, records, context),
      isTransient: (error) => !isFinal(error),
      onFatal,
    });
  }

  async stop(): Promise<void> {
    await this.#subscription.stop();
  }

  health(): SubscriptionHealth {
    return this.#subscription.health();
  }

  /** Of all partitions: a generation that has seen nothing of one begins with its first record. */
  async #placesOf(partitions: readonly PartitionName[]): Promise<readonly PartitionPlace[]> {
    const { session, generation, prefix } = this.#options;
    const known = new Map(
      (await placesOf(session, generation)).map(({ topic, partition, nextOffset }) => [
        `${topicOf(prefix, topic)} ${String(partition)}`,
        nextOffset,
      ]),
    );
    return partitions.map(({ topic, partition }) => ({
      topic,
      partition,
      offset: known.get(`${topic} ${String(partition)}`) ?? '0',
    }));
  }

  async #handle(
    topic: string,
    partition: number,
    records: readonly IncomingRecord[],
    context: BatchContext,
  ): Promise<{ readonly nextOffset: string }> {
    const aggregate = this.#aggregates.get(topic);
    if (aggregate === undefined) throw new Error(`${topic} is no topic of events`);
    let nextOffset = '0';
    for (let start = 0; start < records.length; start += recordsPerTransaction) {
      const chunk = records.slice(start, start + recordsPerTransaction);
      const outcome = await this.#store.apply({ topic: aggregate, partition, records: chunk });
      if (outcome.applied > 0) passFailpoint('project.committed');
      this.#report(topic, partition, outcome);
      if (outcome.kind === 'gap') {
        this.#lookFor(topic, partition, outcome);
        context.seek(outcome.seekTo);
        return { nextOffset: outcome.seekTo };
      }
      ({ nextOffset } = outcome);
      await context.heartbeat();
    }
    // The group's place was behind ours by more than this batch: all of it was known.
    const last = records.at(-1);
    if (last !== undefined && BigInt(nextOffset) > BigInt(last.offset) + 1n) context.seek(nextOffset);
    return { nextOffset };
  }

  #report(topic: string, partition: number, outcome: BatchOutcome): void {
    this.#options.observer?.handled(outcome);
    if (outcome.parked === 0 && outcome.strangers === 0) return;
    const { parked, strangers } = outcome;
    this.#options.logger.error({ topic, partition, parked, strangers }, 'some events are not shown; see parked_stream');
  }

  /** @throws GapPersists, so that the partition waits and shows as failing; it goes on by itself once the gap is filled */
  #lookFor(topic: string, partition: number, gap: Extract<BatchOutcome, { readonly kind: 'gap' }>): void {
    const key = `${topic} ${String(partition)}`;
    const { expectedSeq, foundSeq, seekTo } = gap;
    const known = this.#gaps.get(key);
    const times = known?.expectedSeq === expectedSeq ? known.times + 1 : 1;
    this.#gaps.set(key, { expectedSeq, times });
    this.#options.logger.warn(
      { topic, partition, expectedSeq, foundSeq, seekTo, times },
      'events are missing, reading again',
    );
    if (times >= gapReadings) throw new GapPersists(topic, partition, expectedSeq, foundSeq);
  }
}
