import type { KeyedHash } from './keyed-hash.ts';
import { queryError } from './query-errors.ts';

const signatureBytes = 16;
const longestCursor = 1_000;

/** What a cursor is good for: the list, whose it is, and the arguments it was read with. */
export type CursorScope = readonly (string | null)[];

/** A place in a list, signed: only a list with the same scope takes it back. The place must be fit for whoever sees it. */
export function makeCursor(hash: KeyedHash, scope: CursorScope, place: readonly (string | number)[]): string {
  const text = JSON.stringify(place);
  const signature = hash.bytes('cursor', contentOf(scope, text)).subarray(0, signatureBytes);
  return Buffer.concat([signature, Buffer.from(text, 'utf8')]).toString('base64url');
}

/** @throws GraphQLError BAD_USER_INPUT for a cursor that was forged, or given for another list, person or argument. */
export function readCursor(hash: KeyedHash, scope: CursorScope, cursor: string): readonly unknown[] {
  if (cursor.length > longestCursor || !/^[\w-]+$/.test(cursor)) throw refused();
  const bytes = Buffer.from(cursor, 'base64url');
  const signature = bytes.subarray(0, signatureBytes);
  const text = bytes.subarray(signatureBytes).toString('utf8');
  // Decoding base64url forgives trailing bits; a cursor must be the very text that was given out.
  const isOwn = bytes.toString('base64url') === cursor && hash.verifies('cursor', contentOf(scope, text), signature);
  if (!isOwn) throw refused();
  const place: unknown = JSON.parse(text);
  if (!Array.isArray(place)) throw refused();
  return place;
}

const contentOf = (scope: CursorScope, text: string): string => JSON.stringify([scope, text]);

const refused = (): Error => queryError('BAD_USER_INPUT', 'This cursor is not one of this list.');
