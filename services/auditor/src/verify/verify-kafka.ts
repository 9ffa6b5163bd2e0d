import { aggregates } from '@consilium/domain';
import type { Aggregate, StreamId } from '@consilium/domain';
import { encodeRecord, eventTopics, placeOfRecord, topicOf } from '@consilium/contracts';
import type { AuditedRow, JournalAudit, JournalCounters } from '@consilium/event-store';
import { readTopics } from '@consilium/messaging';
import type { IncomingRecord, Messaging } from '@consilium/messaging';
import type { ReportProblem } from '../history/history-source.ts';

export interface VerifyKafkaOptions {
  readonly audit: JournalAudit;
  /** As they were before the journal was read. */
  readonly counters: JournalCounters;
  readonly messaging: Messaging;
  readonly prefix: string;
  readonly report: ReportProblem;
  readonly onProgress: (records: number, of: number) => void;
}

export interface PartitionPlace {
  readonly topic: Aggregate;
  readonly partition: number;
  nextSeq: number;
}

const rowsPerRead = 500;

/**
 * Every record on Kafka beside the row of the journal that has its place: key, value and all headers must be what the relay
 * would write. In constant memory. @returns how many records were compared
 */
export async function verifyKafka(options: VerifyKafkaOptions): Promise<number> {
  const { messaging, prefix, onProgress } = options;
  const partitions = new Map<string, PartitionPlace>();
  let records = 0;
  await readTopics(messaging, {
    topics: eventTopics(prefix),
    reader: 'consilium-auditor',
    onProgress,
    onRecords: async (topic, partition, found) => {
      const aggregate = aggregates.find((name) => topicOf(prefix, name) === topic);
      if (aggregate === undefined) return;
      const name = `${aggregate} ${String(partition)}`;
      const place = partitions.get(name) ?? { topic: aggregate, partition, nextSeq: 1 };
      partitions.set(name, place);
      await compareRecords(options, place, found);
      records += found.length;
    },
  });
  await reportMissing(options, partitions);
  return records;
}

/** Records of one partition beside the rows of the journal; `place` goes on with them. */
export async function compareRecords(
  options: VerifyKafkaOptions,
  place: PartitionPlace,
  records: readonly IncomingRecord[],
): Promise<void> {
  for (let from = 0; from < records.length; from += rowsPerRead) {
    await compare(options, place, records.slice(from, from + rowsPerRead));
  }
}

async function compare(
  { audit, counters, prefix, report }: VerifyKafkaOptions,
  place: PartitionPlace,
  records: readonly IncomingRecord[],
): Promise<void> {
  const numbers = records.map(numberOf);
  const known = numbers.filter((number) => number !== undefined);
  const first = known.reduce((least, number) => Math.min(least, number), Infinity);
  const rows = new Map<number, AuditedRow>();
  if (known.length > 0) {
    const read = await audit.partitionAfter(place.topic, place.partition, first - 1, 2 * rowsPerRead);
    for (const row of read) rows.set(row.partitionSeq, row);
  }
  for (const [index, record] of records.entries()) {
    const number = numbers[index];
    const problem = (code: string, message: string): void =>
      report({
        where: 'kafka',
        code,
        subject: `${record.topic} ${String(record.partition)} offset ${record.offset}`,
        message,
      });
    if (number === undefined) {
      problem('RECORD_UNREADABLE', 'it is no event of this log');
      continue;
    }
    if (number > place.nextSeq) {
      problem('RECORD_MISSING', `number ${String(place.nextSeq)} is missing before ${String(number)}`);
    }
    // A relay that took over may have sent some again.
    place.nextSeq = Math.max(place.nextSeq, number + 1);
    const row = rows.get(number) ?? (await audit.partitionAfter(place.topic, place.partition, number - 1, 1))[0];
    if (row?.partitionSeq !== number) problem('NOT_IN_JOURNAL', `the journal has no number ${String(number)} there`);
    else if (!isRecordOf(row, record, prefix, counters.logId ?? '')) {
      problem('RECORD_DIFFERS', `it is not event ${String(row.globalSeq)} as the journal has it`);
    }
  }
}

function numberOf(record: IncomingRecord): number | undefined {
  try {
    return placeOfRecord(record).partitionSeq;
  } catch {
    return undefined;
  }
}

function isRecordOf(row: AuditedRow, record: IncomingRecord, prefix: string, logId: string): boolean {
  const { event, topic, partition, partitionSeq, globalSeq, streamId } = row;
  const aggregate = aggregates.find((name) => name === topic);
  if (event === undefined || aggregate === undefined) return false;
  try {
    const { metaBytes, payloadBytes, salt, streamHash, type } = event;
    const placed = { topic: aggregate, partition, partitionSeq, globalSeq, streamId: streamId as StreamId, type };
    const expected = encodeRecord({ ...placed, metaBytes, payloadBytes, salt, streamHash }, prefix, logId);
    return (
      expected.key === record.key &&
      Buffer.compare(expected.value, record.value) === 0 &&
      Object.keys(expected.headers).length === Object.keys(record.headers).length &&
      Object.entries(expected.headers).every(([name, value]) => record.headers[name] === value)
    );
  } catch {
    return false;
  }
}

/** What the relay says to have published and Kafka does not have: the end of a partition, or all of it. */
export async function reportMissing(
  { audit, counters, report }: VerifyKafkaOptions,
  found: ReadonlyMap<string, PartitionPlace>,
): Promise<void> {
  for (const { topic, partition } of counters.partitions) {
    const nextSeq = found.get(`${topic} ${String(partition)}`)?.nextSeq ?? 1;
    const [row] = await audit.partitionAfter(topic, partition, nextSeq - 1, 1);
    if (row === undefined || row.globalSeq > counters.publishedGlobalSeq) continue;
    report({
      where: 'kafka',
      code: 'RECORD_MISSING',
      subject: `${topic} ${String(partition)}`,
      message: `it ends before number ${String(row.partitionSeq)}, event ${String(row.globalSeq)}, which was published`,
    });
  }
}
