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

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);

const envelopeSchema = z.strictObject({
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
export const decodeEnvelope = (metaBytes: Uint8Array): Envelope =>
  envelopeSchema.parse(JSON.parse(Buffer.from(metaBytes).toString('utf8')));
