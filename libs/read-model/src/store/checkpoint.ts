import type { Aggregate } from '@consilium/domain';
import { readInteger, readOptionalText, readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import type { FeedRow } from './decode-record.ts';
import { GenerationRetired } from './projection-errors.ts';

export interface PartitionOfView {
  readonly generation: number;
  readonly topic: Aggregate;
  readonly partition: number;
}

/** The place of a partition, locked until the transaction ends. */
export interface Checkpoint {
  readonly building: boolean;
  readonly logId: string | undefined;
  /** Number within the partition of the next event to apply. */
  readonly nextSeq: number;
  readonly nextOffset: number;
  /** Streams of this partition that are parked. */
  readonly parked: ReadonlySet<string>;
}

/** @throws GenerationRetired */
export async function beginBatch(
  transaction: Queryable,
  { generation, topic, partition }: PartitionOfView,
): Promise<Checkpoint> {
  const [row] = await transaction.query({
    name: 'view-begin-batch',
    text: 'SELECT * FROM read_model.begin_batch($1, $2, $3)',
    values: [generation, topic, partition],
  });
  if (row === undefined || readText(row, 'status') === 'retired') throw new GenerationRetired(generation);
  const parked: unknown = row['parked'];
  return {
    building: readText(row, 'status') === 'building',
    logId: readOptionalText(row, 'log_id'),
    nextSeq: readInteger(row, 'next_seq'),
    nextOffset: readInteger(row, 'next_offset'),
    parked: new Set(Array.isArray(parked) ? parked.map(String) : []),
  };
}

export interface BatchEnd {
  readonly nextSeq: number;
  readonly nextOffset: number;
  /** When the generation has none yet. */
  readonly logId: string | undefined;
  readonly newlyParked: number;
  /** Undefined where nobody is told. */
  readonly feed: readonly FeedRow[] | undefined;
}

/** The last statement of the transaction: it may hold the feed's lock, so the commit must follow at once. */
export async function finishBatch(
  transaction: Queryable,
  { generation, topic, partition }: PartitionOfView,
  { nextSeq, nextOffset, logId, newlyParked, feed }: BatchEnd,
): Promise<void> {
  await transaction.query({
    name: 'view-finish-batch',
    text: 'SELECT read_model.finish_batch($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [
      generation,
      topic,
      partition,
      nextSeq,
      nextOffset,
      logId ?? null,
      newlyParked,
      feed === undefined || feed.length === 0 ? null : JSON.stringify(feed),
    ],
  });
}
