import { Partitioners } from 'kafkajs';
import type { Kafka, Message, Producer } from 'kafkajs';
import type { EventPublisher } from '../event-publisher.ts';
import { InvalidMessagingCall, MessagingUnavailable, PublisherClosed } from '../messaging-errors.ts';
import type { OutgoingRecord } from '../records.ts';
import { splitSends } from '../split-sends.ts';
import { isPassing, messagingError, within } from './kafkajs-errors.ts';

const allReplicas = -1;
/** The broker's wait for its replicas; the client's own limit for a request is longer. */
const replicasTimeoutMs = 8_000;
const longestSendMs = 30_000;
const longestConnectMs = 15_000;
const retry = { initialRetryTime: 50, maxRetryTime: 1_000, retries: 2, factor: 0.2, multiplier: 2 };

/**
 * Not kafkajs's idempotent producer: when a response is lost it gives the numbers of that send to the next one, which
 * the broker then acknowledges and drops. Repeats are known by the numbers inside the records instead, and a producer
 * with a send of unknown fate is thrown away.
 */
export class KafkaPublisher implements EventPublisher {
  readonly #producer: Producer;
  #sending = false;
  #closed: Promise<void> | undefined;
  #abandon: (error: Error) => void = () => undefined;
  readonly #abandoned: Promise<never>;

  private constructor(producer: Producer) {
    this.#producer = producer;
    this.#abandoned = new Promise<never>((_resolve, reject) => {
      this.#abandon = reject;
    });
    this.#abandoned.catch(() => undefined);
  }

  static async connect(kafka: Kafka): Promise<KafkaPublisher> {
    const producer = kafka.producer({
      idempotent: false,
      allowAutoTopicCreation: false,
      maxInFlightRequests: 1,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry,
    });
    const publisher = new KafkaPublisher(producer);
    try {
      await within(longestConnectMs, 'connect a producer', producer.connect());
      return publisher;
    } catch (error) {
      void publisher.close();
      throw error instanceof MessagingUnavailable ? error : messagingError('connect a producer', error);
    }
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    if (this.#closed !== undefined) throw new PublisherClosed('this publisher was closed');
    if (this.#sending) throw new InvalidMessagingCall('one publish at a time: wait for the last one');
    this.#sending = true;
    try {
      for (const send of splitSends(records)) await this.#send(send);
    } catch (error) {
      void this.close();
      if (error instanceof MessagingUnavailable || error instanceof PublisherClosed) throw error;
      // A producer that was disconnected under a send fails in many ways.
      throw isPassing(error)
        ? messagingError('publish', error)
        : new InvalidMessagingCall('Kafka refused records', { cause: error });
    } finally {
      this.#sending = false;
    }
  }

  async close(): Promise<void> {
    this.#abandon(new PublisherClosed('the publisher was closed under a send'));
    this.#closed ??= this.#producer.disconnect().catch(() => undefined);
    return this.#closed;
  }

  async #send(records: readonly OutgoingRecord[]): Promise<void> {
    const send = this.#producer.sendBatch({
      acks: allReplicas,
      timeout: replicasTimeoutMs,
      topicMessages: [...Map.groupBy(records, ({ topic }) => topic)].map(([topic, ofTopic]) => ({
        topic,
        messages: ofTopic.map(messageOf),
      })),
    });
    // Left alone when another promise of the race comes first; its failure is then nobody's.
    send.catch(() => undefined);
    await within(longestSendMs, 'publish', Promise.race([send, this.#abandoned]));
  }
}

const messageOf = ({ partition, key, value, headers }: OutgoingRecord): Message => ({
  partition,
  key,
  value: Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  headers: { ...headers },
});
