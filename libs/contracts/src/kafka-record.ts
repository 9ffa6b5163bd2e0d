import type { StreamId } from '@consilium/domain';
import { decodeEnvelope, type Envelope } from './envelope.ts';
import { payloadHashOf } from './event-hashes.ts';
import { topicOf } from './routing.ts';
import type { Aggregate } from '@consilium/domain';

/** An event with its place in the log, as the relay publishes it. */
export interface SequencedEvent {
  readonly streamId: StreamId;
  readonly type: string;
  readonly metaBytes: Uint8Array;
  readonly payloadBytes: Uint8Array;
  readonly salt: Uint8Array;
  readonly streamHash: Uint8Array;
  /** Dense, from 1, over the whole log. */
  readonly globalSeq: number;
  readonly topic: Aggregate;
  readonly partition: number;
  /** Dense, from 1, within (topic, partition). */
  readonly partitionSeq: number;
}

export interface KafkaRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * CloudEvents 1.0 in Kafka's binary mode (CloudEvents Kafka Protocol Binding 1.0.2, section 3.2). The record alone is
 * enough to check history: meta bytes, payload, salt and stream hash go with it.
 */
export const encodeRecord = (event: SequencedEvent, prefix: string, logId: string): KafkaRecord =>
  encodeRecordOf(event, decodeEnvelope(event.metaBytes), prefix, logId);

/** The same for whoever has decoded the envelope already. */
export function encodeRecordOf(event: SequencedEvent, envelope: Envelope, prefix: string, logId: string): KafkaRecord {
  return {
    topic: topicOf(prefix, event.topic),
    partition: event.partition,
    key: event.streamId,
    value: event.payloadBytes,
    headers: {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: envelope.eventId,
      ce_source: `/consilium/${logId}`,
      ce_type: `consilium.${event.topic}.${event.type}.v${String(envelope.schemaVersion)}`,
      ce_time: envelope.recordedAt,
      ce_subject: event.streamId,
      ce_partitionkey: event.streamId,
      ce_logid: logId,
      ce_globalseq: String(event.globalSeq),
      ce_partitionseq: String(event.partitionSeq),
      ce_traceparent: traceparentOf(envelope),
      ce_meta: Buffer.from(event.metaBytes).toString('utf8'),
      ce_salt: Buffer.from(event.salt).toString('base64'),
      ce_streamhash: Buffer.from(event.streamHash).toString('base64'),
    },
  };
}

/** A record that is none of ours, or was damaged. Retrying does not help. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
}

/** What a consumer knows of a published event. */
export interface PublishedEvent {
  readonly envelope: Envelope;
  readonly logId: string;
  readonly globalSeq: number;
  readonly partitionSeq: number;
  readonly metaBytes: Uint8Array;
  readonly payloadBytes: Uint8Array;
  readonly salt: Uint8Array;
  readonly payloadHash: Uint8Array;
  readonly streamHash: Uint8Array;
}

/** The place of a record in the log, read without touching anything else of it. */
export interface RecordPlace {
  readonly logId: string;
  readonly globalSeq: number;
  readonly partitionSeq: number;
}

/** @throws UnreadableRecord */
export function placeOfRecord({ headers }: Pick<KafkaRecord, 'headers'>): RecordPlace {
  return {
    logId: header(headers, 'ce_logid'),
    globalSeq: positiveInteger(headers, 'ce_globalseq'),
    partitionSeq: positiveInteger(headers, 'ce_partitionseq'),
  };
}

/** @throws UnreadableRecord */
export function decodeRecord(record: Pick<KafkaRecord, 'headers' | 'value'>): PublishedEvent {
  const { headers, value } = record;
  const metaBytes = Buffer.from(header(headers, 'ce_meta'), 'utf8');
  const salt = Buffer.from(header(headers, 'ce_salt'), 'base64');
  try {
    return {
      envelope: decodeEnvelope(metaBytes),
      ...placeOfRecord(record),
      metaBytes,
      payloadBytes: value,
      salt,
      payloadHash: payloadHashOf(salt, value),
      streamHash: Buffer.from(header(headers, 'ce_streamhash'), 'base64'),
    };
  } catch (error) {
    if (error instanceof UnreadableRecord) throw error;
    throw new UnreadableRecord('the envelope of a record cannot be read', { cause: error });
  }
}

function header(headers: Readonly<Record<string, string>>, name: string): string {
  const value = headers[name];
  if (value === undefined) throw new UnreadableRecord(`a record has no header ${name}`);
  return value;
}

function positiveInteger(headers: Readonly<Record<string, string>>, name: string): number {
  const value = Number(header(headers, name));
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UnreadableRecord(`the header ${name} is no positive integer`);
  return value;
}

/**
 * W3C Trace Context: the correlation id names the trace where it is a UUID (its 32 hex digits), the event the span, so that
 * a consumer's spans join the command's trace.
 */
function traceparentOf({ correlationId, eventId }: Envelope): string {
  const trace = correlationId.replaceAll('-', '');
  const traceId = /^[0-9a-f]{32}$/.test(trace) ? trace : eventId.replaceAll('-', '');
  return `00-${traceId}-${eventId.replaceAll('-', '').slice(16)}-01`;
}
