import { payloadHashOf } from '@consilium/contracts';
import { forgedNote } from './forged-notes.ts';
import { type LogEvent, metaText, treeOf } from './log-event.ts';
import type { JournalSnapshot, LoggedRow } from './journal-snapshot.ts';
import { TableEdits } from './table-edits.ts';
import { byteaText, numberOf, textOf, type TextRow } from './table-snapshot.ts';

/** How the signed heads are dealt with, which cannot be made anew without the key. */
export type HeadRepair = 'kept' | 'removed' | 'forged' | 'forged under the trusted key id';

export interface Rewriting {
  /** Whether the tiles are made anew from the changed events. */
  readonly tiles: boolean;
  readonly heads: HeadRepair;
}

/** Puts another history in the place of the one that is there: events, log, counters, and tiles and heads as asked for. */
export function rewriteJournal(
  snapshot: JournalSnapshot,
  events: readonly LogEvent[],
  { tiles, heads }: Rewriting,
): TableEdits {
  const { event, log, head, partitionHead, checkpoint } = snapshot;
  const before = new Map(snapshot.history.map((row) => [row.logged, row]));
  const after = events.map((logged) => before.get(logged) ?? rowOf(snapshot, logged));
  const edits = new TableEdits();
  edits.remove(event, ...snapshot.history.map(({ eventRow }) => eventRow));
  edits.add(event, ...after.map(({ eventRow }) => eventRow));
  edits.remove(log, ...snapshot.history.map(({ logRow }) => logRow));
  edits.add(log, ...after.map(({ logRow }) => logRow));
  for (const row of head.rows) edits.replace(head, row, { last_global_seq: String(events.length) });
  edits.remove(partitionHead, ...partitionHead.rows).add(partitionHead, ...endsOf(events));
  const signed = checkpoint.rows.filter((row) => heads !== 'removed' && numberOf(row, 'size') <= events.length);
  edits.remove(checkpoint, ...checkpoint.rows);
  edits.add(checkpoint, ...signed.map((row) => headAfter(row, events, heads)));
  // The stored tree has the leaves of the newest head.
  const size = Math.max(0, ...signed.map((row) => numberOf(row, 'size')));
  if (tiles) writeTiles(edits, snapshot, events, heads === 'removed' ? events.length : size);
  return edits;
}

export function writeTiles(
  edits: TableEdits,
  { tile }: JournalSnapshot,
  events: readonly LogEvent[],
  size: number,
): void {
  const written = treeOf(events, size).written.map(({ level, index, hashes }) => ({
    level: String(level),
    index: String(index),
    hashes: byteaText(Buffer.concat(hashes)),
  }));
  edits.remove(tile, ...tile.rows).add(tile, ...written);
}

function headAfter(row: TextRow, events: readonly LogEvent[], heads: HeadRepair): TextRow {
  if (heads === 'kept' || heads === 'removed') return row;
  const note = forgedNote(textOf(row, 'note'), events, numberOf(row, 'size'), heads !== 'forged');
  return { ...row, note };
}

function endsOf(events: readonly LogEvent[]): readonly TextRow[] {
  const ends = new Map<string, TextRow>();
  for (const { topic, partition, partitionSeq } of events) {
    ends.set(`${topic} ${String(partition)}`, {
      topic,
      partition: String(partition),
      last_seq: String(partitionSeq),
    });
  }
  return [...ends.values()];
}

/** The rows of a changed event. */
function rowOf({ history, recordedAt }: JournalSnapshot, logged: LogEvent): LoggedRow {
  const text = (name: string): string => metaText(logged, name);
  // Every column is written below, but for the clock of the server in the log.
  const [base] = history;
  if (base === undefined) throw new Error('the journal is empty');
  const place = {
    stream_id: text('streamId'),
    stream_version: text('streamVersion'),
    organisation: text('organisation'),
  };
  return {
    logged,
    eventRow: {
      ...base.eventRow,
      ...place,
      event_id: text('eventId'),
      recorded_at: recordedAt.get(text('recordedAt')) ?? text('recordedAt'),
      schema_version: text('schemaVersion'),
      type: text('type'),
      salt: byteaText(logged.salt),
      payload_hash: byteaText(payloadHashOf(logged.salt, Buffer.from(logged.payload))),
      stream_hash: byteaText(logged.streamHash),
      meta_bytes: byteaText(Buffer.from(logged.meta)),
      payload_bytes: byteaText(Buffer.from(logged.payload)),
    },
    logRow: {
      ...base.logRow,
      ...place,
      global_seq: String(logged.globalSeq),
      topic: logged.topic,
      partition: String(logged.partition),
      partition_seq: String(logged.partitionSeq),
    },
  };
}
