import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  JournalDigests,
  Problems,
  proveKafka,
  verifyKafka,
  type VerifyKafkaOptions,
  verifySnapshot,
} from '@consilium/auditor';
import { defaultTopicPrefix, eventTopics, partitionsPerTopic, topicOf } from '@consilium/contracts';
import { eventStoreMigrations, type JournalCounters, PostgresJournalAudit } from '@consilium/event-store';
import type { OutgoingRecord } from '@consilium/messaging';
import { InMemoryMessaging } from '@consilium/messaging/testing';
import { Database } from '@consilium/postgres';
import { createTestDatabase, type TestDatabase } from '@consilium/postgres/testing';
import { readModelMigrations } from '@consilium/read-model';
import { buildExamHistory } from './exam-history.ts';

/** The newest events are not published yet, be it that Kafka has them already. */
const published = 490;

let database: TestDatabase;
let owner: Database;
let counters: JournalCounters;
let records: readonly OutgoingRecord[];

beforeAll(async () => {
  database = await createTestDatabase({
    migrations: [...(await eventStoreMigrations()), ...(await readModelMigrations())],
  });
  owner = new Database({ url: database.url, applicationName: 'tampering-spec', poolSize: 2 });
  const history = await buildExamHistory(database.url);
  await owner.execute({ text: 'UPDATE journal.relay SET published_global_seq = $1', values: [published] });
  counters = await new PostgresJournalAudit(owner).counters();
  records = history.records.flatMap(({ topic, partition, records: ofPartition }) =>
    ofPartition.map(({ key, value, headers }) => ({
      topic: topicOf(defaultTopicPrefix, topic),
      partition,
      key,
      value,
      headers,
    })),
  );
});

afterAll(async () => {
  await owner.close();
  await database.drop();
});

interface Verified {
  /** By the quick proof. */
  readonly isProved: boolean;
  /** What the comparison names. */
  readonly codes: readonly string[];
}

async function verify(found: readonly OutgoingRecord[]): Promise<Verified> {
  const audit = new PostgresJournalAudit(owner);
  const options: Omit<VerifyKafkaOptions, 'report'> = {
    audit,
    counters,
    messaging: await messagingWith(found),
    prefix: defaultTopicPrefix,
    onProgress: () => undefined,
  };
  const problems = new Problems();
  const digests = new JournalDigests(counters, defaultTopicPrefix);
  await verifySnapshot({
    snapshot: owner,
    otherHeads: [],
    keys: [],
    report: problems.report,
    onProgress: () => undefined,
    onEvent: (event, envelope) => digests.add(event, envelope),
  });
  expect(problems.kept).toEqual([]);
  const proved = await proveKafka(options);
  await verifyKafka({ ...options, report: problems.report });
  return {
    isProved: proved !== undefined && digests.areThoseOf(proved),
    codes: problems.kept.map(({ code }) => code),
  };
}

async function messagingWith(found: readonly OutgoingRecord[]): Promise<InMemoryMessaging> {
  const messaging = new InMemoryMessaging();
  const topics = messaging.topics();
  await topics.ensureTopics(
    eventTopics(defaultTopicPrefix).map((topic) => ({ topic, partitions: partitionsPerTopic })),
  );
  await topics.close();
  const publisher = await messaging.publisher();
  await publisher.publish(found);
  await publisher.close();
  return messaging;
}

const seqOf = ({ headers }: OutgoingRecord): number => Number(headers['ce_globalseq']);
const first = (): number => 100;
const lastPublished = (): number => records.findIndex((record) => seqOf(record) === published);
const firstUnpublished = (): number => records.findIndex((record) => seqOf(record) > published);

/** All records, with other ones in the place of one. */
const instead = (
  place: () => number,
  change: (record: OutgoingRecord) => readonly OutgoingRecord[],
): readonly OutgoingRecord[] => records.flatMap((record, index) => (index === place() ? change(record) : [record]));

const withHeaders = (record: OutgoingRecord, headers: Readonly<Record<string, string>>): OutgoingRecord => ({
  ...record,
  headers: { ...record.headers, ...headers },
});
const withValue = (record: OutgoingRecord, value: Uint8Array): OutgoingRecord => ({ ...record, value });
const otherType = { ce_type: 'consilium.case.other.v1' };

describe('Kafka beside the journal', () => {
  it('is proved where each record is what the relay writes', async () => {
    expect(await verify(records)).toEqual({ isProved: true, codes: [] });
  });

  it('is proved where a relay that took over has sent some again', async () => {
    const again = records.filter((record) => seqOf(record) > 400);
    expect(await verify([...records, ...again])).toEqual({ isProved: true, codes: [] });
  });

  it('is proved where what is not published yet is not there', async () => {
    const rest = records.filter((record) => seqOf(record) <= published);
    expect(rest.length).toBeLessThan(records.length);
    expect(await verify(rest)).toEqual({ isProved: true, codes: [] });
  });

  it.each<[string, string, () => readonly OutgoingRecord[]]>([
    ['RECORD_DIFFERS', 'a key', () => instead(first, (record) => [{ ...record, key: `${record.key}0` }])],
    [
      'RECORD_DIFFERS',
      'a byte of a value',
      () => instead(first, (record) => [withValue(record, Buffer.from(record.value).fill(32, 5, 6))]),
    ],
    [
      'RECORD_DIFFERS',
      'a longer value',
      () => instead(first, (record) => [withValue(record, Buffer.concat([record.value, Buffer.of(32)]))]),
    ],
    [
      'RECORD_DIFFERS',
      'a header',
      () => instead(first, (record) => [withHeaders(record, { ce_time: '2020-01-01T00:00:00.000Z' })]),
    ],
    ['RECORD_DIFFERS', 'a header more', () => instead(first, (record) => [withHeaders(record, { other: '' })])],
    [
      'RECORD_DIFFERS',
      'a header swallowed by the one before',
      () =>
        instead(first, (record) => {
          const { ce_subject = '', ce_partitionkey = '', ...others } = record.headers;
          const headers = Object.entries(record.headers).flatMap(([name, value]) => {
            if (name === 'ce_partitionkey') return [];
            return [[name, name === 'ce_subject' ? `${ce_subject}ce_partitionkey${ce_partitionkey}` : value]];
          });
          expect(headers).toHaveLength(Object.keys(others).length + 1);
          return [{ ...record, headers: Object.fromEntries(headers) as Record<string, string> }];
        }),
    ],
    [
      'RECORD_DIFFERS',
      'a number of what is not published yet',
      () => instead(first, (record) => [withHeaders(record, { ce_globalseq: String(published + 9) })]),
    ],
    [
      'RECORD_DIFFERS',
      'one that comes again as another',
      () => instead(first, (record) => [record, withHeaders(record, otherType)]),
    ],
    [
      'RECORD_DIFFERS',
      'one that is not published yet',
      () => instead(firstUnpublished, (record) => [withHeaders(record, otherType)]),
    ],
    ['RECORD_UNREADABLE', 'a stranger', () => instead(first, (record) => [record, { ...record, headers: {} }])],
    ['RECORD_MISSING', 'one left out', () => instead(first, () => [])],
    ['RECORD_MISSING', 'the last one published left out', () => instead(lastPublished, () => [])],
    [
      'NOT_IN_JOURNAL',
      'one more than the journal has',
      () => {
        const last = records.at(-1);
        if (last === undefined) throw new Error('there are records');
        const next = String(Number(last.headers['ce_partitionseq']) + 1);
        return [...records, withHeaders(last, { ce_partitionseq: next, ce_globalseq: String(records.length + 1) })];
      },
    ],
  ])('is not proved, and %s is named, with %s', async (code, _what, tampered) => {
    const { isProved, codes } = await verify(tampered());
    expect(codes).toContain(code);
    expect(isProved).toBe(false);
  });
});
