import { createHash, createPrivateKey } from 'node:crypto';
import {
  checkpointText,
  formatNote,
  logSigningKey,
  parseNote,
  readCheckpoint,
  rootOfEdge,
  type SigningKey,
  signText,
} from '@consilium/transparency';
import { type LogEvent, treeOf } from './log-event.ts';

/** The Ed25519 key (RFC 8410) that a text stands for: always the same, so that whole histories are. For tests only. */
export function signingKeyFor(origin: string, text: string): SigningKey {
  const seed = createHash('sha256').update(text).digest();
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return logSigningKey(origin, createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
}

/**
 * A head over changed events, in the name of the log that signed `genuine`: with a key that nobody trusts, but under the
 * key id of the one that is trusted, if asked for.
 */
export function forgedNote(
  genuine: string,
  events: readonly LogEvent[],
  size: number,
  underTrustedId: boolean,
): string {
  const reading = parseNote(Buffer.from(genuine));
  const checkpoint = reading.kind === 'note' ? readCheckpoint(reading.note.text) : undefined;
  if (reading.kind !== 'note' || checkpoint === undefined) throw new Error('the genuine note cannot be read');
  const text = checkpointText({ origin: checkpoint.origin, size, root: rootOfEdge(treeOf(events, size).edge) });
  const signature = signText(text, signingKeyFor(checkpoint.origin, 'a stranger'));
  const [trusted] = reading.note.signatures;
  return formatNote({
    text,
    signatures: [underTrustedId && trusted !== undefined ? { ...signature, keyId: trusted.keyId } : signature],
  });
}
