import { randomUUID } from 'node:crypto';
import type { IncomingRecord, Messaging } from '@consilium/messaging';
import { pause } from '@consilium/runtime';

const longestSilenceMs = 30_000;

/** Kafka answers, and gives no record that it says to have. */
class KafkaSilent extends Error {
  override readonly name = 'KafkaSilent';
}

export interface ReadTopicsOptions {
  readonly messaging: Messaging;
  readonly topics: readonly string[];
  /** Records of one partition in their order, never two runs of the same partition at a time. */
  readonly onRecords: (topic: string, partition: number, records: readonly IncomingRecord[]) => Promise<void>;
  readonly onProgress: (records: number, of: number) => void;
}

/** Everything on these topics, up to the ends they have now. @throws MessagingUnavailable, KafkaSilent, what `onRecords` throws */
export async function readTopics({ messaging, topics, onRecords, onProgress }: ReadTopicsOptions): Promise<void> {
  const admin = messaging.topics();
  const ends = await admin.endsOf(topics).finally(async () => admin.close());
  const nameOf = (topic: string, partition: number): string => `${topic} ${String(partition)}`;
  const endOf = new Map(ends.map(({ topic, partition, high }) => [nameOf(topic, partition), BigInt(high)]));
  const missing = new Set(
    ends.filter(({ low, high }) => BigInt(high) > BigInt(low)).map(({ topic, partition }) => nameOf(topic, partition)),
  );
  const total = ends.reduce((sum, { low, high }) => sum + Number(BigInt(high) - BigInt(low)), 0);
  const subscription = messaging.subscription();
  const failed = new AbortController();
  let [lastSignMs, records] = [performance.now(), 0];
  const fail = (error: unknown): void => failed.abort(error);
  try {
    if (missing.size > 0) {
      await subscription.start({
        groupId: `consilium-auditor-${randomUUID()}`,
        topics,
        fromBeginning: true,
        concurrency: 8,
        // A failure to write is not one that passes.
        isTransient: () => false,
        onFatal: fail,
        onBatch: async (topic, partition, batch) => {
          const end = endOf.get(nameOf(topic, partition)) ?? 0n;
          const wanted = batch.filter(({ offset }) => BigInt(offset) < end);
          await onRecords(topic, partition, wanted);
          const next = BigInt(batch.at(-1)?.offset ?? '-1') + 1n;
          if (next >= end) missing.delete(nameOf(topic, partition));
          lastSignMs = performance.now();
          records += wanted.length;
          onProgress(Math.min(records, total), total);
          return { nextOffset: String(next) };
        },
      });
    }
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
