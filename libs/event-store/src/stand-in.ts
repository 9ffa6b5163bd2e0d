import { createHash } from 'node:crypto';
import type { EventId, Instant, StreamId } from '@consilium/domain';

export interface EncodedEvent {
  readonly eventId: EventId;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAt: Instant;
  readonly metaBytes: Uint8Array;
  readonly payloadBytes: Uint8Array;
  readonly salt: Uint8Array;
}
const sha = (...parts: readonly (Uint8Array | string)[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
export const payloadHashOf = (salt: Uint8Array, payload: Uint8Array): Uint8Array =>
  sha('consilium/payload/v1\0', salt, payload);
export const streamStartOf = (streamId: StreamId): Uint8Array => sha('consilium/stream/v1\0', streamId);
export const streamLinkOf = (previous: Uint8Array, payloadHash: Uint8Array, meta: Uint8Array): Uint8Array =>
  sha('consilium/link/v1\0', previous, payloadHash, meta);
