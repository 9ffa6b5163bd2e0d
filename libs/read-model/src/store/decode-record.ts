import {
  canonicalJsonBytes,
  currentVersionOf,
  decodeEnvelope,
  decodeEvent,
  type DomainEvent,
  type Envelope,
  isAnnotatorEvent,
  isParkingEvent,
  isProjectEvent,
  type JsonValue,
  placeOfRecord,
  type RecordPlace,
  UnreadableRecord,
} from '@consilium/contracts';
import { idWithinStream } from '@consilium/domain';
import type { ParkingEvent } from '@consilium/domain';
import type { ProjectedEvent } from '../projections/projected-event.ts';
import { projectEvent } from '../projections/project-event.ts';
import type { RowChange } from '../tables/row-change.ts';

/** A record of an event topic as its consumer got it. */
export interface ConsumedRecord {
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** Decimal. */
  readonly offset: string;
}

/** What subscribers are told of an event; the project of a case is looked up when it is written. */
export interface FeedRow {
  readonly organisation: string;
  readonly project_id: string | null;
  readonly case_id: string | null;
  readonly annotator_id: string | null;
  readonly type: string;
  readonly recorded_at_ms: number;
  readonly global_seq: number;
}

interface Placed {
  /** As it came, in case it has to be put aside. */
  readonly record: ConsumedRecord;
  readonly offset: number;
  readonly place: RecordPlace;
  readonly streamId: string;
}

export type ReadyEvent = Placed & {
  readonly kind: 'event';
  readonly changes: readonly RowChange[];
  /** Undefined of what subscribers are not told. */
  readonly feed: FeedRow | undefined;
  readonly recordedAtMs: number;
  /** What an operator decided about a stream that stands still. */
  readonly decision: ParkingEvent | undefined;
};

export type DecodedRecord =
  | ReadyEvent
  /** One of ours that cannot be shown, whatever is tried. */
  | (Placed & { readonly kind: 'unreadable'; readonly error: unknown })
  /** Nothing that the relay wrote: it has no place in the log, so nothing is missed without it. */
  | { readonly kind: 'stranger'; readonly offset: number };

/** Everything that needs no database. It is pure, so a failure is the record's, and would come again. */
export function decodeForViews(record: ConsumedRecord): DecodedRecord {
  const offset = Number(record.offset);
  let place: RecordPlace;
  try {
    place = placeOfRecord(record);
  } catch {
    return { kind: 'stranger', offset };
  }
  const placed = { record, offset, place, streamId: record.key };
  try {
    const projected = projectedOfRecord(record, place);
    const { event, recordedAtMs } = projected;
    return {
      kind: 'event',
      ...placed,
      changes: projectEvent(projected),
      feed: feedOf(projected),
      recordedAtMs,
      decision: isParkingEvent(event) ? event : undefined,
    };
  } catch (error) {
    return { kind: 'unreadable', ...placed, error };
  }
}

/** As `decodeRecord` does, without the hashes: nothing here is proved, only shown. */
function projectedOfRecord({ key, headers, value }: ConsumedRecord, { globalSeq }: RecordPlace): ProjectedEvent {
  const meta = headers['ce_meta'];
  if (meta === undefined) throw new UnreadableRecord('a record has no envelope');
  const envelope = decodeEnvelope(Buffer.from(meta, 'utf8'));
  if (envelope.streamId !== key) throw new UnreadableRecord('a record has the key of another stream');
  return projectedOf({ envelope, payloadBytes: value, globalSeq });
}

/** @throws UnreadableEvent */
export function projectedOf({
  envelope,
  payloadBytes,
  globalSeq,
}: {
  readonly envelope: Envelope;
  readonly payloadBytes: Uint8Array;
  readonly globalSeq: number;
}): ProjectedEvent {
  const { type, schemaVersion, streamId, recordedAt } = envelope;
  const event = decodeEvent({ type, schemaVersion, payloadBytes });
  return {
    envelope,
    event,
    payload: schemaVersion === currentVersionOf(event.type) ? payloadBytes : payloadOf(event),
    id: idWithinStream(streamId),
    globalSeq,
    recordedAtMs: Date.parse(recordedAt),
  };
}

/** Of an event that was brought to the current version when it was decoded. */
function payloadOf({ type: _, ...payload }: DomainEvent): Uint8Array {
  return canonicalJsonBytes(payload as unknown as JsonValue);
}

function feedOf({ envelope, event, globalSeq, id, recordedAtMs }: ProjectedEvent): FeedRow | undefined {
  if (isParkingEvent(event)) return undefined;
  const told = {
    organisation: envelope.organisation,
    type: event.type,
    recorded_at_ms: recordedAtMs,
    global_seq: globalSeq,
  };
  if (isProjectEvent(event)) return { ...told, project_id: id, case_id: null, annotator_id: null };
  if (isAnnotatorEvent(event)) {
    return { ...told, project_id: event.projectId, case_id: null, annotator_id: event.annotatorId };
  }
  return {
    ...told,
    project_id: null,
    case_id: id,
    annotator_id: 'annotatorId' in event ? event.annotatorId : null,
  };
}
