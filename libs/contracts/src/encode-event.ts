import type { EventId, Instant } from '@consilium/domain';
import { canonicalJsonBytes, type JsonValue } from './canonical-json.ts';
import type { DomainEvent } from './domain-event.ts';
import { encodeEnvelope, type Envelope } from './envelope.ts';
import { currentVersionOf } from './event-registry.ts';
import { freshRandomBytes } from './random-bytes.ts';
import { type DataKey, mapProtectedTexts, sealText } from './sealed-text.ts';

/** An event as the journal keeps it: these bytes are final. */
export interface EncodedEvent {
  readonly eventId: EventId;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAt: Instant;
  readonly metaBytes: Uint8Array;
  readonly payloadBytes: Uint8Array;
  /** 16 random bytes. */
  readonly salt: Uint8Array;
}

/** What the writer knows of an event besides the event itself. */
export type EventContext = Omit<Envelope, 'type' | 'schemaVersion' | 'occurredAt' | 'recordedAt'> & {
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
};

/** An event has free text, but the key of its subject was not given: a fault of the caller. */
export class DataKeyMissing extends Error {
  override readonly name = 'DataKeyMissing';
}

/**
 * Seals the free text of an event and fixes its bytes. `dataKey` is the key of the case's subject; events without free
 * text need none.
 * @throws DataKeyMissing, NotCanonical (a lone surrogate in a text: refuse it at the edge)
 */
export function encodeEvent(event: DomainEvent, context: EventContext, dataKey?: DataKey): EncodedEvent {
  const { type, ...payload } = event;
  const sealed = mapProtectedTexts(payload, (text, field) => {
    if (text.state === 'sealed') return text;
    if (dataKey === undefined) throw new DataKeyMissing(`${type} has a text at ${field}`);
    return sealText(text.text, dataKey, { eventId: context.eventId, type, field });
  });
  const { occurredAt, recordedAt, ...known } = context;
  const schemaVersion = currentVersionOf(type);
  return {
    eventId: context.eventId,
    type,
    schemaVersion,
    recordedAt,
    metaBytes: encodeEnvelope({
      ...known,
      type,
      schemaVersion,
      occurredAt: new Date(occurredAt).toISOString(),
      recordedAt: new Date(recordedAt).toISOString(),
    }),
    payloadBytes: canonicalJsonBytes(sealed as unknown as JsonValue),
    salt: freshRandomBytes(16),
  };
}
