import { plainText } from '@consilium/domain';
import type { ProtectedText } from '@consilium/domain';
import { invalidAt } from './refusals.ts';
import type { Invalid } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

const noteLength = 4_000;

interface Noted {
  readonly note?: string | null;
}

/** @param path of the note within the input */
export const noteProblem = ({ note }: Noted, path = 'note'): Invalid | undefined =>
  isGiven(note) && (note.trim() === '' || note.length > noteLength)
    ? invalidAt(path, 'BAD_LENGTH', `a note has 1 to ${noteLength} characters`)
    : undefined;

export const noteOf = ({ note }: Noted): { readonly note?: ProtectedText } =>
  isGiven(note) ? { note: plainText(note) } : {};
