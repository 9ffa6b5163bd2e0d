import { cognateBucket, isCognate } from './cognates.ts';
import type { Span } from './hit.ts';
import { boneAnatomy } from './lexicon/bone-anatomy.ts';
import { bodyAnatomy } from './lexicon/body-anatomy.ts';
import { chestAnatomy } from './lexicon/chest-anatomy.ts';
import { devicesAndTechnique } from './lexicon/devices-and-technique.ts';
import { emptyWords } from './lexicon/empty-words.ts';
import { detailAnatomy } from './lexicon/detail-anatomy.ts';
import { findings } from './lexicon/findings.ts';
import { findPhrases, phraseTable, type PhraseTable } from './phrase-table.ts';
import type { Word } from './words.ts';

/** A word or phrase with content. A word that no lexicon knows is its own concept until it meets its cognate. */
export interface Mention extends Span {
  readonly from: number;
  readonly to: number;
  readonly concepts: readonly string[];
  /** Concepts of which the phrase says that they are not: "alitiasica". */
  readonly denies: boolean;
  readonly kind: Kind;
}

export type Kind = 'finding' | 'anatomy' | 'other' | 'unknown' | 'empty';

export interface AlignedMentions {
  readonly es: readonly Mention[];
  readonly en: readonly Mention[];
}

interface Meaning {
  readonly concepts: readonly string[];
  readonly denies: boolean;
  readonly kind: Kind;
}

const anatomy = [...chestAnatomy, ...boneAnatomy, ...bodyAnatomy, ...detailAnatomy];
type Line = readonly [Meaning, es: string, en: string];
const places: readonly Line[] = anatomy.map(([ids, es, en]) => [
  { concepts: ids.split('+'), denies: false, kind: 'anatomy' },
  es,
  en,
]);
const things: readonly Line[] = [
  ...findings.map(([id, es, en]) => [meaningOf(id, 'finding'), es, en] as const),
  ...devicesAndTechnique.map(([id, es, en]) => [meaningOf(id, 'other'), es, en] as const),
  [{ concepts: [], denies: false, kind: 'empty' }, emptyWords.es, emptyWords.en],
];
/** A word may name a place and a finding ("adenopatia" is a node and a disease), so the two are looked for apart. */
const tablesOf = (column: 1 | 2): readonly PhraseTable<Meaning>[] =>
  [places, things].map((lines) => phraseTable(lines.map((line) => [line[0], line[column]] as const)));
const spanish = tablesOf(1);
const english = tablesOf(2);

function meaningOf(id: string, kind: Kind): Meaning {
  const denies = id.startsWith('!');
  return { concepts: [denies ? id.slice(1) : id], denies, kind };
}

/** Wider concepts of an anatomical one. */
export const widerConcepts: ReadonlyMap<string, readonly string[]> = new Map(
  anatomy.flatMap(([ids, , , wider = '']) =>
    ids.split('+').map((id) => [id, wider.split(' ').filter((one) => one !== '' && one !== id)] as const),
  ),
);

/** Shorter words that no lexicon knows are articles and prepositions. */
const leastLetters = 4;

const mentionsOf = (tables: readonly PhraseTable<Meaning>[], words: readonly Word[]): readonly Mention[] => {
  const found = tables.flatMap((table) => findPhrases(table, words));
  const known = new Set<number>();
  for (const { from, to } of found) for (let at = from; at < to; at += 1) known.add(at);
  const unknown = words.flatMap((word, at): Mention[] =>
    word.kind !== 'word' || known.has(at) || word.form.length < leastLetters
      ? []
      : [{ from: at, to: at + 1, start: word.start, end: word.end, concepts: [], denies: false, kind: 'unknown' }],
  );
  return [...found.map(({ meaning, ...place }): Mention => ({ ...place, ...meaning })), ...unknown].sort(
    (a, b) => a.start - b.start,
  );
};

/** Bounds the comparisons of one word, so that a sentence made of words alike takes linear time too. */
const mostAlike = 20;

/** Gives each unknown word its own form as concept, and a Spanish one the form of its unused English cognate. */
const align = (
  es: readonly Mention[],
  en: readonly Mention[],
  esWords: readonly Word[],
  enWords: readonly Word[],
): AlignedMentions => {
  const formAt = (words: readonly Word[], at: number): string => words[at]?.form ?? '';
  const free = new Map<string, string[]>();
  for (const one of en.filter(({ kind }) => kind === 'unknown')) {
    const form = formAt(enWords, one.from);
    const bucket = free.get(cognateBucket(form)) ?? [];
    if (bucket.length < mostAlike) free.set(cognateBucket(form), [...bucket, form]);
  }
  const named = (one: Mention, concept: string): Mention => ({ ...one, concepts: [concept] });
  return {
    es: es.map((one) => {
      if (one.kind !== 'unknown') return one;
      const form = formAt(esWords, one.from);
      const twin = free.get(cognateBucket(form))?.find((other) => isCognate(form, other));
      return named(one, twin === undefined ? `es:${form}` : `en:${twin}`);
    }),
    en: en.map((one) => (one.kind === 'unknown' ? named(one, `en:${formAt(enWords, one.from)}`) : one)),
  };
};

export const alignMentions = (es: readonly Word[], en: readonly Word[]): AlignedMentions =>
  align(mentionsOf(spanish, es), mentionsOf(english, en), es, en);
