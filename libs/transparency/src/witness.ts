import { type Checkpoint, checkpointText } from './checkpoint.ts';
import type { Hash } from './merkle-hashes.ts';
import { continues } from './seal-checkpoint.ts';
import type { NoteSignature } from './signed-note.ts';
import { cosignText, type SigningKey } from './sign-note.ts';

export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly signature: NoteSignature }
  /** The proof must begin at the size that the witness knows (C2SP tlog-witness: 409). */
  | { readonly kind: 'otherSizeKnown'; readonly knownSize: number }
  /** The log has split, or the proof is wrong (C2SP tlog-witness: 422). */
  | { readonly kind: 'inconsistent' };

/**
 * What a witness answers to a checkpoint whose signature it has verified. It must have stored the checkpoint as the one it
 * knows before it gives a cosignature away.
 * @param known the largest it has seen of this log, undefined before the first
 * @param proof from `provedSize` on
 */
export function considerCheckpoint(
  known: Checkpoint | undefined,
  offered: { readonly checkpoint: Checkpoint; readonly provedSize: number; readonly proof: readonly Hash[] },
  key: SigningKey,
  atSeconds: number,
): WitnessAnswer {
  const { checkpoint, provedSize, proof } = offered;
  const knownSize = known?.size ?? 0;
  if (provedSize !== knownSize) return { kind: 'otherSizeKnown', knownSize };
  if (known === undefined ? proof.length > 0 : !continues(known, checkpoint, proof)) return { kind: 'inconsistent' };
  return { kind: 'cosigned', signature: cosignText(checkpointText(checkpoint), key, atSeconds) };
}
