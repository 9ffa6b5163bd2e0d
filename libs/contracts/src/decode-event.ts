import type { AnnotatorEvent, CaseEvent, ParkingEvent, ProjectEvent } from '@consilium/domain';
import type { DomainEvent } from './domain-event.ts';
import { eventRegistry } from './event-registry.ts';
import { readPayload, SchemaMismatch } from './schema-registry.ts';

/** A stored event this code cannot read: damaged bytes, or a type or version of later code. Retrying does not help. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

interface StoredPayload {
  readonly type: string;
  readonly schemaVersion: number;
  readonly payloadBytes: Uint8Array;
}

/** Reads a stored payload of any version that was ever written, in the current one, its texts left sealed. @throws UnreadableEvent */
export function decodeEvent({ type, schemaVersion, payloadBytes }: StoredPayload): DomainEvent {
  const stored = parseJson(type, payloadBytes);
  try {
    // The schema has held every field against its domain type; brands exist for the compiler only.
    return { type, ...(readPayload(eventRegistry, type, schemaVersion, stored) as object) } as DomainEvent;
  } catch (error) {
    if (!(error instanceof SchemaMismatch)) throw error;
    throw new UnreadableEvent(error.message, { cause: error });
  }
}

function parseJson(type: string, payloadBytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payloadBytes).toString('utf8'));
  } catch (error) {
    throw new UnreadableEvent(`${type}: the payload is no JSON`, { cause: error });
  }
}

const projectTypes: ReadonlySet<string> = new Set([
  'projectCreated',
  'protocolAdopted',
  'memberAdded',
  'memberRemoved',
] satisfies ProjectEvent['type'][]);
const annotatorTypes: ReadonlySet<string> = new Set([
  'annotatorRegistered',
  'annotatorQualified',
  'annotatorDisqualified',
  'annotatorPaused',
  'annotatorResumed',
  'alertRaised',
  'alertAcknowledged',
  'alertResolved',
] satisfies AnnotatorEvent['type'][]);
const parkingTypes: ReadonlySet<string> = new Set([
  'parkedStreamRetried',
  'parkedEventDiscarded',
] satisfies ParkingEvent['type'][]);

export const isProjectEvent = (event: DomainEvent): event is ProjectEvent => projectTypes.has(event.type);
export const isAnnotatorEvent = (event: DomainEvent): event is AnnotatorEvent => annotatorTypes.has(event.type);
export const isParkingEvent = (event: DomainEvent): event is ParkingEvent => parkingTypes.has(event.type);
export const isCaseEvent = (event: DomainEvent): event is CaseEvent =>
  !isProjectEvent(event) && !isAnnotatorEvent(event) && !isParkingEvent(event);
