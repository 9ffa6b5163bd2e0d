import type { EventId, StreamId } from '@consilium/domain';
import { readBytes, readInteger, readOptionalBytes, readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { unavailableWhenTransient } from './unavailable-when-transient.ts';

/** An event that has its number, with everything that its hashes are made of. */
export interface SequencedEventBytes {
  readonly globalSeq: number;
  readonly streamId: StreamId;
  readonly metaBytes: Uint8Array;
  readonly payloadBytes: Uint8Array;
  readonly salt: Uint8Array;
  readonly streamHash: Uint8Array;
  /** Undefined of the first event of its stream. */
  readonly previousStreamHash: Uint8Array | undefined;
}

/** Undefined where the session's organisation has no such event, or it has no number yet. @throws StoreUnavailable */
export async function findSequencedEvent(
  session: Queryable,
  eventId: EventId,
): Promise<SequencedEventBytes | undefined> {
  const [row] = await unavailableWhenTransient(async () =>
    session.query({
      name: 'journal-sequenced-event',
      text: `SELECT log.global_seq, event.stream_id, event.meta_bytes, event.payload_bytes, event.salt, event.stream_hash,
          previous.stream_hash AS previous_stream_hash
        FROM journal.event
        JOIN journal.log ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
        LEFT JOIN journal.event AS previous
          ON previous.stream_id = event.stream_id AND previous.stream_version = event.stream_version - 1
        WHERE event.event_id = $1`,
      values: [eventId],
    }),
  );
  if (row === undefined) return undefined;
  return {
    globalSeq: readInteger(row, 'global_seq'),
    streamId: readText(row, 'stream_id') as StreamId,
    metaBytes: readBytes(row, 'meta_bytes'),
    payloadBytes: readBytes(row, 'payload_bytes'),
    salt: readBytes(row, 'salt'),
    streamHash: readBytes(row, 'stream_hash'),
    previousStreamHash: readOptionalBytes(row, 'previous_stream_hash'),
  };
}
