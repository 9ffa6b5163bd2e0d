import type { Word } from './words.ts';

/** A phrase found in a sentence: what it means, and from which word to which (end exclusive). */
export interface Found<Meaning> {
  readonly meaning: Meaning;
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

interface Phrase<Meaning> {
  readonly parts: readonly string[];
  readonly meaning: Meaning;
}

export type PhraseTable<Meaning> = ReadonlyMap<string, readonly Phrase<Meaning>[]>;

const keyOf = (form: string): string => form.slice(0, 2);
const fits = (part: string, form: string): boolean =>
  part.endsWith('*') ? form.startsWith(part.slice(0, -1)) : part === form;
/** "air-fluid" is "air fluid". */
const isJoint = (word: Word | undefined): boolean => word?.kind === 'mark' && /^[-‐–]$/u.test(word.form);

/**
 * Compiles lines of phrases: small letters without accents, separated by commas; a star ends a stem ("derrame*"). A stem
 * has at least two letters, for phrases are kept by the first two.
 */
export const phraseTable = <Meaning>(
  lines: readonly (readonly [meaning: Meaning, phrases: string])[],
): PhraseTable<Meaning> => {
  const table = new Map<string, Phrase<Meaning>[]>();
  for (const [meaning, phrases] of lines) {
    for (const phrase of phrases.split(',').map((text) => text.trim())) {
      const parts = phrase.split(' ');
      const first = parts[0] ?? '';
      if (first === '') continue;
      const key = keyOf(first.replace('*', ''));
      const bucket = table.get(key) ?? [];
      bucket.push({ parts, meaning });
      table.set(key, bucket);
    }
  }
  for (const bucket of table.values()) {
    bucket.sort((a, b) => b.parts.length - a.parts.length || b.parts.join(' ').length - a.parts.join(' ').length);
  }
  return table;
};

const endOf = (parts: readonly string[], words: readonly Word[], from: number): number | undefined => {
  let at = from;
  for (const [index, part] of parts.entries()) {
    if (index > 0 && isJoint(words[at])) at += 1;
    const word = words[at];
    if (word === undefined || !fits(part, word.form)) return undefined;
    at += 1;
  }
  return at;
};

/** The longest phrase at each place, from the left, none overlapping. Linear: a place tries one bucket of the table. */
export const findPhrases = <Meaning>(
  table: PhraseTable<Meaning>,
  words: readonly Word[],
): readonly Found<Meaning>[] => {
  const found: Found<Meaning>[] = [];
  for (let from = 0; from < words.length;) {
    let next = from + 1;
    for (const { parts, meaning } of table.get(keyOf(words[from]?.form ?? '')) ?? []) {
      const to = endOf(parts, words, from);
      if (to === undefined) continue;
      found.push({ meaning, from, to, start: words[from]?.start ?? 0, end: words[to - 1]?.end ?? 0 });
      next = to;
      break;
    }
    from = next;
  }
  return found;
};
