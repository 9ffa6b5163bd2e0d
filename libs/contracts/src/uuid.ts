import { createHash } from 'node:crypto';
import { freshRandomBytes } from './random-bytes.ts';

/** UUID version 5 (RFC 9562, section 5.5): the same namespace and name give the same id. */
export function uuidv5(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
    .subarray(0, 16);
  return format(bytes, 0x50);
}

/** UUID version 7 (RFC 9562, section 5.7) of an instant in milliseconds, for index locality; never used as an order. */
export function uuidv7(unixMs: number, random: Uint8Array = freshRandomBytes(10)): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(unixMs, 0, 6);
  bytes.set(random, 6);
  return format(bytes, 0x70);
}

function format(bytes: Buffer, version: number): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | version, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
