import { around, type Span } from './hit.ts';
import { widerConcepts, type Mention } from './mentions.ts';
import type { Word } from './words.ts';

/** Words at which a statement of its own may begin; those of `coordinates` join one of equal rank. */
const coordinates = new Set([
  ',',
  ';',
  '.',
  ':',
  '(',
  ')',
  '?',
  'y',
  'e',
  'o',
  'u',
  'ni',
  'and',
  'or',
  'nor',
  'but',
  'pero',
]);
const subordinates = new Set(
  `con que sin por tras no en para de sugestivo sugestiva sugestivos sugestivas secundario secundaria
   with which that without due secondary owing following in related suggesting suggestive of for`.split(/\s+/u),
);

/** What a language says that the other does not: where, how much, and whether a coordination or a mark sets it apart. */
export interface LoneStatement {
  readonly span: Span;
  /** Weight of its content: letters, at least `leastWeight` a word or phrase. */
  readonly weight: number;
  readonly apart: boolean;
}

export interface LoneContent {
  /** The heaviest run of chunks of which the other language has nothing. */
  readonly statement: LoneStatement | undefined;
  /** Weight of all content that the other language has not. */
  readonly weight: number;
  /** Weight of the content that it has too. */
  readonly met: number;
}

interface Chunk extends Span {
  readonly coordinated: boolean;
  readonly lone: number;
  readonly met: number;
}

/** An abbreviation (SNG, TC) is as much of a statement as a short word. */
const leastWeight = 5;

export const conceptsOf = (mentions: readonly Mention[]): ReadonlySet<string> => {
  const concepts = mentions.flatMap((mention) => mention.concepts);
  return new Set([...concepts, ...concepts.flatMap((concept) => widerConcepts.get(concept) ?? [])]);
};

const isMet = ({ concepts }: Mention, others: ReadonlySet<string>): boolean =>
  concepts.some((concept) => others.has(concept) || (widerConcepts.get(concept) ?? []).some((one) => others.has(one)));

/** "Sin alteraciones" for "normal", "compatible con" for "may be": alone they state nothing that could be left out. */
const saysLittle = new Set(['abnormality', 'suggestive', 'defined', 'shape']);
const isContent = ({ kind, concepts }: Mention): boolean =>
  kind !== 'empty' && !concepts.some((concept) => saysLittle.has(concept));

const chunksOf = (
  words: readonly Word[],
  mentions: readonly Mention[],
  others: ReadonlySet<string>,
): readonly Chunk[] => {
  const starting = Map.groupBy(mentions.filter(isContent), ({ from }) => from);
  const chunks: Chunk[] = [];
  let [from, lone, met, covered] = [0, 0, 0, 0];
  const close = (to: number): void => {
    const [first, last] = [words[from], words[to - 1]];
    if (first !== undefined && last !== undefined && to > from) {
      chunks.push({ start: first.start, end: last.end, coordinated: coordinates.has(first.form), lone, met });
    }
    [from, lone, met] = [to, 0, 0];
  };
  for (const [at, word] of words.entries()) {
    if (at >= covered && (coordinates.has(word.form) || subordinates.has(word.form))) close(at);
    const here = starting.get(at);
    if (here === undefined) continue;
    covered = Math.max(covered, ...here.map(({ to }) => to));
    const weight = Math.max(leastWeight, ...here.map(({ start, end }) => end - start));
    if (!here.some((one) => isMet(one, others))) lone += weight;
    // A structure named again does not make a new statement an old one: "tracheal deviation and tracheal narrowing".
    else if (here.some(({ kind }) => kind !== 'anatomy')) met += weight;
  }
  close(words.length);
  return chunks;
};

/** Chunks of which nothing is in the other language, with the one after them. */
const statementOf = (run: readonly Chunk[], next: Chunk | undefined): LoneStatement | undefined => {
  const first = run.findIndex(({ lone }) => lone > 0);
  if (first < 0) return undefined;
  const filled = run.filter(({ lone }) => lone > 0);
  return {
    span: around(filled),
    weight: filled.reduce((sum, { lone }) => sum + lone, 0),
    apart: run.slice(0, first + 1).some(({ coordinated }) => coordinated) || next?.coordinated === true,
  };
};

/** Content of one language against the concepts of the other. */
export const loneContent = (
  words: readonly Word[],
  mentions: readonly Mention[],
  others: ReadonlySet<string>,
): LoneContent => {
  const chunks = chunksOf(words, mentions, others);
  let statement: LoneStatement | undefined;
  let run: Chunk[] = [];
  for (const chunk of [...chunks, undefined]) {
    if (chunk?.met === 0) {
      run.push(chunk);
      continue;
    }
    const found = statementOf(run, chunk);
    if (found !== undefined && found.weight > (statement?.weight ?? 0)) statement = found;
    run = [];
  }
  const sum = (weightOf: (chunk: Chunk) => number): number =>
    chunks.reduce((total, chunk) => total + weightOf(chunk), 0);
  return { statement, weight: sum(({ lone }) => lone), met: sum(({ met }) => met) };
};
