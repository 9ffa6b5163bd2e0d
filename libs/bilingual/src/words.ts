/** One word, number or punctuation mark of a sentence. Offsets are UTF-16 code units of the original text, end exclusive. */
export interface Word {
  readonly kind: 'word' | 'number' | 'mark';
  /** Small letters without accents: reports leave accents out and are written in capitals. */
  readonly form: string;
  readonly start: number;
  readonly end: number;
}

const pattern = /(?<number>\p{Nd}+(?:[.,]\p{Nd}+)*)|(?<word>\p{L}[\p{L}\p{M}\p{Nd}]*(?:['’]\p{L}+)?)|(?<mark>[^\s])/gu;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const kindOf = (groups: Readonly<Record<string, string | undefined>>): Word['kind'] => {
  if (groups['number'] !== undefined) return 'number';
  return groups['word'] === undefined ? 'mark' : 'word';
};

/** The point of an abbreviation ("dcha.") goes on in small letters, or before a comma. */
const endsSentence = (text: string, next: Word | undefined): boolean =>
  next === undefined || next.kind === 'number' || (next.kind === 'word' && /^[^\p{Ll}]/u.test(text[next.start] ?? ''));

/** Splits a sentence. A number keeps its separators ("1.500"), and a unit written to it is a word of its own ("7mm"). */
export const wordsOf = (text: string): readonly Word[] =>
  [...text.matchAll(pattern)]
    .map((match): Word => ({
      kind: kindOf(match.groups ?? {}),
      form: plain(match[0]),
      start: match.index,
      end: match.index + match[0].length,
    }))
    .filter((word, index, words) => word.form !== '.' || endsSentence(text, words[index + 1]));
