import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import type { NoteKey } from './note-key.ts';
import { openNote, type VerifiedSignature } from './open-note.ts';
import { parseNote } from './signed-note.ts';

/** A key of the log, and the sizes at which it was in use: one that was retired, or stolen later, signs nothing newer. */
export interface TrustedLogKey {
  readonly key: NoteKey;
  /** @minimum 0 */
  readonly firstSize: number;
  /** Inclusive; undefined while it is in use. */
  readonly lastSize: number | undefined;
}

export interface CheckpointTrust {
  readonly origin: string;
  readonly logKeys: readonly TrustedLogKey[];
  readonly witnessKeys: readonly NoteKey[];
  /** How many different witnesses must have signed. @minimum 0 */
  readonly witnessesNeeded: number;
}

export type CheckpointVerdict =
  | {
      readonly kind: 'verified';
      readonly checkpoint: Checkpoint;
      readonly signedBy: readonly NoteKey[];
      readonly witnessedBy: readonly VerifiedSignature[];
    }
  | { readonly kind: 'malformed'; readonly reason: string }
  | { readonly kind: 'otherLog'; readonly origin: string }
  | { readonly kind: 'badSignature'; readonly keyName: string }
  | { readonly kind: 'notSigned' }
  | { readonly kind: 'keyNotInUse'; readonly keyName: string; readonly size: number }
  | { readonly kind: 'tooFewWitnesses'; readonly witnesses: number };

/** Whatever bytes are given, the answer is a verdict. */
export function verifyCheckpoint(
  bytes: Uint8Array,
  { origin, logKeys, witnessKeys, witnessesNeeded }: CheckpointTrust,
): CheckpointVerdict {
  const reading = parseNote(bytes);
  if (reading.kind === 'malformed') return reading;
  const opened = openNote(reading.note, [...logKeys.map(({ key }) => key), ...witnessKeys]);
  if (opened.kind === 'badSignature') return opened;
  if (opened.kind === 'noKnownKey') return { kind: 'notSigned' };
  const checkpoint = readCheckpoint(reading.note.text);
  if (checkpoint === undefined) return { kind: 'malformed', reason: 'the text is no checkpoint' };
  if (checkpoint.origin !== origin) return { kind: 'otherLog', origin: checkpoint.origin };
  const { size } = checkpoint;
  const signed = logKeys.filter(({ key }) => opened.signatures.some((signature) => signature.key === key));
  const inUse = signed.filter(({ firstSize, lastSize }) => firstSize <= size && size <= (lastSize ?? size));
  const [unused] = signed;
  if (unused === undefined) return { kind: 'notSigned' };
  if (inUse.length === 0) return { kind: 'keyNotInUse', keyName: unused.key.name, size };
  const witnessedBy = opened.signatures.filter(({ key }) => witnessKeys.includes(key));
  if (witnessedBy.length < witnessesNeeded) return { kind: 'tooFewWitnesses', witnesses: witnessedBy.length };
  return { kind: 'verified', checkpoint, signedBy: inUse.map(({ key }) => key), witnessedBy };
}
