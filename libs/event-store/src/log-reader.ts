import type { Aggregate, Instant, OrganisationId } from '@consilium/domain';
import type { RecordedEvent } from './event-store.ts';

export interface LoggedEvent extends RecordedEvent {
  readonly organisation: OrganisationId;
  /** From 1, without gaps. */
  readonly globalSeq: number;
  readonly topic: Aggregate;
  readonly partition: number;
  /** From 1, without gaps, within (topic, partition). */
  readonly partitionSeq: number;
  readonly sequencedAt: Instant;
}

export interface PartitionPlace {
  readonly topic: Aggregate;
  readonly partition: number;
  readonly partitionSeq: number;
}

export interface LoggedPlace extends PartitionPlace {
  readonly globalSeq: number;
  readonly streamHash: Uint8Array;
}

/** What an event is in the Merkle tree: its leaf is that of index `globalSeq` - 1. */
export interface LogLeaf {
  readonly globalSeq: number;
  /** S_i of ADR 2, 32 bytes. */
  readonly streamHash: Uint8Array;
}

/** The log in its one order. */
export interface LogReader {
  /** Names this incarnation of the log (a UUID); made when first asked for. */
  logId(): Promise<string>;
  /** 0 while the log is empty. */
  lastGlobalSeq(): Promise<number>;
  /**
   * The events after `globalSeq`, in order: at most `limit` (1 to 10,000), and at most `maxBytes` of meta and payload
   * unless the first alone has more.
   */
  readAfter(globalSeq: number, limit: number, maxBytes?: number): Promise<readonly LoggedEvent[]>;
  /** The leaves after `globalSeq`, in order: at most `limit` (1 to 10,000). */
  leavesAfter(globalSeq: number, limit: number): Promise<readonly LogLeaf[]>;
  /** The last record of every (topic, partition) that has any. */
  lastOfEachPartition(): Promise<readonly LoggedPlace[]>;
  at(topic: Aggregate, partition: number, partitionSeq: number): Promise<LoggedPlace | undefined>;
}
