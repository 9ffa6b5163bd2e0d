import { eventTopics } from '@consilium/contracts';
import { connectKafka, readTopics } from '@consilium/messaging';
import type { IncomingRecord } from '@consilium/messaging';
import { createLogger } from '@consilium/runtime';

/** Everything on the event topics of an installation up to now, each partition in the order of its offsets. */
export async function readKafka(kafkaBrokers: string, topicPrefix: string): Promise<readonly IncomingRecord[]> {
  const records: IncomingRecord[] = [];
  await streamKafka(kafkaBrokers, topicPrefix, eventTopics(topicPrefix), (_topic, _partition, batch) => {
    records.push(...batch);
  });
  return records.sort(
    (one, other) =>
      one.topic.localeCompare(other.topic) ||
      one.partition - other.partition ||
      Number(BigInt(one.offset) - BigInt(other.offset)),
  );
}

/** Hands over everything that is on the topics by now, each partition in the order of its offsets and each record once. */
export async function streamKafka(
  kafkaBrokers: string,
  topicPrefix: string,
  topics: readonly string[],
  take: (topic: string, partition: number, records: readonly IncomingRecord[]) => Promise<void> | void,
): Promise<void> {
  const logger = createLogger({ service: 'tests', level: 'error' });
  const messaging = connectKafka({ brokers: kafkaBrokers.split(','), clientId: 'consilium-tests', logger });
  await readTopics(messaging, { topics, reader: `${topicPrefix}-tests`, onRecords: take });
}
