import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256: 32 bytes. */
export type Hash = Uint8Array;

export const hashBytes = 32;

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** Of a tree without leaves (RFC 9162 section 2.1.1). */
export const emptyRoot = (): Hash => createHash('sha256').digest();

/** Leaves and nodes are hashed under different prefixes, so that no node can be shown as a leaf (RFC 9162 section 2.1.1). */
export const leafHashOf = (leafData: Uint8Array): Hash =>
  createHash('sha256').update(leafPrefix).update(leafData).digest();

export const nodeHashOf = (left: Hash, right: Hash): Hash =>
  createHash('sha256').update(nodePrefix).update(left).update(right).digest();

export const equalHashes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);
