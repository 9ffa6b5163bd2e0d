import { createHash, hash } from 'node:crypto';
import type { StreamId } from '@consilium/domain';

/**
 * The hashes that make history provable (docs/adr/0002-event-bytes.md, with test vectors). Each tag is a distinct
 * NUL-terminated ASCII string, so that no hash of one kind can be taken for another. The journal's SQL computes the same
 * three on its own; a change here would need a new tag.
 */
export const hashTags = {
  payload: 'consilium/payload/v1\0',
  stream: 'consilium/stream/v1\0',
  link: 'consilium/link/v1\0',
} as const;

/** SHA-256(tag, salt, payload): the salt keeps short payloads from being guessed from a published proof. 32 bytes. */
export const payloadHashOf = (salt: Uint8Array, payloadBytes: Uint8Array): Uint8Array =>
  sha256(hashTags.payload, salt, payloadBytes);

/** S_0 of a stream. 32 bytes. */
export const streamStartOf = (streamId: StreamId): Uint8Array => sha256(hashTags.stream, streamId);

/** S_i from S_{i-1}, the event's payload hash and its meta bytes. 32 bytes. */
export const streamLinkOf = (previous: Uint8Array, payloadHash: Uint8Array, metaBytes: Uint8Array): Uint8Array =>
  sha256(hashTags.link, previous, payloadHash, metaBytes);

/** The Merkle leaf of an event: its global sequence number, 8 bytes big-endian, then S_i. 40 bytes, before leaf hashing. */
export function merkleLeafOf(globalSeq: number, streamHash: Uint8Array): Uint8Array {
  const leaf = Buffer.alloc(8 + streamHash.length);
  leaf.writeBigUInt64BE(BigInt(globalSeq));
  leaf.set(streamHash, 8);
  return leaf;
}

/** Filled and hashed at once: a third of the time of several updates. Longer events are rare. */
const scratch = new Uint8Array(64 * 1024);

function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  let length = 0;
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    if (length + bytes.length > scratch.length) return ofLongParts(parts);
    scratch.set(bytes, length);
    length += bytes.length;
  }
  // By way of text with a byte a character: the bytes themselves take longer to be handed over than to be hashed.
  return Buffer.from(hash('sha256', scratch.subarray(0, length), 'binary'), 'binary');
}

function ofLongParts(parts: readonly (Uint8Array | string)[]): Uint8Array {
  const running = createHash('sha256');
  for (const part of parts) running.update(part);
  return running.digest();
}
