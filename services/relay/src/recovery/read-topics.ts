import { randomUUID } from 'node:crypto';
import type { IncomingRecord, Messaging } from '@consilium/messaging';

/** Hands over everything that is on the topics by now, each partition in the order of its offsets. */
export async function readTopics(
  messaging: Messaging,
  prefix: string,
  names: readonly string[],
  take: (record: IncomingRecord) => void,
): Promise<void> {
  const topics = messaging.topics();
  const ends = await topics.endsOf(names).finally(() => topics.close());
  const places = ends.map(
    ({ topic, partition, low, high }) => [placeOf(topic, partition), BigInt(low), BigInt(high)] as const,
  );
  const missing = new Map(places.filter(([, low, high]) => high > low).map(([place, , high]) => [place, high]));
  const next = new Map(places.map(([place, low]) => [place, low]));
  if (missing.size === 0) return;
  const subscription = messaging.subscription();
  await new Promise<void>((resolve, reject) => {
    subscription
      .start({
        groupId: `${prefix}-recovery-${randomUUID()}`,
        topics: names,
        fromBeginning: true,
        concurrency: 8,
        isTransient: () => false,
        onBatch: async (topic, partition, records) => {
          const place = placeOf(topic, partition);
          for (const record of records) {
            const offset = BigInt(record.offset);
            // A member that joins again may be given records twice.
            if (offset < (next.get(place) ?? 0n)) continue;
            take(record);
            next.set(place, offset + 1n);
          }
          if ((next.get(place) ?? 0n) >= (missing.get(place) ?? 0n)) missing.delete(place);
          if (missing.size === 0) resolve();
          return Promise.resolve({ nextOffset: String(next.get(place) ?? 0n) });
        },
        onFatal: reject,
      })
      .catch(reject);
  }).finally(() => subscription.stop());
}

const placeOf = (topic: string, partition: number): string => `${topic} ${partition}`;
