import { decodeRecord, topicOf, UnreadableRecord } from '@consilium/contracts';
import { aggregates } from '@consilium/domain';
import { compareWithLog, describePartitions } from '@consilium/event-store';
import type { KafkaPartitionEnd, LogReader, LogRelation } from '@consilium/event-store';
import type { EventTopics, IncomingRecord } from '@consilium/messaging';

export type RefusedRelation = Exclude<LogRelation['kind'], 'equal' | 'kafkaBehind'> | 'unreadable';

/** Kafka holds what this log did not write. Publishing would mix two histories for ever; a person must decide. */
export class LogRefused extends Error {
  override readonly name = 'LogRefused';
  readonly relation: RefusedRelation;

  constructor(relation: RefusedRelation, finding: string, options?: ErrorOptions) {
    super(`${finding} Nothing was published. docs/RECOVERY.md says what this means and what to do.`, options);
    this.relation = relation;
  }
}

export interface ResumePoint {
  readonly relation: 'equal' | 'kafkaBehind';
  readonly afterGlobalSeq: number;
}

/**
 * Compares the last record of every partition with our own log.
 * @throws LogRefused, MessagingUnavailable, StoreUnavailable
 */
export async function findResumePoint(topics: EventTopics, log: LogReader, prefix: string): Promise<ResumePoint> {
  const aggregateOfTopic = new Map(aggregates.map((aggregate) => [topicOf(prefix, aggregate), aggregate]));
  const lastRecords = await topics.lastRecords([...aggregateOfTopic.keys()]);
  const ends = lastRecords.flatMap((record): readonly KafkaPartitionEnd[] => {
    const aggregate = aggregateOfTopic.get(record.topic);
    return aggregate === undefined ? [] : [{ ...endOf(record), topic: aggregate }];
  });
  const comparison = await describePartitions(log, ends);
  const relation = compareWithLog(comparison);
  switch (relation.kind) {
    case 'equal':
    case 'kafkaBehind':
      return { relation: relation.kind, afterGlobalSeq: relation.resumeAfterGlobalSeq };
    case 'kafkaAhead': {
      const [first] = relation.partitions;
      throw new LogRefused(
        relation.kind,
        `Kafka has events that the database has lost, in ${relation.partitions.length} partition(s)` +
          (first === undefined
            ? '.'
            : `: ${topicOf(prefix, first.topic)} ${first.partition} is at ${first.kafkaLastSeq}, the database at ${first.ourLastSeq}.`),
      );
    }
    case 'differentLog': {
      const [first] = relation.partitions;
      throw new LogRefused(
        relation.kind,
        `Kafka has the events of another log under the prefix ${prefix}` +
          (first === undefined
            ? '.'
            : `: number ${first.partitionSeq} of ${topicOf(prefix, first.topic)} ${first.partition} is of log ${first.kafkaLogId}, ` +
              `this database's log is ${comparison.logId}.`),
      );
    }
  }
}

function endOf(record: IncomingRecord): Omit<KafkaPartitionEnd, 'topic'> {
  try {
    const { logId, partitionSeq, streamHash } = decodeRecord(record);
    return { partition: record.partition, logId, partitionSeq, streamHash };
  } catch (error) {
    if (!(error instanceof UnreadableRecord)) throw error;
    throw new LogRefused(
      'unreadable',
      `The last record of ${record.topic} ${record.partition} is no event of Consilium: somebody else writes there.`,
      { cause: error },
    );
  }
}
