import { randomUUID } from 'node:crypto';
import type { Admin, Kafka } from 'kafkajs';
import type { PartitionEnds } from '../event-topics.ts';
import { MessagingUnavailable } from '../messaging-errors.ts';
import type { IncomingRecord } from '../records.ts';
import { incomingRecord } from './incoming-record.ts';
import { within } from './kafkajs-errors.ts';

const longestReadMs = 15_000;

/**
 * kafkajs reads only as a member of a group, so this joins one of its own, goes to the last record of each partition,
 * and removes the group again. `partitions` all have records.
 */
export async function readLastRecords(
  kafka: Kafka,
  admin: Admin,
  partitions: readonly PartitionEnds[],
): Promise<readonly IncomingRecord[]> {
  const groupId = `consilium-last-records-${randomUUID()}`;
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: 10_000,
    maxWaitTimeInMs: 50,
    minBytes: 1,
    allowAutoTopicCreation: false,
  });
  const last = new Map<string, IncomingRecord>();
  const isComplete = (): boolean =>
    partitions.every(({ topic, partition, high }) => {
      const record = last.get(`${topic} ${partition}`);
      return record !== undefined && BigInt(record.offset) >= BigInt(high) - 1n;
    });
  try {
    const complete = new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        reject(new MessagingUnavailable('Kafka could not be read', { cause: payload.error }));
      });
      void (async () => {
        try {
          await consumer.connect();
          // From the end: what is read before the seeks below take effect is then nothing, rather than everything.
          await consumer.subscribe({
            topics: [...new Set(partitions.map(({ topic }) => topic))],
            fromBeginning: false,
          });
          await consumer.run({
            autoCommit: false,
            eachBatch: async ({ batch: { topic, partition, messages } }) => {
              const message = messages.at(-1);
              if (message !== undefined) last.set(`${topic} ${partition}`, incomingRecord(topic, partition, message));
              if (isComplete()) resolve();
            },
          });
          for (const { topic, partition, high } of partitions) {
            consumer.seek({ topic, partition, offset: String(BigInt(high) - 1n) });
          }
        } catch (error) {
          reject(error instanceof Error ? error : new Error('reading failed'));
        }
      })();
    });
    await within(longestReadMs, 'read the last records', complete);
    return [...last.values()];
  } finally {
    await consumer.disconnect().catch(() => undefined);
    // A group without members is removed by the broker too, after its retention.
    await admin.deleteGroups([groupId]).catch(() => undefined);
  }
}
