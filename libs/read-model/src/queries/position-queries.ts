import type { StreamId } from '@consilium/domain';
import { readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { checkIds } from './page.ts';

export interface StreamPosition {
  readonly streamId: StreamId;
  readonly version: number;
}

/**
 * 'passed': everything up to there shows. 'behind': not yet, ask again in some milliseconds. 'parked': an event of one of
 * the streams could not be shown, so it will not show before somebody repairs it.
 */
export type Passage = 'passed' | 'behind' | 'parked';

/** Whether the views that readers see have passed all of these positions (at most 1,000) of the session's organisation. */
export async function passageOf(session: Queryable, positions: readonly StreamPosition[]): Promise<Passage> {
  if (positions.length === 0) return 'passed';
  const rows = await session.query({
    name: 'view-passage',
    text: `SELECT DISTINCT CASE
        WHEN parked.first_seq <= log.partition_seq THEN 'parked'
        WHEN checkpoint.next_seq > log.partition_seq THEN 'passed'
        ELSE 'behind'
      END AS passage
      FROM unnest($1::text[], $2::integer[]) AS asked (stream_id, stream_version)
      LEFT JOIN journal.log ON log.stream_id = asked.stream_id AND log.stream_version = asked.stream_version
      LEFT JOIN read_model.checkpoint ON checkpoint.topic = log.topic AND checkpoint.partition = log.partition
      LEFT JOIN read_model.parked_stream AS parked ON parked.stream_id = asked.stream_id`,
    values: [checkIds(positions.map(({ streamId }) => streamId)), positions.map(({ version }) => version)],
  });
  const passages = rows.map((row) => readText(row, 'passage'));
  if (passages.includes('parked')) return 'parked';
  return passages.includes('behind') ? 'behind' : 'passed';
}
