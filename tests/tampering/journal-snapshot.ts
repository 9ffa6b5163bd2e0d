import type { Queryable } from '@consilium/postgres';
import { type LogEvent, metaText } from './log-event.ts';
import { bytesOf, numberOf, readTable, type TableSnapshot, textOf, type TextRow } from './table-snapshot.ts';

/**
 * The tables that hold history. Not in it: columns that only note the server's clock (`log.sequenced_at`,
 * `checkpoint.sealed_at`), `head.epoch`, and the tables identity, relay, command, claim and pending, which are no history.
 */
export interface JournalSnapshot {
  readonly event: TableSnapshot;
  readonly log: TableSnapshot;
  readonly head: TableSnapshot;
  readonly partitionHead: TableSnapshot;
  readonly tile: TableSnapshot;
  readonly checkpoint: TableSnapshot;
  /** In the order of the log. */
  readonly history: readonly LoggedRow[];
  /** By `recordedAt` of the envelope: Postgres writes an instant in a form of its own. */
  readonly recordedAt: ReadonlyMap<string, string>;
}

/** An event with the rows that hold it. */
export interface LoggedRow {
  readonly logged: LogEvent;
  readonly eventRow: TextRow;
  readonly logRow: TextRow;
}

/** Of a journal that nobody has tampered with, as its owner. */
export async function readJournalSnapshot(session: Queryable): Promise<JournalSnapshot> {
  const tables = {
    event: await readTable(session, 'journal', 'event'),
    log: await readTable(session, 'journal', 'log'),
    head: await readTable(session, 'journal', 'head'),
    partitionHead: await readTable(session, 'journal', 'partition_head'),
    tile: await readTable(session, 'journal', 'merkle_tile'),
    checkpoint: await readTable(session, 'journal', 'checkpoint'),
  };
  const events = new Map(tables.event.rows.map((row) => [placeInStream(row), row]));
  const history = tables.log.rows.map((logRow): LoggedRow => {
    const eventRow = events.get(placeInStream(logRow));
    if (eventRow === undefined) throw new Error(`event ${textOf(logRow, 'global_seq')} of the log is missing`);
    return { logged: loggedOf(eventRow, logRow), eventRow, logRow };
  });
  const recordedAt = new Map(
    history.map(({ logged, eventRow }) => [metaText(logged, 'recordedAt'), textOf(eventRow, 'recorded_at')]),
  );
  return { ...tables, history, recordedAt };
}

const placeInStream = (row: TextRow): string => `${textOf(row, 'stream_id')} ${textOf(row, 'stream_version')}`;

const loggedOf = (eventRow: TextRow, logRow: TextRow): LogEvent => ({
  globalSeq: numberOf(logRow, 'global_seq'),
  topic: textOf(logRow, 'topic'),
  partition: numberOf(logRow, 'partition'),
  partitionSeq: numberOf(logRow, 'partition_seq'),
  meta: bytesOf(eventRow, 'meta_bytes').toString('utf8'),
  payload: bytesOf(eventRow, 'payload_bytes').toString('utf8'),
  salt: bytesOf(eventRow, 'salt'),
  streamHash: bytesOf(eventRow, 'stream_hash'),
});
