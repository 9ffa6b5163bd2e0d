import { randomUUID } from 'node:crypto';
import type { SubscriptionOptions } from '../event-subscription.ts';
import type { Messaging } from '../messaging.ts';
import type { IncomingRecord, OutgoingRecord } from '../records.ts';

export const partitions = 3;

export const someTopic = (): string => `contract.${randomUUID()}.v1`;
export const someGroup = (): string => `contract-${randomUUID()}`;

export const record = (topic: string, partition: number, text: string): OutgoingRecord => ({
  topic,
  partition,
  key: `stream-${partition}`,
  value: Buffer.from(text),
  headers: { ce_id: `id of ${text}`, ce_note: 'ñ' },
});

export const textOf = ({ value }: IncomingRecord): string => Buffer.from(value).toString();

export async function topicOn(messaging: Messaging): Promise<string> {
  const topic = someTopic();
  const topics = messaging.topics();
  await topics.ensureTopics([{ topic, partitions }]);
  await topics.close();
  return topic;
}

export async function publish(messaging: Messaging, records: readonly OutgoingRecord[]): Promise<void> {
  const publisher = await messaging.publisher();
  await publisher.publish(records);
  await publisher.close();
}

/** What a reader got until `enough` said so; anything fatal ends the wait with a failure. */
export interface Reading {
  readonly until: Promise<readonly IncomingRecord[]>;
  stop(): Promise<void>;
}

export type ReadOptions = Pick<SubscriptionOptions, 'groupId' | 'topics' | 'placesOf'> & {
  readonly enough: (got: readonly IncomingRecord[]) => boolean;
  /** Runs first; its answer is taken if it gives one. */
  readonly onBatch?: (
    ...batch: Parameters<SubscriptionOptions['onBatch']>
  ) => { readonly nextOffset: string } | undefined;
};

export async function read(
  messaging: Messaging,
  { groupId, topics, placesOf, enough, onBatch }: ReadOptions,
): Promise<Reading> {
  const subscription = messaging.subscription();
  const got: IncomingRecord[] = [];
  let start: () => void = () => undefined;
  const until = new Promise<readonly IncomingRecord[]>((resolve, reject) => {
    const options: SubscriptionOptions = {
      groupId,
      topics,
      ...(placesOf === undefined ? {} : { placesOf }),
      fromBeginning: true,
      concurrency: 2,
      onFatal: reject,
      onBatch: async (topic, partition, records, context) => {
        await context.heartbeat();
        const answer = onBatch?.(topic, partition, records, context);
        if (answer !== undefined) return answer;
        got.push(...records);
        if (enough(got)) resolve([...got]);
        return { nextOffset: afterAll(records) };
      },
    };
    start = () => void subscription.start(options).catch(reject);
  });
  start();
  return { until, stop: async () => subscription.stop() };
}

export const afterAll = (records: readonly IncomingRecord[]): string =>
  String(BigInt(records.at(-1)?.offset ?? '-1') + 1n);
