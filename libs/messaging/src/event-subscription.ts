import type { IncomingRecord, PartitionName } from './records.ts';

export interface PartitionPlace extends PartitionName {
  /** Of the next record to read, decimal. */
  readonly offset: string;
}

export interface BatchContext {
  /** Reads on from there instead; what the handler returns is then not used. */
  seek(offset: string): void;
  /** To be called at least every few seconds of work. Let it throw: the partition was given to another member. */
  heartbeat(): Promise<void>;
  /** The offset that the next record of the partition will get, as far as known when the batch was read. */
  readonly highWatermark: string;
}

/**
 * Handles one run of records of one partition, never two of the same partition at a time, and says from where to read
 * on. Records may come again after a restart or a change of members: the handler knows them by their own numbers.
 * A throw means "the same again": at once forgotten, and repeated with growing pauses for this partition alone.
 */
export type BatchHandler = (
  topic: string,
  partition: number,
  records: readonly IncomingRecord[],
  context: BatchContext,
) => Promise<{ readonly nextOffset: string }>;

export interface SubscriptionOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  /** A group without a place begins with the first record. There is no other way: the end would skip events. */
  readonly fromBeginning: true;
  /** Partitions handled at the same time. @minimum 1 @maximum 64 */
  readonly concurrency: number;
  readonly onBatch: BatchHandler;
  /**
   * Asked whenever partitions were assigned: where the handler's own places say to read on. The group's places may be behind
   * them or, after a restored or dropped database, ahead of them. A partition that the answer leaves out goes by the group.
   */
  readonly placesOf?: (partitions: readonly PartitionName[]) => Promise<readonly PartitionPlace[]>;
  /** A failure for which this says no is fatal, and not repeated. @default every failure of onBatch passes */
  readonly isTransient?: (error: unknown) => boolean;
  /** Called once, when the subscription cannot go on: end the process, so that it is started anew. */
  readonly onFatal: (error: unknown) => void;
}

export interface FailingPartition extends PartitionName {
  readonly attempts: number;
  readonly reason: string;
}

export interface SubscriptionHealth {
  readonly state: 'new' | 'starting' | 'running' | 'failed' | 'stopped';
  /** Whether the group knows this member. */
  readonly joined: boolean;
  /** Since the last sign of the brokers. */
  readonly silentMs: number;
  readonly failing: readonly FailingPartition[];
}

export interface EventSubscription {
  /** Returns when records flow; waits for brokers and topics that are not there yet. Once in a subscription's life. */
  start(options: SubscriptionOptions): Promise<void>;
  /** Waits for the handlers that run, and leaves the group. */
  stop(): Promise<void>;
  health(): SubscriptionHealth;
}
