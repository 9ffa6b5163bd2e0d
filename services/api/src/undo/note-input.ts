import { plainText } from '@consilium/domain';
import type { ProtectedText } from '@consilium/domain';
import { invalidAt } from '../platform/refusals.ts';
import type { Invalid } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

const noteLength = 4_000;

interface Noted {
  readonly note?: string | null;
}

export const noteProblem = ({ note }: Noted): Invalid | undefined =>
  isGiven(note) && (note.trim() === '' || note.length > noteLength)
    ? invalidAt('note', 'BAD_LENGTH', `a note has 1 to ${noteLength} characters`)
    : undefined;

export const noteOf = ({ note }: Noted): { readonly note?: ProtectedText } =>
  isGiven(note) ? { note: plainText(note) } : {};
