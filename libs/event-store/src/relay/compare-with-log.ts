import type { Aggregate } from '@consilium/domain';

/** What is last on one (topic, partition) of Kafka, as its headers say. */
export interface KafkaEnd {
  readonly logId: string;
  readonly partitionSeq: number;
  readonly streamHash: Uint8Array;
}

/** One (topic, partition) that has records in our log, on Kafka, or in both. */
export interface PartitionComparison {
  readonly topic: Aggregate;
  readonly partition: number;
  /** Number of the last record in our log; 0 for none. */
  readonly ourLastSeq: number;
  /** Undefined where the partition is empty. */
  readonly kafka: KafkaEnd | undefined;
  /** Our own record under the number that is last on Kafka; undefined where we have none. */
  readonly ourRecordThere: { readonly streamHash: Uint8Array } | undefined;
  /** Our record after the last on Kafka, the first that is missing there; undefined where none is. */
  readonly firstMissing: { readonly globalSeq: number } | undefined;
}

export interface LogComparison {
  readonly logId: string;
  readonly lastGlobalSeq: number;
  readonly partitions: readonly PartitionComparison[];
}

export interface PartitionName {
  readonly topic: Aggregate;
  readonly partition: number;
}

export type LogRelation =
  /** Kafka holds the whole log: publish what comes after it. */
  | { readonly kind: 'equal'; readonly resumeAfterGlobalSeq: number }
  /**
   * Kafka misses the end of some partitions: publish again from there. Partitions that miss less get records twice, which
   * their readers know by the number.
   */
  | { readonly kind: 'kafkaBehind'; readonly resumeAfterGlobalSeq: number }
  /** Kafka has records of this log that the database has lost, as after a restored backup: refuse to publish. */
  | {
      readonly kind: 'kafkaAhead';
      readonly partitions: readonly (PartitionName & { readonly ourLastSeq: number; readonly kafkaLastSeq: number })[];
    }
  /** Kafka has records of another log, or others under the same numbers: refuse to publish. */
  | {
      readonly kind: 'differentLog';
      readonly partitions: readonly (PartitionName & { readonly kafkaLogId: string; readonly partitionSeq: number })[];
    };

/**
 * Says how what is on Kafka relates to our log, from the last record of every partition. The gravest finding decides:
 * different, ahead, behind, equal.
 */
export function compareWithLog({ logId, lastGlobalSeq, partitions }: LogComparison): LogRelation {
  const different = partitions.flatMap(({ topic, partition, kafka, ourRecordThere }) =>
    kafka !== undefined && isOfAnotherLog(logId, kafka, ourRecordThere)
      ? [{ topic, partition, kafkaLogId: kafka.logId, partitionSeq: kafka.partitionSeq }]
      : [],
  );
  if (different.length > 0) return { kind: 'differentLog', partitions: different };

  const ahead = partitions.flatMap(({ topic, partition, kafka, ourLastSeq }) =>
    kafka !== undefined && kafka.partitionSeq > ourLastSeq
      ? [{ topic, partition, ourLastSeq, kafkaLastSeq: kafka.partitionSeq }]
      : [],
  );
  if (ahead.length > 0) return { kind: 'kafkaAhead', partitions: ahead };

  const missing = partitions.flatMap(({ firstMissing }) =>
    firstMissing === undefined ? [] : [firstMissing.globalSeq],
  );
  return missing.length > 0
    ? { kind: 'kafkaBehind', resumeAfterGlobalSeq: Math.min(...missing) - 1 }
    : { kind: 'equal', resumeAfterGlobalSeq: lastGlobalSeq };
}

function isOfAnotherLog(
  logId: string,
  kafka: KafkaEnd,
  ourRecordThere: PartitionComparison['ourRecordThere'],
): boolean {
  if (kafka.logId !== logId) return true;
  return ourRecordThere !== undefined && Buffer.compare(ourRecordThere.streamHash, kafka.streamHash) !== 0;
}
