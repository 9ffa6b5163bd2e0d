import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { cosignedMessage, timestampBytes } from './cosigned-message.ts';
import { type NoteKey, noteKeyOf } from './note-key.ts';
import type { NoteSignature } from './signed-note.ts';

/** A private key, which stays outside the database that the notes are about. */
export interface SigningKey {
  readonly key: NoteKey;
  readonly privateKey: KeyObject;
}

/** @throws InvalidNoteKey */
export const logSigningKey = (name: string, privateKey: KeyObject): SigningKey => ({
  key: noteKeyOf('log', name, createPublicKey(privateKey)),
  privateKey,
});

/** @throws InvalidNoteKey */
export const witnessSigningKey = (name: string, privateKey: KeyObject): SigningKey => ({
  key: noteKeyOf('witness', name, createPublicKey(privateKey)),
  privateKey,
});

/** Of a log, over the text of the note (C2SP signed-note, section Ed25519 signatures). Deterministic. */
export const signText = (text: string, { key, privateKey }: SigningKey): NoteSignature => ({
  keyName: key.name,
  keyId: key.keyId,
  bytes: sign(null, Buffer.from(text, 'utf8'), privateKey),
});

/**
 * Of a witness: that at `atSeconds` since 1970 this was the largest consistent checkpoint it had seen of its log (C2SP
 * tlog-cosignature, Ed25519). Deterministic.
 */
export const cosignText = (text: string, { key, privateKey }: SigningKey, atSeconds: number): NoteSignature => ({
  keyName: key.name,
  keyId: key.keyId,
  bytes: Buffer.concat([timestampBytes(atSeconds), sign(null, cosignedMessage(text, atSeconds), privateKey)]),
});
