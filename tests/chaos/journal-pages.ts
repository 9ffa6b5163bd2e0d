import { readBytes, readInteger, readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { placedEventColumns, placedEventOf } from '../harness/stored-history.ts';
import type { PlacedEvent } from '../harness/stored-history.ts';

const pageEvents = 2_000;

/** The whole journal, stream by stream, a page in memory at a time. Only the owner of the tables sees every organisation. */
export async function* journalByStream(database: Queryable): AsyncGenerator<PlacedEvent> {
  let after: readonly [string, number] = ['', 0];
  for (;;) {
    const rows = await database.query({
      text: `SELECT ${placedEventColumns}
        FROM journal.event
        LEFT JOIN journal.log ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
        WHERE (event.stream_id, event.stream_version) > ($1, $2)
        ORDER BY event.stream_id, event.stream_version LIMIT $3`,
      values: [...after, pageEvents],
    });
    for (const event of rows.map(placedEventOf)) {
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
): Promise<ReadonlyMap<number, PlacedEvent>> {
  const rows = await database.query({
    text: `SELECT ${placedEventColumns}
      FROM journal.log
      JOIN journal.event ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
      WHERE log.topic = $1 AND log.partition = $2 AND log.partition_seq BETWEEN $3 AND $4`,
    values: [topic, partition, first, last],
  });
  return new Map(rows.map(placedEventOf).map((event) => [event.partitionSeq, event]));
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
