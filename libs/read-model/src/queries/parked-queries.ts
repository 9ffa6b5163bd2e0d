import type { EventId, Instant, StreamId } from '@consilium/domain';
import { readInteger, readOptionalText, readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';

/** A stream that readers do not see further, and where it stands still. */
export interface ParkedStreamView {
  readonly streamId: StreamId;
  readonly eventId: EventId;
  readonly eventType: string;
  readonly globalSeq: number;
  readonly errorClass: string;
  readonly errorCode: string | undefined;
  readonly parkedAt: Instant;
}

/** Of the session's organisation, in the order of the log: at most 1,000. The log says whose a stream is. */
export async function listParkedStreams(session: Queryable): Promise<readonly ParkedStreamView[]> {
  const rows = await session.query({
    text: `SELECT parked.stream_id, event.event_id::text AS event_id, event.type, log.global_seq, parked.error_class,
        parked.error_code, journal.epoch_ms(parked.parked_at) AS parked_at_ms
      FROM read_model.parked_stream AS parked
      JOIN journal.log ON log.topic = parked.topic AND log.partition = parked.partition
        AND log.partition_seq = parked.first_seq
      JOIN journal.event ON event.stream_id = log.stream_id AND event.stream_version = log.stream_version
      ORDER BY log.global_seq LIMIT 1000`,
  });
  return rows.map((row) => ({
    streamId: readText(row, 'stream_id') as StreamId,
    eventId: readText(row, 'event_id') as EventId,
    eventType: readText(row, 'type'),
    globalSeq: readInteger(row, 'global_seq'),
    errorClass: readText(row, 'error_class'),
    errorCode: readOptionalText(row, 'error_code'),
    parkedAt: readInteger(row, 'parked_at_ms') as Instant,
  }));
}
