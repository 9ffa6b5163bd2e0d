import type { Span } from './hit.ts';
import { polarityCues, tones, type Cue, type Tone } from './lexicon/polarity-cues.ts';
import type { Mention } from './mentions.ts';
import { findPhrases, phraseTable, type Found, type PhraseTable } from './phrase-table.ts';
import type { Language } from './dates-and-clocks.ts';
import type { Word } from './words.ts';

/** `hinted`: suggested without being left open in words; it answers to both `present` and `open`. */
export type State = 'present' | 'absent' | 'open' | 'hinted';

type Range = readonly [from: number, to: number];

export interface CueAt extends Span {
  readonly state: State;
  readonly isPrefix: boolean;
  readonly from: number;
  readonly to: number;
  /** Words on which it works. */
  readonly scope: Range;
}

export interface Polarity {
  /** The state of each word. */
  readonly states: readonly State[];
  readonly cues: readonly CueAt[];
  readonly tones: readonly Found<Tone>[];
  /** Whether a word denies by its prefix: "unresolved", "noncalcified". */
  readonly hasPrefix: boolean;
}

interface Tables {
  readonly cues: PhraseTable<Cue>;
  readonly tones: PhraseTable<Tone>;
}
const tablesOf = (column: 1 | 2): Tables => ({
  cues: phraseTable(polarityCues.map((line) => [line[0], line[column]] as const)),
  tones: phraseTable(tones.map((line) => [line[0], line[column]] as const)),
});
const tables: Readonly<Record<Language, Tables>> = { es: tablesOf(1), en: tablesOf(2) };

const hardEnd = /^[.;:?!¿¡()]$/u;
const coordinators = new Set(['o', 'u', 'ni', 'or', 'nor']);

/** Where the clause of each cue ends, right and left of it: at marks, at other cues, and at a comma that opens no list. */
const boundsOf = (words: readonly Word[], cues: readonly Found<Cue>[]): { right: number[]; left: number[] } => {
  const starts = new Set(
    cues.filter(({ meaning }) => meaning !== 'absent-next' && meaning !== 'idle').map(({ from }) => from),
  );
  const right: number[] = Array.from({ length: words.length + 1 }, () => words.length);
  let listed = false;
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const form = words[at]?.form ?? '';
    const after = right[at + 1] ?? words.length;
    if (hardEnd.test(form) || starts.has(at)) {
      right[at] = at;
      listed = form === 'ni' || form === 'nor';
    } else if (coordinators.has(form)) {
      right[at] = after;
      listed = true;
    } else right[at] = form === ',' && !listed ? at : after;
  }
  const left: number[] = [];
  for (const at of words.keys()) {
    const before = at === 0 ? 0 : (left[at - 1] ?? 0);
    left.push(hardEnd.test(words[at - 1]?.form ?? '') || words[at - 1]?.form === ',' ? at : before);
  }
  return { right, left };
};

const stateOf = (cue: Cue): State | undefined => {
  switch (cue) {
    case 'absent-after':
    case 'absent-around':
    case 'absent-before':
    case 'absent-next':
      return 'absent';
    case 'open-after':
    case 'maybe-after':
    case 'open-before':
      return 'open';
    case 'hint-after':
      return 'hinted';
    case 'present-after':
    case 'stop':
    case 'idle':
      return undefined;
  }
};

/** "No hay", "no se observa": the verb belongs to the denial before it and states nothing. */
const statedAlone = (found: readonly Found<Cue>[]): readonly Found<Cue>[] =>
  found.filter(({ meaning, from }, index) => {
    const before = found[index - 1];
    if (meaning !== 'present-after' || before === undefined || before.to < from) return true;
    return stateOf(before.meaning) !== 'absent' && before.meaning !== 'idle';
  });

/** Concepts at which a denial ends: "sin cambios en el derrame" denies the change and not the effusion. */
const endsDenial = new Set(['change', 'worse', 'better', 'growth', 'decrease']);

/** The state of every word, from the cues in whose scope it stands; a word in two scopes is denied first, then left open. */
export const polarityOf = (words: readonly Word[], mentions: readonly Mention[], language: Language): Polarity => {
  const found = statedAlone(findPhrases(tables[language].cues, words));
  const { right, left } = boundsOf(words, found);
  const cueWords = new Set(
    found.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)),
  );
  const contents = mentions.filter(({ kind, from }) => kind !== 'empty' && !cueWords.has(from));
  const all = contentUpTo(words, contents);
  const strong = contentUpTo(
    words,
    contents.filter(({ kind }) => kind !== 'other'),
  );
  const hasContent = (content: readonly number[], [low, high]: Range): boolean =>
    (content[high] ?? 0) > (content[low] ?? 0);
  const nextFound = new Map(found.map((one) => [one.from, one] as const));
  const findingEnds = new Map(
    mentions.filter(({ kind }) => kind === 'finding').map(({ from, to }) => [from, to] as const),
  );
  const lastWords = new Map(
    mentions
      .filter(({ concepts }) => concepts.some((one) => endsDenial.has(one)))
      .map(({ from, to }) => [from, to] as const),
  );
  const narrowed = (meaning: Cue, range: Range): Range => {
    if (stateOf(meaning) === 'absent') return upTo(range, lastWords);
    return meaning === 'maybe-after' ? upTo(range, findingEnds) : range;
  };
  const states: State[] = words.map(() => 'present');
  const cues: CueAt[] = [];
  let reach = 0;
  for (const { meaning, from, to, start, end } of found) {
    const state = stateOf(meaning);
    if (state === undefined) {
      if (meaning !== 'idle') reach = to;
      continue;
    }
    // "May reflect", "no impresiona de": cues that touch work on the same words.
    let bound = right[to] ?? words.length;
    let next = nextFound.get(to);
    for (let steps = 0; next?.from === bound && steps < longestClause; steps += 1) {
      bound = right[next.to] ?? words.length;
      next = nextFound.get(next.to);
    }
    const after: Range = [to, meaning === 'absent-next' ? nextWord(words, to) : bound];
    const before: Range = [Math.max(left[from] ?? 0, reach), from];
    const clause = left[from] ?? 0;
    const wide: Range = [
      clause < from && hasContent(strong, [clause, from]) ? clause : Math.max(0, from - longestClause),
      from,
    ];
    const backward = meaning === 'absent-before' || meaning === 'open-before';
    // "Derrame que no ha variado": a relative clause denies what it says, not what it is about.
    const relative = words[from - 1]?.form === 'que';
    const forwardOnly =
      meaning === 'absent-after' || meaning === 'absent-next' || (relative && meaning === 'absent-around');
    const content = forwardOnly ? all : strong;
    const choices = backward ? [before, wide, after] : forwardOnly ? [after] : [after, before, wide];
    const chosen = choices.find((range) => hasContent(content, range)) ?? after;
    const scope: Range = chosen === after ? narrowed(meaning, chosen) : chosen;
    cues.push({ state, isPrefix: meaning === 'absent-next', from, to, start, end, scope });
    for (let at = scope[0]; at < scope[1]; at += 1) if (outranks(state, states[at] ?? 'present')) states[at] = state;
    for (let at = scope[1]; meaning === 'maybe-after' && at < chosen[1]; at += 1)
      if (states[at] === 'present') states[at] = 'hinted';
    if (!backward) reach = scope[1];
  }
  const hasPrefix = language === 'en' && words.some(({ form }) => denyingPrefix.test(form));
  return { states, cues, tones: findPhrases(tables[language].tones, words), hasPrefix };
};

const denyingPrefix = /^(?:un(?!i|der)|non)\p{L}{4,}/u;

const rank: Readonly<Record<State, number>> = { present: 0, hinted: 1, open: 2, absent: 3 };
const outranks = (one: State, other: State): boolean => rank[one] > rank[other];

/** A prefix works on the word after it, across a hyphen. */
const nextWord = (words: readonly Word[], from: number): number => (words[from]?.kind === 'mark' ? from + 2 : from + 1);

/** Ends a range with the first of some mentions in it. */
const upTo = ([low, high]: Range, lastWords: ReadonlyMap<number, number>): Range => {
  for (let at = low; at < Math.min(high, low + longestClause); at += 1) {
    const last = lastWords.get(at);
    if (last !== undefined) return [low, last];
  }
  return [low, high];
};

const contentUpTo = (words: readonly Word[], mentions: readonly Mention[]): readonly number[] => {
  const starting = new Set(mentions.map(({ from }) => from));
  const content: number[] = [0];
  for (const at of words.keys()) content.push((content[at] ?? 0) + (starting.has(at) ? 1 : 0));
  return content;
};

/** "Metastasis? Cannot be ruled out." goes back over marks, but not without limit (in words). */
const longestClause = 12;
