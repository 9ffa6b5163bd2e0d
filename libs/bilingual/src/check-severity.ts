import { hitFrom, type Hit, type Reading } from './hit.ts';
import { degreeWords, type Degree, type DegreeMeaning } from './lexicon/degrees.ts';
import { findPhrases, phraseTable, type PhraseTable } from './phrase-table.ts';
import type { IsSwap } from './swap.ts';
import type { Word } from './words.ts';

interface DegreeReading extends Reading {
  readonly certain: boolean;
}

const spanish = phraseTable(degreeWords.map(([meaning, es]) => [meaning, es] as const));
const english = phraseTable(degreeWords.map(([meaning, , en]) => [meaning, en] as const));

const degreeOf = (meaning: DegreeMeaning): { degree: Degree; certain: boolean } | undefined => {
  switch (meaning) {
    case 'small':
    case 'moderate':
    case 'great':
      return { degree: meaning, certain: true };
    case 'perhaps-small':
      return { degree: 'small', certain: false };
    case 'perhaps-moderate':
      return { degree: 'moderate', certain: false };
    case 'perhaps-great':
      return { degree: 'great', certain: false };
    case 'none':
      return undefined;
  }
};

const joints = new Set(['-', '–', '/', 'a', 'o', 'to', 'or']);

/** The degrees of a sentence in order; "leve-moderado" is one reading of its own. */
const degreesOf = (table: PhraseTable<DegreeMeaning>, words: readonly Word[]): readonly DegreeReading[] => {
  const readings: (DegreeReading & { to: number })[] = [];
  for (const { meaning, from, to, start, end } of findPhrases(table, words)) {
    const read = degreeOf(meaning);
    if (read === undefined) continue;
    const before = readings.at(-1);
    const between = words.slice(before?.to ?? from, from);
    const joined = between.length > 0 && between.length <= 3 && between.every(({ form }) => joints.has(form));
    if (joined && before?.certain === true && read.certain && before.reading !== read.degree) {
      readings[readings.length - 1] = { ...before, reading: `${before.reading} to ${read.degree}`, end, to };
    } else readings.push({ start, end, to, reading: read.degree, certain: read.certain });
  }
  return readings;
};

/** Strikes out equal readings, the certain ones first; what is left of `readings` and is certain has no counterpart. */
const without = (readings: readonly DegreeReading[], others: readonly DegreeReading[]): readonly DegreeReading[] => {
  const free = [...others].sort((a, b) => Number(b.certain) - Number(a.certain));
  const left: DegreeReading[] = [];
  for (const one of [...readings].sort((a, b) => Number(b.certain) - Number(a.certain) || a.start - b.start)) {
    const index = free.findIndex(({ reading }) => reading === one.reading);
    if (index < 0) left.push(one);
    else free.splice(index, 1);
  }
  return left.filter(({ certain }) => certain).sort((a, b) => a.start - b.start);
};

/** Degrees as multisets; if those are equal, their order, unless the findings changed places too. */
export const checkSeverity = (es: readonly Word[], en: readonly Word[], isSwap: IsSwap): Hit | undefined => {
  const [first, second] = [degreesOf(spanish, es), degreesOf(english, en)];
  const [lost, added] = [without(first, second), without(second, first)];
  if (lost.length > 0 || added.length > 0) return hitFrom('severity', lost, added);
  const certain = (readings: readonly DegreeReading[]): readonly DegreeReading[] =>
    readings.filter((one) => one.certain);
  const [inSpanish, inEnglish] = [certain(first), certain(second)];
  const differs = inSpanish.map(({ reading }, index) => reading !== inEnglish[index]?.reading);
  if (inSpanish.length !== inEnglish.length || !differs.includes(true) || !isSwap(inSpanish, inEnglish))
    return undefined;
  const there = (readings: readonly DegreeReading[]): readonly DegreeReading[] =>
    readings.filter((_, index) => differs[index]);
  return hitFrom('severity', there(inSpanish), there(inEnglish), true);
};
