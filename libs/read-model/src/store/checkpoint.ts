import type { Aggregate } from '@consilium/domain';
import { readInteger, readOptionalText, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import type { FeedRow } from './decode-record.ts';
import { GenerationRetired } from './projection-errors.ts';

export interface PartitionOfView {
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

/**
 * The places in the order of the partitions asked for, each of which is named once.
 * @throws GenerationRetired
 */
export async function beginBatch(
  transaction: Queryable,
  generation: number,
  partitions: readonly PartitionOfView[],
): Promise<readonly Checkpoint[]> {
  const rows = await transaction.query({
    name: 'view-begin-batch',
    text: 'SELECT * FROM read_model.begin_batch($1, $2, $3)',
    values: [generation, partitions.map(({ topic }) => topic), partitions.map(({ partition }) => partition)],
  });
  const [first] = rows;
  if (first === undefined || readText(first, 'status') === 'retired') throw new GenerationRetired(generation);
  const places = new Map(
    rows.map((row) => [`${readText(row, 'topic')} ${String(readInteger(row, 'partition'))}`, toCheckpoint(row)]),
  );
  return partitions.map(({ topic, partition }) => {
    const place = places.get(`${topic} ${String(partition)}`);
    if (place === undefined) throw new Error(`${topic} ${String(partition)} has no place`);
    return place;
  });
}

function toCheckpoint(row: Row): Checkpoint {
  const parked: unknown = row['parked'];
  return {
    building: readText(row, 'status') === 'building',
    logId: readOptionalText(row, 'log_id'),
    nextSeq: readInteger(row, 'next_seq'),
    nextOffset: readInteger(row, 'next_offset'),
    parked: new Set(Array.isArray(parked) ? parked.map(String) : []),
  };
}

/** Where a partition has come to. */
export interface NewPlace extends PartitionOfView {
  readonly nextSeq: number;
  readonly nextOffset: number;
  readonly newlyParked: number;
}

export interface BatchEnd {
  readonly places: readonly NewPlace[];
  /** When the generation has none yet. */
  readonly logId: string | undefined;
  /** Undefined where nobody is told. */
  readonly feed: readonly FeedRow[] | undefined;
}

/** The last statement of the transaction: it may hold the feed's lock, so the commit must follow at once. */
export async function finishBatch(
  transaction: Queryable,
  generation: number,
  { places, logId, feed }: BatchEnd,
): Promise<void> {
  await transaction.query({
    name: 'view-finish-batch',
    text: 'SELECT read_model.finish_batch($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [
      generation,
      places.map(({ topic }) => topic),
      places.map(({ partition }) => partition),
      places.map(({ nextSeq }) => nextSeq),
      places.map(({ nextOffset }) => nextOffset),
      places.map(({ newlyParked }) => newlyParked),
      logId ?? null,
      feed === undefined || feed.length === 0 ? null : JSON.stringify(feed),
    ],
  });
}
