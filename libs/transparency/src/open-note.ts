import { verify } from 'node:crypto';
import { cosignedMessage, timestampLength } from './cosigned-message.ts';
import type { NoteKey } from './note-key.ts';
import type { NoteSignature, SignedNote } from './signed-note.ts';

export interface VerifiedSignature {
  readonly key: NoteKey;
  /** When a witness signed, in seconds since 1970; undefined of a log. */
  readonly atSeconds: number | undefined;
}

export type OpenedNote =
  | { readonly kind: 'opened'; readonly signatures: readonly VerifiedSignature[] }
  /** A key that is known has not signed this text: the whole note is refused. */
  | { readonly kind: 'badSignature'; readonly keyName: string }
  | { readonly kind: 'noKnownKey' };

/** Verifies the signatures of known keys and passes over all others (C2SP signed-note, section Signatures). */
export function openNote({ text, signatures }: SignedNote, knownKeys: readonly NoteKey[]): OpenedNote {
  const verified = new Map<NoteKey, VerifiedSignature>();
  for (const signature of signatures) {
    const key = knownKeys.find(({ name, keyId }) => name === signature.keyName && keyId === signature.keyId);
    if (key === undefined) continue;
    const opened = openSignature(text, signature, key);
    if (opened === undefined) return { kind: 'badSignature', keyName: key.name };
    // The same key twice says nothing more.
    if (!verified.has(key)) verified.set(key, opened);
  }
  return verified.size === 0 ? { kind: 'noKnownKey' } : { kind: 'opened', signatures: [...verified.values()] };
}

function openSignature(text: string, { bytes }: NoteSignature, key: NoteKey): VerifiedSignature | undefined {
  switch (key.kind) {
    case 'log':
      return verify(null, Buffer.from(text, 'utf8'), key.publicKey, bytes) ? { key, atSeconds: undefined } : undefined;
    case 'witness': {
      if (bytes.length <= timestampLength) return undefined;
      const at = Buffer.from(bytes).readBigUInt64BE();
      if (at > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
      const message = cosignedMessage(text, Number(at));
      return verify(null, message, key.publicKey, bytes.subarray(timestampLength))
        ? { key, atSeconds: Number(at) }
        : undefined;
    }
  }
}
