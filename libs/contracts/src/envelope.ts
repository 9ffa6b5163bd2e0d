import {
  aggregateOf,
  type CommandId,
  type EventId,
  type OrganisationId,
  roles,
  type StreamId,
} from '@consilium/domain';
import { z } from 'zod';
import { canonicalJsonBytes } from './canonical-json.ts';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const uuid = z.string().regex(uuidPattern);
const instant = z.string().regex(instantPattern);

/** Exported for the test that holds the quick check against it. */
export const envelopeSchema = z.strictObject({
  eventId: uuid.transform((text) => text as EventId),
  streamId: z
    .string()
    .refine((text) => aggregateOf(text) !== undefined)
    .transform((text) => text as StreamId),
  streamVersion: z.int().min(1),
  type: z.string().min(1).max(100),
  schemaVersion: z.int().min(1),
  organisation: uuid.transform((text) => text as OrganisationId),
  /** A pseudonymous person id, or `service:<name>`: never a name. */
  actor: z.strictObject({ id: z.string().min(1).max(200), role: z.enum([...roles, 'system']) }),
  reasonCode: z.string().max(100).optional(),
  commandId: z
    .string()
    .min(1)
    .max(200)
    .transform((text) => text as CommandId),
  correlationId: z.string().min(1).max(200),
  causationId: z.string().min(1).max(200),
  /** ISO 8601, UTC, milliseconds. */
  occurredAt: instant,
  recordedAt: instant,
});

/** What is known of an event besides its payload; its RFC 8785 JSON is `meta_bytes`, final from the first day. */
export type Envelope = z.output<typeof envelopeSchema>;

export const encodeEnvelope = (envelope: Envelope): Uint8Array => canonicalJsonBytes(envelope);

/** @throws ZodError where the bytes are no envelope: stored or sent bytes were damaged, or are of a later version. */
export function decodeEnvelope(metaBytes: Uint8Array): Envelope {
  const found = JSON.parse(Buffer.from(metaBytes).toString('utf8')) as Partial<Record<keyof Envelope, unknown>>;
  return isSurelyEnvelope(found) ? found : envelopeSchema.parse(found);
}

/**
 * What the schema says, in a third of its time: every event passes here many times in its life. True only of what the schema
 * takes as it is; of anything else the schema has the word.
 */
function isSurelyEnvelope(found: Partial<Record<keyof Envelope, unknown>> | null): found is Envelope {
  if (typeof found !== 'object' || found === null) return false;
  const { reasonCode } = found;
  return (
    isMatch(found.eventId, uuidPattern) &&
    typeof found.streamId === 'string' &&
    aggregateOf(found.streamId) !== undefined &&
    isCount(found.streamVersion) &&
    isText(found.type, 100) &&
    isCount(found.schemaVersion) &&
    isMatch(found.organisation, uuidPattern) &&
    isActor(found.actor) &&
    (reasonCode === undefined || isText(reasonCode, 100)) &&
    isText(found.commandId, 200) &&
    isText(found.correlationId, 200) &&
    isText(found.causationId, 200) &&
    isMatch(found.occurredAt, instantPattern) &&
    isMatch(found.recordedAt, instantPattern) &&
    Object.keys(found).length === (reasonCode === undefined ? 12 : 13)
  );
}

const actorRoles: ReadonlySet<unknown> = new Set([...roles, 'system']);

const isActor = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  'role' in value &&
  isText(value.id, 200) &&
  actorRoles.has(value.role) &&
  Object.keys(value).length === 2;

const isText = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= longest;
const isMatch = (value: unknown, pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1;
