import { randomUUID } from 'node:crypto';
import { eventTopics } from '@consilium/contracts';
import { connectKafka } from '@consilium/messaging';
import type { IncomingRecord } from '@consilium/messaging';
import { createLogger } from '@consilium/runtime';

/** Everything on the event topics of an installation up to now, each partition in the order of its offsets. */
export async function readKafka(kafkaBrokers: string, topicPrefix: string): Promise<readonly IncomingRecord[]> {
  const logger = createLogger({ service: 'tests', level: 'error' });
  const messaging = connectKafka({ brokers: kafkaBrokers.split(','), clientId: 'consilium-tests', logger });
  const topics = eventTopics(topicPrefix);
  const admin = messaging.topics();
  const ends = await admin.endsOf(topics).finally(() => admin.close());
  const wanted = new Map(ends.map(({ topic, partition, high }) => [`${topic} ${partition}`, BigInt(high)]));
  const missing = new Set(ends.filter(({ low, high }) => BigInt(high) > BigInt(low)).map(placeOf));
  const records = new Map<string, IncomingRecord>();
  const subscription = messaging.subscription();
  await new Promise<void>((resolve, reject) => {
    if (missing.size === 0) {
      resolve();
      return;
    }
    subscription
      .start({
        groupId: `${topicPrefix}-reader-${randomUUID()}`,
        topics,
        fromBeginning: true,
        concurrency: 8,
        onBatch: async (topic, partition, batch) => {
          const place = placeOf({ topic, partition });
          const end = wanted.get(place) ?? 0n;
          for (const record of batch) {
            // A redelivery to this reader is the same record: its offset names it.
            if (BigInt(record.offset) < end) records.set(`${place} ${record.offset}`, record);
          }
          const next = BigInt(batch.at(-1)?.offset ?? '-1') + 1n;
          if (next >= end) missing.delete(place);
          if (missing.size === 0) resolve();
          return { nextOffset: String(next) };
        },
        onFatal: reject,
      })
      .catch(reject);
  }).finally(() => subscription.stop());
  return [...records.values()].sort(
    (one, other) =>
      one.topic.localeCompare(other.topic) ||
      one.partition - other.partition ||
      Number(BigInt(one.offset) - BigInt(other.offset)),
  );
}

const placeOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic} ${partition}`;
