import { randomUUID } from 'node:crypto';
import { pause } from '@consilium/runtime';
import type { Messaging } from './messaging.ts';
import type { IncomingRecord } from './records.ts';

const longestSilenceMs = 30_000;

/** Kafka answers, and gives no record that it says to have. */
export class KafkaSilent extends Error {
  override readonly name = 'KafkaSilent';
}

export interface ReadTopicsOptions {
  readonly topics: readonly string[];
  /** First word of the name of the consumer group, which is of this one reading. */
  readonly reader: string;
  /** Records of one partition in the order of their offsets, each once, never two runs of the same partition at a time. */
  readonly onRecords: (topic: string, partition: number, records: readonly IncomingRecord[]) => Promise<void> | void;
  /** How many of how many, after each run. */
  readonly onProgress?: (records: number, of: number) => void;
}

/**
 * Everything on these topics, from the first record to the ends they have now; nothing is held.
 * @throws MessagingUnavailable, KafkaSilent after 30 s without a record, what `onRecords` throws
 */
export async function readTopics(
  messaging: Messaging,
  { topics, reader, onRecords, onProgress }: ReadTopicsOptions,
): Promise<void> {
  const admin = messaging.topics();
  const ends = await admin.endsOf(topics).finally(async () => admin.close());
  const endOf = new Map(ends.map(({ topic, partition, high }) => [nameOf(topic, partition), BigInt(high)]));
  const nextOf = new Map(ends.map(({ topic, partition, low }) => [nameOf(topic, partition), BigInt(low)]));
  const missing = new Set([...endOf.keys()].filter((name) => (endOf.get(name) ?? 0n) > (nextOf.get(name) ?? 0n)));
  if (missing.size === 0) return;
  const total = ends.reduce((sum, { low, high }) => sum + Number(BigInt(high) - BigInt(low)), 0);
  const subscription = messaging.subscription();
  const failed = new AbortController();
  let [lastSignMs, records] = [performance.now(), 0];
  try {
    await subscription.start({
      groupId: `${reader}-${randomUUID()}`,
      topics,
      fromBeginning: true,
      concurrency: 8,
      // Whoever reads once has no state that a second attempt could go by.
      isTransient: () => false,
      onFatal: (error) => failed.abort(error),
      onBatch: async (topic, partition, batch) => {
        const name = nameOf(topic, partition);
        const [from, end] = [nextOf.get(name) ?? 0n, endOf.get(name) ?? 0n];
        // A member that joins again may be given records twice.
        const fresh = batch.filter(({ offset }) => BigInt(offset) >= from && BigInt(offset) < end);
        if (fresh.length > 0) await onRecords(topic, partition, fresh);
        const after = BigInt(batch.at(-1)?.offset ?? '-1') + 1n;
        nextOf.set(name, after > from ? after : from);
        if (after >= end) missing.delete(name);
        lastSignMs = performance.now();
        records += fresh.length;
        onProgress?.(records, total);
        return { nextOffset: String(after) };
      },
    });
    while (missing.size > 0) {
      failed.signal.throwIfAborted();
      if (performance.now() - lastSignMs > longestSilenceMs) {
        throw new KafkaSilent(`Kafka gives no record of ${[...missing][0] ?? ''}`);
      }
      await pause(20, failed.signal);
    }
  } finally {
    await subscription.stop();
  }
}

const nameOf = (topic: string, partition: number): string => `${topic} ${String(partition)}`;
