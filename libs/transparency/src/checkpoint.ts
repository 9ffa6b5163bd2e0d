import { decodeBase64 } from './base64.ts';
import { type Hash, hashBytes } from './merkle-hashes.ts';

/** The head of a log (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Which log. Neither empty nor more than one line. */
  readonly origin: string;
  /** Leaves. */
  readonly size: number;
  readonly root: Hash;
}

/** The text of the note that a log signs. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${String(size)}\n${Buffer.from(root).toString('base64')}\n`;

/** Undefined for a text that is no checkpoint. Lines after the third are passed over: they state nothing about the log. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin, decimal, base64, ...more] = text.split('\n');
  if (origin === undefined || origin === '' || decimal === undefined || base64 === undefined) return undefined;
  if (more.at(-1) !== '' || more.slice(0, -1).includes('')) return undefined;
  const size = /^(0|[1-9][0-9]{0,15})$/.test(decimal) ? Number(decimal) : Number.NaN;
  const root = decodeBase64(base64);
  return Number.isSafeInteger(size) && root?.length === hashBytes ? { origin, size, root } : undefined;
}
