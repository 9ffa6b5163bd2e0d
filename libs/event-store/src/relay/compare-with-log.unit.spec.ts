import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Aggregate, Instant, OrganisationId, StreamId } from '@consilium/domain';
import { routeOf } from '@consilium/contracts';
import { appendNext, newCaseStream, newOrganisation, sequenceAll } from '../contract/journal-fixture.spec.ts';
import { InMemoryEventStore } from '../in-memory/in-memory-event-store.ts';
import type { LoggedEvent } from '../log-reader.ts';
import { compareWithLog } from './compare-with-log.ts';
import type { LogRelation } from './compare-with-log.ts';
import { describePartitions } from './describe-partitions.ts';
import type { KafkaPartitionEnd } from './describe-partitions.ts';

const newStore = (): InMemoryEventStore => new InMemoryEventStore({ now: () => 0 as Instant });

/** Kafka as a list of published records; the last of each partition is what the relay finds there. */
function endsOf(logId: string, published: readonly LoggedEvent[]): readonly KafkaPartitionEnd[] {
  const ends = published.map(({ topic, partition, partitionSeq, streamHash }): [string, KafkaPartitionEnd] => [
    `${topic} ${partition}`,
    { topic, partition, partitionSeq, streamHash, logId },
  ]);
  return [...new Map(ends).values()];
}

async function fill(
  store: InMemoryEventStore,
  organisation: OrganisationId,
  streams: readonly StreamId[],
): Promise<void> {
  for (const streamId of streams) await appendNext(store, organisation, streamId);
  await sequenceAll({ store, sequencer: store.log, log: store.log, lease: store.log, seals: store.log.seals });
}

describe('compareWithLog', () => {
  const organisation = newOrganisation();
  const streams = Array.from({ length: 10 }, () => newCaseStream());
  let store: InMemoryEventStore;
  let all: readonly LoggedEvent[];
  let logId: string;

  beforeEach(async () => {
    store = newStore();
    await fill(store, organisation, [...streams, ...streams, ...streams]);
    all = await store.log.readAfter(0, 1_000);
    logId = await store.log.logId();
  });

  const compare = async (kafka: readonly KafkaPartitionEnd[]): Promise<LogRelation> =>
    compareWithLog(await describePartitions(store.log, kafka));

  it('finds an empty log equal to an empty Kafka', async () => {
    const empty = newStore();
    const comparison = await describePartitions(empty.log, []);
    expect(compareWithLog(comparison)).toEqual({ kind: 'equal', resumeAfterGlobalSeq: 0 });
  });

  it('finds Kafka equal when it ends where the log ends', async () => {
    expect(await compare(endsOf(logId, all))).toEqual({ kind: 'equal', resumeAfterGlobalSeq: 30 });
  });

  it('finds Kafka behind by whatever of the log it misses, and resumes right after what it holds', async () => {
    for (let published = 0; published < 30; published += 1) {
      const relation = await compare(endsOf(logId, all.slice(0, published)));
      expect(relation).toEqual({ kind: 'kafkaBehind', resumeAfterGlobalSeq: published });
    }
  });

  it('resumes before the first record that any partition misses, however far the others are', async () => {
    const { topic, partition } = routeOf(streams[0] ?? newCaseStream());
    const isSlow = (event: LoggedEvent): boolean => event.topic === topic && event.partition === partition;
    const slow = all.filter(isSlow);
    const published = all.filter((event) => !isSlow(event) || event === slow[0]);
    const missing = slow[1]?.globalSeq ?? 0;
    expect(await compare(endsOf(logId, published))).toEqual({
      kind: 'kafkaBehind',
      resumeAfterGlobalSeq: missing - 1,
    });
  });

  it('finds Kafka ahead when the database lost the end of its log, as after a restored backup', async () => {
    const last = all.at(-1);
    if (last === undefined) throw new Error('the log is empty');
    const { topic, partition, partitionSeq } = last;
    const lost = { topic, partition, logId, partitionSeq: partitionSeq + 1, streamHash: new Uint8Array(32) };
    const others = endsOf(logId, all).filter((end) => !(end.topic === topic && end.partition === partition));
    expect(await compare([...others, lost])).toEqual({
      kind: 'kafkaAhead',
      partitions: [{ topic, partition, ourLastSeq: partitionSeq, kafkaLastSeq: partitionSeq + 1 }],
    });
  });

  it('finds Kafka ahead when the database is empty and Kafka is not', async () => {
    const empty = newStore();
    const kafka = endsOf(await empty.log.logId(), all.slice(0, 1));
    expect(compareWithLog(await describePartitions(empty.log, kafka)).kind).toBe('kafkaAhead');
  });

  it('finds another log when its name differs, wherever it ends', async () => {
    const other = 'another log';
    for (const published of [1, 30]) {
      const relation = await compare(endsOf(other, all.slice(0, published)));
      expect(relation).toMatchObject({ kind: 'differentLog' });
    }
    const [first] = endsOf(logId, all);
    const foreign = { topic: 'release' as Aggregate, partition: 3, partitionSeq: 1, streamHash: new Uint8Array(32) };
    expect(await compare([...(first === undefined ? [] : [first]), { ...foreign, logId: other }])).toEqual({
      kind: 'differentLog',
      partitions: [{ topic: 'release', partition: 3, kafkaLogId: other, partitionSeq: 1 }],
    });
  });

  it('finds another log when the same number holds another event: restored, and written anew', async () => {
    const [first, ...rest] = endsOf(logId, all);
    if (first === undefined) throw new Error('the log is empty');
    const changed = { ...first, streamHash: Buffer.alloc(32, 1) };
    expect(await compare([changed, ...rest])).toMatchObject({
      kind: 'differentLog',
      partitions: [{ kafkaLogId: logId }],
    });
  });
});
