import type { EventPublisher } from '../event-publisher.ts';
import type { EventSubscription } from '../event-subscription.ts';
import { lagOf } from '../event-topics.ts';
import type { EventTopics, PartitionEnds, PartitionLag, PartitionPosition, TopicSpec } from '../event-topics.ts';
import { InvalidMessagingCall, MessagingUnavailable, PublisherClosed, TopicMismatch } from '../messaging-errors.ts';
import type { Messaging } from '../messaging.ts';
import type { IncomingRecord, OutgoingRecord } from '../records.ts';
import { InMemoryBroker } from './in-memory-broker.ts';
import { InMemorySubscription } from './in-memory-subscription.ts';

/** The twin of Kafka for specs, in one process. It passes the same contract suite. */
export class InMemoryMessaging implements Messaging {
  readonly broker: InMemoryBroker;

  constructor(broker: InMemoryBroker = new InMemoryBroker()) {
    this.broker = broker;
  }

  async publisher(): Promise<EventPublisher> {
    this.broker.check();
    return new InMemoryPublisher(this.broker);
  }

  subscription(): EventSubscription {
    return new InMemorySubscription(this.broker);
  }

  topics(): EventTopics {
    return new InMemoryTopics(this.broker);
  }
}

class InMemoryPublisher implements EventPublisher {
  readonly #broker: InMemoryBroker;
  #sending = false;
  #closed = false;

  constructor(broker: InMemoryBroker) {
    this.#broker = broker;
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    if (this.#closed) throw new PublisherClosed('this publisher was closed');
    if (this.#sending) throw new InvalidMessagingCall('one publish at a time: wait for the last one');
    this.#sending = true;
    try {
      await Promise.resolve();
      this.#broker.check();
      for (const record of records) this.#append(record);
      this.#broker.wake();
    } catch (error) {
      this.#closed = true;
      throw error;
    } finally {
      this.#sending = false;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #append(record: OutgoingRecord): void {
    const partition = this.#broker.topics.get(record.topic)?.[record.partition];
    if (partition === undefined) throw new MessagingUnavailable(`there is no ${record.topic} ${record.partition}`);
    partition.push({ ...record, offset: String(partition.length), timestampMs: Date.now() });
  }
}

class InMemoryTopics implements EventTopics {
  readonly #broker: InMemoryBroker;

  constructor(broker: InMemoryBroker) {
    this.#broker = broker;
  }

  async ensureTopics(specs: readonly TopicSpec[]): Promise<void> {
    this.#broker.check();
    for (const { topic, partitions } of specs) {
      const existing = this.#broker.topics.get(topic);
      if (existing === undefined)
        this.#broker.topics.set(
          topic,
          Array.from({ length: partitions }, () => []),
        );
      else if (existing.length !== partitions) {
        throw new TopicMismatch(topic, `has ${existing.length} partitions and not ${partitions}`);
      }
    }
    this.#broker.wake();
  }

  async endsOf(topics: readonly string[]): Promise<readonly PartitionEnds[]> {
    this.#broker.check();
    return [...topics].sort().flatMap((topic) => {
      const partitions = this.#broker.topics.get(topic);
      if (partitions === undefined) throw new MessagingUnavailable(`there is no ${topic}`);
      return partitions.map((records, partition) => ({ topic, partition, low: '0', high: String(records.length) }));
    });
  }

  async lastRecords(topics: readonly string[]): Promise<readonly IncomingRecord[]> {
    const ends = await this.endsOf(topics);
    return ends.flatMap(({ topic, partition }) => this.#broker.topics.get(topic)?.[partition]?.at(-1) ?? []);
  }

  async partitionLag(
    topics: readonly string[],
    positions: readonly PartitionPosition[],
  ): Promise<readonly PartitionLag[]> {
    return lagOf(await this.endsOf(topics), positions);
  }

  async ping(): Promise<void> {
    this.#broker.check();
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }
}
