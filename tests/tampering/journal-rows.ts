import { canonicalJson, payloadHashOf, streamLinkOf, streamStartOf } from '@consilium/contracts';
import type { StreamId } from '@consilium/domain';
import { changeJson, changeUuid } from './change-value.ts';
import { forgedNote } from './forged-notes.ts';
import { asTampering, type JournalMaker, rowName } from './journal-columns.ts';
import { rewriteJournal, writeTiles } from './journal-rewrite.ts';
import type { JournalSnapshot } from './journal-snapshot.ts';
import { metaText, payloadOf, streamOf, withMeta } from './log-event.ts';
import type { RandomSource } from './random-source.ts';
import { TableEdits } from './table-edits.ts';
import { byteaText, bytesOf, numberOf, textOf, type TextRow } from './table-snapshot.ts';

/**
 * Rows taken away and put in. Two things are left out, because they are what an honest writer does too: an event put at the
 * end of the log, after the newest head, and an event that waits in `pending`.
 */
export const rowTamperings: Readonly<Record<string, JournalMaker>> = {
  'event removed': (random, { event, history }) => {
    const { eventRow } = random.pick(history);
    return asTampering(`${rowName(event, eventRow)} removed`, new TableEdits().remove(event, eventRow));
  },
  'place in the log removed': (random, { log, history }) => {
    const { logRow } = random.pick(history);
    return asTampering(`${rowName(log, logRow)} removed`, new TableEdits().remove(log, logRow));
  },
  'event and place removed': (random, { event, log, history }) => {
    const { eventRow, logRow } = random.pick(history);
    return asTampering(
      `${rowName(event, eventRow)} and ${rowName(log, logRow)} removed`,
      new TableEdits().remove(event, eventRow).remove(log, logRow),
    );
  },
  'stream removed': (random, { event, log, history }) => {
    const stream = streamOf(random.pick(history).logged);
    const rows = history.filter(({ eventRow }) => eventRow['stream_id'] === stream);
    const keepsPlaces = random.chance();
    return asTampering(
      `all events of ${stream} removed${keepsPlaces ? ', their places kept' : ''}`,
      new TableEdits()
        .remove(event, ...rows.map(({ eventRow }) => eventRow))
        .remove(log, ...(keepsPlaces ? [] : rows.map(({ logRow }) => logRow))),
    );
  },
  'end of the log removed': (random, snapshot) => {
    const sizes = snapshot.checkpoint.rows.map((row) => numberOf(row, 'size'));
    // At a head the rest is as whole as any log.
    const end = random.chance() ? random.pick(sizes.slice(0, -1)) : random.between(0, (sizes.at(-1) ?? 1) - 1);
    const kept = snapshot.history.slice(0, end).map(({ logged }) => logged);
    const isTiled = random.chance();
    return asTampering(
      `everything after event ${String(end)} removed, counters and later heads too${isTiled ? ', and the tiles cut' : ''}`,
      rewriteJournal(snapshot, kept, { tiles: isTiled, heads: 'kept' }),
    );
  },
  'tile removed': (random, { tile }) => {
    const row = random.pick(tile.rows);
    return asTampering(`${rowName(tile, row)} removed`, new TableEdits().remove(tile, row));
  },
  'tiles removed': (_random, { tile }) => asTampering('all tiles removed', new TableEdits().remove(tile, ...tile.rows)),
  'head removed': (random, { checkpoint }) => {
    const row = random.pick(checkpoint.rows);
    return asTampering(`${rowName(checkpoint, row)} removed`, new TableEdits().remove(checkpoint, row));
  },
  'heads removed': (random, snapshot) => {
    const { checkpoint, tile } = snapshot;
    const size = random.pick([0, ...checkpoint.rows.slice(0, -1).map((row) => numberOf(row, 'size'))]);
    const edits = new TableEdits().remove(checkpoint, ...checkpoint.rows.filter((row) => numberOf(row, 'size') > size));
    const cutsTiles = random.chance();
    if (cutsTiles && size > 0)
      writeTiles(
        edits,
        snapshot,
        snapshot.history.map(({ logged }) => logged),
        size,
      );
    else if (cutsTiles) edits.remove(tile, ...tile.rows);
    return asTampering(`all heads after ${String(size)} removed${cutsTiles ? ', and the tiles cut' : ''}`, edits);
  },
  'end of a partition removed': (random, { partitionHead }) => {
    const row = random.pick(partitionHead.rows);
    return asTampering(`${rowName(partitionHead, row)} removed`, new TableEdits().remove(partitionHead, row));
  },
  'end of the log unknown': (_random, { head }) =>
    asTampering('the row of journal.head removed', new TableEdits().remove(head, ...head.rows)),
  'event without a place': (random, snapshot) => {
    const { eventRow, what } = forgedEvent(random, snapshot);
    return asTampering(`${what}, in no place of the log`, new TableEdits().add(snapshot.event, eventRow));
  },
  'stream without a place': (random, { event, history }) => {
    const stream = streamOf(random.pick(history).logged);
    const name = changeUuid(random, stream.slice(-36));
    const copies = history
      .filter(({ eventRow }) => eventRow['stream_id'] === stream)
      .map(({ eventRow }) => ({
        ...eventRow,
        stream_id: `${stream.slice(0, -36)}${name}`,
        event_id: changeUuid(random, textOf(eventRow, 'event_id')),
      }));
    return asTampering(
      `a copy of ${stream} as ${name}, in no place of the log`,
      new TableEdits().add(event, ...copies),
    );
  },
  'event in the place of another': (random, snapshot) => {
    const { event, log, history } = snapshot;
    const { eventRow, what } = forgedEvent(random, snapshot);
    const pushedOut = random.pick(history);
    const edits = new TableEdits().add(event, eventRow).replace(log, pushedOut.logRow, placeInStream(eventRow));
    if (random.chance()) edits.remove(event, pushedOut.eventRow);
    return asTampering(`${what}, in the place of ${rowName(log, pushedOut.logRow)}`, edits);
  },
  'place before the first': (random, snapshot) => {
    const { event, log } = snapshot;
    const { eventRow, what } = forgedEvent(random, snapshot);
    const globalSeq = random.pick([0, -1, -random.between(2, 1_000)]);
    const row = placedRow(random, snapshot, eventRow, globalSeq);
    return asTampering(
      `${what}, as number ${String(globalSeq)} of the log`,
      new TableEdits().add(event, eventRow).add(log, row),
    );
  },
  'place beyond the end': (random, snapshot) => {
    const { event, log, history } = snapshot;
    // The counter is not moved, so the log says of itself that it ends before.
    const globalSeq = history.length + random.between(1, 100);
    const { eventRow, what } = forgedEvent(random, snapshot);
    return asTampering(
      `${what}, as number ${String(globalSeq)} of the log`,
      new TableEdits().add(event, eventRow).add(log, placedRow(random, snapshot, eventRow, globalSeq)),
    );
  },
  'place without an event': (random, snapshot) => {
    const { log, history } = snapshot;
    const { eventRow } = forgedEvent(random, snapshot);
    const globalSeq = random.pick([0, -1, history.length + 1, history.length + 2]);
    return asTampering(
      `a place of number ${String(globalSeq)} for an event that is not there`,
      new TableEdits().add(log, placedRow(random, snapshot, eventRow, globalSeq)),
    );
  },
  'tile added': (random, { tile }) => {
    const level = random.below(4);
    const index = random.between(level === 0 ? 2 : 0, 5);
    const hashes = byteaText(random.bytes(32 * random.between(1, 3)));
    return asTampering(
      `a tile ${String(level)}/${String(index)} beyond the tree`,
      new TableEdits().add(tile, { level: String(level), index: String(index), hashes }),
    );
  },
  'tile longer than the tree': (random, { tile }) => {
    const row = random.pick(tile.rows);
    const added = random.bytes(random.pick([32, 64, 5]));
    return asTampering(
      `${rowName(tile, row)} with ${String(added.length)} bytes more`,
      new TableEdits().replace(tile, row, { hashes: byteaText(Buffer.concat([bytesOf(row, 'hashes'), added])) }),
    );
  },
  'hashes of a tile exchanged': (random, { tile }) => {
    const row = random.pick(tile.rows);
    const hashes = bytesOf(row, 'hashes');
    const [one, other] = [random.below(hashes.length / 32) * 32, random.below(hashes.length / 32) * 32];
    const changed = Buffer.from(hashes);
    hashes.copy(changed, one, other, other + 32);
    hashes.copy(changed, other, one, one + 32);
    return asTampering(
      `hashes ${String(one / 32)} and ${String(other / 32)} of ${rowName(tile, row)} exchanged`,
      new TableEdits().replace(tile, row, { hashes: byteaText(changed) }),
    );
  },
  'head forged': (random, { checkpoint, history }) => {
    const size = random.chance() ? numberOf(random.pick(checkpoint.rows), 'size') : random.between(1, history.length);
    const events = history.map(({ logged }) => logged);
    const genuine = random.pick(checkpoint.rows);
    const note = forgedNote(textOf(genuine, 'note'), events, size, random.chance());
    const there = checkpoint.rows.find((row) => numberOf(row, 'size') === size);
    const edits = new TableEdits().add(checkpoint, { ...(there ?? genuine), size: String(size), note });
    return asTampering(
      `a head of ${String(size)} signed by a stranger`,
      there === undefined ? edits : edits.remove(checkpoint, there),
    );
  },
  'head beyond the end': (random, { checkpoint, history }) => {
    const genuine = random.pick(checkpoint.rows);
    const size = history.length + random.between(1, 500);
    return asTampering(
      `the note of ${rowName(checkpoint, genuine)} also as a head of ${String(size)}`,
      new TableEdits().add(checkpoint, { ...genuine, size: String(size) }),
    );
  },
  'end of a partition made up': (random, { partitionHead }) => {
    const row = {
      topic: random.pick(['case', 'project', 'annotator', 'quality', 'release']),
      partition: String(random.below(12)),
      last_seq: String(random.between(1, 20)),
    };
    return asTampering(`${rowName(partitionHead, row)} added`, new TableEdits().add(partitionHead, row));
  },
  'organisation of a stream changed': (random, { event, log, history }) => {
    const stream = streamOf(random.pick(history).logged);
    const organisation = changeUuid(random, textOf(random.pick(event.rows), 'organisation'));
    const edits = new TableEdits();
    for (const { eventRow, logRow } of history.filter((row) => row.eventRow['stream_id'] === stream)) {
      edits.replace(event, eventRow, { organisation }).replace(log, logRow, { organisation });
    }
    return asTampering(`all events of ${stream} given to organisation ${organisation}`, edits);
  },
};

/** One more event of a stream that is there: its next version with right hashes, or a version that none has. */
function forgedEvent(
  random: RandomSource,
  { history }: JournalSnapshot,
): { readonly eventRow: TextRow; readonly what: string } {
  const stream = streamOf(random.pick(history).logged);
  const own = history.filter(({ logged }) => streamOf(logged) === stream);
  const last = random.pick(own.slice(-1));
  const version = random.pick([own.length + 1, own.length + 1, 0, -1, own.length + 2]);
  const forged = withMeta(
    { ...last.logged, payload: canonicalJson(changeJson(random, payloadOf(last.logged))), salt: random.bytes(16) },
    { eventId: changeUuid(random, metaText(last.logged, 'eventId')), streamVersion: version },
  );
  const meta = Buffer.from(forged.meta);
  const payload = Buffer.from(forged.payload);
  const payloadHash = payloadHashOf(forged.salt, payload);
  const before = version > 0 ? last.logged.streamHash : streamStartOf(stream as StreamId);
  return {
    what: `${stream} with one more event, of version ${String(version)}`,
    eventRow: {
      ...last.eventRow,
      stream_version: String(version),
      event_id: metaText(forged, 'eventId'),
      salt: byteaText(forged.salt),
      payload_hash: byteaText(payloadHash),
      stream_hash: byteaText(streamLinkOf(before, payloadHash, meta)),
      meta_bytes: byteaText(meta),
      payload_bytes: byteaText(payload),
    },
  };
}

const placeInStream = (eventRow: TextRow): TextRow => ({
  stream_id: eventRow['stream_id'] ?? null,
  stream_version: eventRow['stream_version'] ?? null,
});

/** In the partition of its stream, before the first or after the last there. */
function placedRow(random: RandomSource, { history }: JournalSnapshot, eventRow: TextRow, globalSeq: number): TextRow {
  const own = history.filter((row) => row.eventRow['stream_id'] === eventRow['stream_id']);
  const { logRow } = random.pick(own);
  const inPartition = history.filter(
    (row) => row.logRow['topic'] === logRow['topic'] && row.logRow['partition'] === logRow['partition'],
  );
  return {
    ...logRow,
    ...placeInStream(eventRow),
    global_seq: String(globalSeq),
    partition_seq: String(globalSeq <= 0 ? globalSeq : inPartition.length + 1),
  };
}
