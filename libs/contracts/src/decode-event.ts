import type { AnnotatorEvent, CaseEvent, ParkingEvent, ProjectEvent } from '@consilium/domain';
import type { z } from 'zod';
import type { DomainEvent } from './domain-event.ts';
import { eventSchemas, isEventType } from './event-schemas.ts';

/** A stored event this code cannot read: damaged bytes, or a type or version of later code. Retrying does not help. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

interface StoredPayload {
  readonly type: string;
  readonly schemaVersion: number;
  readonly payloadBytes: Uint8Array;
}

/** Reads a stored payload, its texts left sealed. @throws UnreadableEvent */
export function decodeEvent({ type, schemaVersion, payloadBytes }: StoredPayload): DomainEvent {
  const versions: Readonly<Record<number, z.ZodType>> = isEventType(type) ? eventSchemas[type] : {};
  const schema = versions[schemaVersion];
  if (schema === undefined) throw new UnreadableEvent(`${type} version ${String(schemaVersion)} is not known here`);
  const parsed = schema.safeParse(parseJson(type, payloadBytes));
  if (!parsed.success)
    throw new UnreadableEvent(`${type}: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
  // The schema has held every field against its domain type; brands exist for the compiler only.
  return { type, ...(parsed.data as object) } as DomainEvent;
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
] satisfies ProjectEvent['type'][]);
const annotatorTypes: ReadonlySet<string> = new Set(['annotatorRegistered'] satisfies AnnotatorEvent['type'][]);
const parkingTypes: ReadonlySet<string> = new Set([
  'parkedStreamRetried',
  'parkedEventDiscarded',
] satisfies ParkingEvent['type'][]);

export const isProjectEvent = (event: DomainEvent): event is ProjectEvent => projectTypes.has(event.type);
export const isAnnotatorEvent = (event: DomainEvent): event is AnnotatorEvent => annotatorTypes.has(event.type);
export const isParkingEvent = (event: DomainEvent): event is ParkingEvent => parkingTypes.has(event.type);
export const isCaseEvent = (event: DomainEvent): event is CaseEvent =>
  !isProjectEvent(event) && !isAnnotatorEvent(event) && !isParkingEvent(event);
