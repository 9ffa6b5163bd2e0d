import { readBytes, readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import type { CheckedEvent } from './order-checks.ts';

const pageEvents = 2_000;

const columns = `event.stream_id, event.stream_version, event.event_id::text AS event_id, event.type,
  event.meta_bytes, event.payload_bytes, event.salt, event.stream_hash,
  coalesce(log.global_seq, 0) AS global_seq, coalesce(log.topic, '') AS topic,
  coalesce(log.partition, 0) AS partition, coalesce(log.partition_seq, 0) AS partition_seq`;

/** The whole journal, stream by stream, a page in memory at a time. Only the owner of the tables sees every organisation. */
export async function* journalByStream(database: Queryable): AsyncGenerator<CheckedEvent> {
  let after: readonly [string, number] = ['', 0];
  for (;;) {
    const rows = await database.query({
      text: `SELECT ${columns}
        FROM journal.event
        LEFT JOIN journal.log ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
        WHERE (event.stream_id, event.stream_version) > ($1, $2)
        ORDER BY event.stream_id, event.stream_version LIMIT $3`,
      values: [...after, pageEvents],
    });
    for (const event of rows.map(readEvent)) {
      yield event;
      after = [event.streamId, event.streamVersion];
    }
    if (rows.length < pageEvents) return;
  }
}

/** What the log has in a partition from one number to another, by number. */
export async function loggedBetween(
  database: Queryable,
  topic: string,
  partition: number,
  first: number,
  last: number,
): Promise<ReadonlyMap<number, CheckedEvent>> {
  const rows = await database.query({
    text: `SELECT ${columns}
      FROM journal.log
      JOIN journal.event ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
      WHERE log.topic = $1 AND log.partition = $2 AND log.partition_seq BETWEEN $3 AND $4`,
    values: [topic, partition, first, last],
  });
  return new Map(rows.map(readEvent).map((event) => [event.partitionSeq, event]));
}

export interface LoggedNumber {
  readonly globalSeq: number;
  readonly place: string;
  readonly partitionSeq: number;
  readonly streamHash: Uint8Array;
}

/** The log in its own order, with what an event is in the Merkle tree. */
export async function* logInOrder(database: Queryable): AsyncGenerator<LoggedNumber> {
  let after = 0;
  for (;;) {
    const rows = await database.query({
      text: `SELECT log.global_seq, log.topic || ' ' || log.partition AS place, log.partition_seq, event.stream_hash
        FROM journal.log
        JOIN journal.event ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
        WHERE log.global_seq > $1 ORDER BY log.global_seq LIMIT $2`,
      values: [after, pageEvents],
    });
    for (const row of rows) {
      after = readInteger(row, 'global_seq');
      yield {
        globalSeq: after,
        place: readText(row, 'place'),
        partitionSeq: readInteger(row, 'partition_seq'),
        streamHash: readBytes(row, 'stream_hash'),
      };
    }
    if (rows.length < pageEvents) return;
  }
}

const readEvent = (row: Row): CheckedEvent => ({
  streamId: readText(row, 'stream_id'),
  streamVersion: readInteger(row, 'stream_version'),
  eventId: readText(row, 'event_id'),
  type: readText(row, 'type'),
  metaBytes: readBytes(row, 'meta_bytes'),
  payloadBytes: readBytes(row, 'payload_bytes'),
  salt: readBytes(row, 'salt'),
  streamHash: readBytes(row, 'stream_hash'),
  globalSeq: readInteger(row, 'global_seq'),
  topic: readText(row, 'topic'),
  partition: readInteger(row, 'partition'),
  partitionSeq: readInteger(row, 'partition_seq'),
});
