import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { decodeBase64 } from './base64.ts';

/** Who signs: a log its own checkpoints, a witness those of others that it has found consistent. */
export type NoteKeyKind = 'log' | 'witness';

/** A public Ed25519 key under a name (C2SP signed-note, section Signatures). */
export interface NoteKey {
  readonly kind: NoteKeyKind;
  /** Neither empty nor with white space or a plus sign; a URL without scheme by custom. */
  readonly name: string;
  /** Unsigned, 32 bits. It finds the key; it proves nothing. */
  readonly keyId: number;
  readonly publicKey: KeyObject;
}

/** A key that cannot sign notes: of another algorithm, under a name that notes cannot carry, or not readable at all. */
export class InvalidNoteKey extends Error {
  override readonly name = 'InvalidNoteKey';
}

const signatureTypes = { log: 0x01, witness: 0x04 } as const;
const publicKeyBytes = 32;

/** @throws InvalidNoteKey */
export function noteKeyOf(kind: NoteKeyKind, name: string, publicKey: KeyObject): NoteKey {
  if (!isKeyName(name)) throw new InvalidNoteKey('a key name is not empty and has no white space and no plus sign');
  return { kind, name, keyId: keyIdOf(kind, name, rawBytesOf(publicKey)), publicKey };
}

/** As in `example.com/log+7f2b5c3d+AbC...`: name, key id in hex, type and key in base64. */
export function formatNoteKey({ kind, name, keyId, publicKey }: NoteKey): string {
  const typed = Buffer.concat([Buffer.of(signatureTypes[kind]), rawBytesOf(publicKey)]);
  return `${name}+${keyId.toString(16).padStart(8, '0')}+${typed.toString('base64')}`;
}

/** @throws InvalidNoteKey */
export function readNoteKey(text: string): NoteKey {
  const [, name, hex, base64] = /^([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]*)$/.exec(text) ?? [];
  const typed = decodeBase64(base64 ?? '');
  if (name === undefined || hex === undefined || typed?.length !== 1 + publicKeyBytes) {
    throw new InvalidNoteKey('a verifier key is name, key id and base64, joined by plus signs');
  }
  const kind = kindOf(typed[0]);
  const key = noteKeyOf(kind, name, publicKeyOf(typed.subarray(1)));
  if (key.keyId !== Number.parseInt(hex, 16)) throw new InvalidNoteKey('the key id is not that of the name and key');
  return key;
}

export const isKeyName = (name: string): boolean => /^[^\s\p{White_Space}\p{Cc}+]+$/u.test(name);

function keyIdOf(kind: NoteKeyKind, name: string, rawKey: Uint8Array): number {
  const hash = createHash('sha256').update(`${name}\n`).update(Uint8Array.of(signatureTypes[kind])).update(rawKey);
  return hash.digest().readUInt32BE();
}

function kindOf(type: number | undefined): NoteKeyKind {
  if (type === signatureTypes.log) return 'log';
  if (type === signatureTypes.witness) return 'witness';
  throw new InvalidNoteKey('only Ed25519 keys of logs (1) and witnesses (4) are known');
}

function rawBytesOf(publicKey: KeyObject): Uint8Array {
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new InvalidNoteKey('a note is signed with an Ed25519 key');
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
}

function publicKeyOf(rawKey: Uint8Array): KeyObject {
  const x = Buffer.from(rawKey).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
