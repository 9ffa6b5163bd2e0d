import { type Checkpoint, checkpointText } from './checkpoint.ts';
import { equalHashes, type Hash, emptyRoot } from './merkle-hashes.ts';
import { formatNote } from './signed-note.ts';
import { type SigningKey, signText } from './sign-note.ts';
import { isConsistent } from './verify.ts';

/** The next head does not continue the last one that was signed: signing both would split the log in two. */
export class InconsistentCheckpoint extends Error {
  override readonly name = 'InconsistentCheckpoint';
}

/**
 * The signed note of a head that is proved to continue the last one signed (undefined before the first). While keys
 * overlap, all of them sign, so that whoever knows either can verify.
 * @param proof from the previous size to the next; empty where there is none before, or that was the empty log's
 * @throws InconsistentCheckpoint; RangeError without a key
 */
export function sealCheckpoint(
  previous: Checkpoint | undefined,
  next: Checkpoint,
  proof: readonly Hash[],
  keys: readonly SigningKey[],
): string {
  if (keys.length === 0) throw new RangeError('a checkpoint is signed by at least one key');
  if (previous !== undefined && !continues(previous, next, proof)) {
    throw new InconsistentCheckpoint(
      `the head of ${String(next.size)} does not continue that of ${String(previous.size)}`,
    );
  }
  const text = checkpointText(next);
  return formatNote({ text, signatures: keys.map((key) => signText(text, key)) });
}

/** Whether `proof` shows that the same log has grown from one head to the other, or has not grown at all. */
export function continues(previous: Checkpoint, next: Checkpoint, proof: readonly Hash[]): boolean {
  if (previous.origin !== next.origin) return false;
  // Every log continues the empty one, for which there is no proof.
  if (previous.size === 0) return proof.length === 0 && equalHashes(previous.root, emptyRoot());
  return isConsistent({
    oldSize: previous.size,
    oldRoot: previous.root,
    size: next.size,
    root: next.root,
    proof,
  });
}
