import { readBytes, readInteger, readText } from '@consilium/postgres';
import type { Row } from '@consilium/postgres';
import type { EventId, Instant, StreamId } from '@consilium/domain';
import type { RecordedEvent } from '../event-store.ts';

/** The columns of an event as journal.load and the log reader name them. */
export const readRecordedEvent = (row: Row): RecordedEvent => ({
  eventId: readText(row, 'event_id') as EventId,
  streamId: readText(row, 'stream_id') as StreamId,
  streamVersion: readInteger(row, 'stream_version'),
  type: readText(row, 'type'),
  schemaVersion: readInteger(row, 'schema_version'),
  recordedAt: readInteger(row, 'instant_ms') as Instant,
  metaBytes: readBytes(row, 'meta_bytes'),
  payloadBytes: readBytes(row, 'payload_bytes'),
  salt: readBytes(row, 'salt'),
  payloadHash: readBytes(row, 'payload_hash'),
  streamHash: readBytes(row, 'stream_hash'),
});
