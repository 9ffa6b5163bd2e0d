import type { Instant, StreamId } from '@consilium/domain';
import { readBoolean, readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';

/** A signed head of the log, as it was stored. */
export interface HeadView {
  readonly size: number;
  /** C2SP signed note. */
  readonly note: string;
}

/** Number of the last event of the log, whosever it is. */
export async function endOfLog(session: Queryable): Promise<number> {
  const [row] = await session.query({ name: 'view-end-of-log', text: 'SELECT head.last_global_seq FROM journal.head' });
  return row === undefined ? 0 : readInteger(row, 'last_global_seq');
}

/** The last number before anything that was recorded after this instant, whosever it is. */
export async function seqBefore(session: Queryable, instant: Instant): Promise<number> {
  const [row] = await session.query({
    name: 'view-seq-before',
    text: 'SELECT read_model.seq_before($1) AS seq',
    values: [instant],
  });
  return row === undefined ? 0 : readInteger(row, 'seq');
}

/** Whether the views that readers see have passed this number in every partition. */
export async function hasPassed(session: Queryable, seq: number): Promise<boolean> {
  const [row] = await session.query({
    name: 'view-has-passed',
    text: 'SELECT read_model.has_passed($1) AS passed',
    values: [seq],
  });
  return row !== undefined && readBoolean(row, 'passed');
}

/** Whether the views that readers see have the past from the first event on. */
export async function hasWholeHistory(session: Queryable): Promise<boolean> {
  const [row] = await session.query({
    name: 'view-has-whole-history',
    text: `SELECT generation.shape >= read_model.newest_shape() AS whole
      FROM read_model.generation WHERE generation.status = 'active'`,
  });
  return row !== undefined && readBoolean(row, 'whole');
}

/** The smallest head that covers this number; undefined while none does. */
export async function headCovering(session: Queryable, seq: number): Promise<HeadView | undefined> {
  const [row] = await session.query({
    name: 'view-head-covering',
    text: `SELECT checkpoint.size, checkpoint.note FROM journal.checkpoint
      WHERE checkpoint.size >= $1 ORDER BY checkpoint.size LIMIT 1`,
    values: [seq],
  });
  return row === undefined ? undefined : headOf(row);
}

export async function newestHead(session: Queryable): Promise<HeadView | undefined> {
  const [row] = await session.query({
    name: 'view-newest-head',
    text: 'SELECT checkpoint.size, checkpoint.note FROM journal.checkpoint ORDER BY checkpoint.size DESC LIMIT 1',
  });
  return row === undefined ? undefined : headOf(row);
}

const headOf = (row: Row): HeadView => ({ size: readInteger(row, 'size'), note: readText(row, 'note') });

/** Of these streams, those that stand still at or before this number: what they were then does not show. */
export async function parkedUpTo(
  session: Queryable,
  streamIds: readonly StreamId[],
  seq: number,
): Promise<readonly string[]> {
  const rows = await session.query({
    name: 'view-parked-up-to',
    text: `SELECT parked.stream_id FROM read_model.parked_stream AS parked
      JOIN journal.log ON log.topic = parked.topic AND log.partition = parked.partition
        AND log.partition_seq = parked.first_seq
      WHERE parked.stream_id = ANY ($1) AND log.global_seq <= $2`,
    values: [streamIds, seq],
  });
  return rows.map((row) => readText(row, 'stream_id'));
}
