import type { IncomingRecord, PartitionName } from './records.ts';

export interface TopicSpec {
  readonly topic: string;
  /** For ever: another number would move keys to other partitions. */
  readonly partitions: number;
}

export interface TopicDurability {
  /** Copies of every partition. @default 1 */
  readonly replicationFactor?: number;
  /** Copies that must have a record before it is acknowledged. @default 1 */
  readonly minInsyncReplicas?: number;
}

export interface PartitionEnds extends PartitionName {
  /** Offset of the oldest record kept; equal to `high` in an empty partition. */
  readonly low: string;
  /** Offset that the next record will get. */
  readonly high: string;
}

export interface PartitionPosition extends PartitionName {
  readonly nextOffset: string;
}

export interface PartitionLag extends PartitionName {
  /** Records that are there and not yet read. */
  readonly lag: number;
}

/** Every call throws MessagingUnavailable when the brokers do not answer. */
export interface EventTopics {
  /**
   * Makes the topics that are missing, kept for ever and never compacted, and checks the others. Those it made take records
   * when it returns.
   * @throws TopicMismatch where one exists with other partitions or would lose records
   */
  ensureTopics(specs: readonly TopicSpec[], durability?: TopicDurability): Promise<void>;
  endsOf(topics: readonly string[]): Promise<readonly PartitionEnds[]>;
  /** The last record of every partition that has any. For the start of a process: it may take seconds. */
  lastRecords(topics: readonly string[]): Promise<readonly IncomingRecord[]>;
  /** For every partition of the topics; one without a position has read nothing. */
  partitionLag(topics: readonly string[], positions: readonly PartitionPosition[]): Promise<readonly PartitionLag[]>;
  /** Returns when a broker answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** For implementations of `partitionLag`. */
export function lagOf(
  ends: readonly PartitionEnds[],
  positions: readonly PartitionPosition[],
): readonly PartitionLag[] {
  const positionOf = new Map(positions.map((position) => [`${position.topic} ${position.partition}`, position]));
  return ends.map(({ topic, partition, low, high }) => {
    const next = BigInt(positionOf.get(`${topic} ${partition}`)?.nextOffset ?? low);
    const lag = BigInt(high) - (next < BigInt(low) ? BigInt(low) : next);
    return { topic, partition, lag: lag < 0n ? 0 : Number(lag) };
  });
}
