import { randomUUID } from 'node:crypto';
import { eventTopics } from '@consilium/contracts';
import { connectKafka } from '@consilium/messaging';
import type { IncomingRecord } from '@consilium/messaging';
import { createLogger } from '@consilium/runtime';

/** Everything on the event topics of an installation up to now, each partition in the order of its offsets. */
export async function readKafka(kafkaBrokers: string, topicPrefix: string): Promise<readonly IncomingRecord[]> {
  const records = new Map<string, IncomingRecord>();
  await streamKafka(kafkaBrokers, topicPrefix, eventTopics(topicPrefix), (topic, partition, batch) => {
    // A redelivery to this reader is the same record: its offset names it.
    for (const record of batch) records.set(`${placeOf({ topic, partition })} ${record.offset}`, record);
    return Promise.resolve();
  });
  return [...records.values()].sort(
    (one, other) =>
      one.topic.localeCompare(other.topic) ||
      one.partition - other.partition ||
      Number(BigInt(one.offset) - BigInt(other.offset)),
  );
}

/**
 * Hands over everything that is on the topics by now, each partition in the order of its offsets and one batch after the
 * other; no record is held. Nothing is handed over twice: what is delivered again is dropped by its offset.
 */
export async function streamKafka(
  kafkaBrokers: string,
  topicPrefix: string,
  topics: readonly string[],
  take: (topic: string, partition: number, records: readonly IncomingRecord[]) => Promise<void>,
): Promise<void> {
  const logger = createLogger({ service: 'tests', level: 'error' });
  const messaging = connectKafka({ brokers: kafkaBrokers.split(','), clientId: 'consilium-tests', logger });
  const admin = messaging.topics();
  const ends = await admin.endsOf(topics).finally(() => admin.close());
  const wanted = new Map(ends.map(({ topic, partition, high }) => [placeOf({ topic, partition }), BigInt(high)]));
  const missing = new Set(ends.filter(({ low, high }) => BigInt(high) > BigInt(low)).map(placeOf));
  const next = new Map<string, bigint>();
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
        isTransient: () => false,
        onBatch: async (topic, partition, batch) => {
          const place = placeOf({ topic, partition });
          const end = wanted.get(place) ?? 0n;
          const from = next.get(place) ?? 0n;
          const fresh = batch.filter(({ offset }) => BigInt(offset) >= from && BigInt(offset) < end);
          if (fresh.length > 0) await take(topic, partition, fresh);
          const after = BigInt(batch.at(-1)?.offset ?? '-1') + 1n;
          next.set(place, after > from ? after : from);
          if (after >= end) missing.delete(place);
          if (missing.size === 0) resolve();
          return { nextOffset: String(after) };
        },
        onFatal: reject,
      })
      .catch(reject);
  }).finally(() => subscription.stop());
}

const placeOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic} ${partition}`;
