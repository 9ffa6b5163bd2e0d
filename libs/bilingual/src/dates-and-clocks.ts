import type { Quantity } from './lexicon/number-words.ts';
import type { Word } from './words.ts';

export type Language = 'es' | 'en';

interface Reading {
  readonly quantity: Quantity;
  readonly values: readonly number[];
  readonly to: number;
}

const century = (year: number): number => (year < 100 ? (year < 70 ? 2000 : 1900) + year : year);
const dateOf = (year: number, month: number, day: number): readonly number[] =>
  month >= 1 && month <= 12 && day >= 0 && day <= 31 ? [century(year) * 10_000 + month * 100 + day] : [];

/** 12/03/2019 is the 12th of March in Spain, and either in English. */
const digits = (one: number, two: number, year: number, language: Language): readonly number[] => [
  ...dateOf(year, two, one),
  ...(language === 'en' ? dateOf(year, one, two) : []),
];

const linking = new Set(['de', 'del', 'of', 'the', ',', 'th', 'st', 'nd', 'rd', 'º']);

/** A date in digits or with the name of its month, or a time of day, that begins at a word. */
export const readDateOrClock = (
  words: readonly Word[],
  from: number,
  monthAt: ReadonlyMap<number, number>,
  language: Language,
): Reading | undefined => {
  const form = (at: number): string => words[at]?.form ?? '';
  const isWhole = (at: number): boolean => words[at]?.kind === 'number' && /^\d{1,4}$/u.test(form(at));
  const skip = (at: number): number => {
    let next = at;
    while (linking.has(form(next)) && next - at < 3) next += 1;
    return next;
  };
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})$/u.exec(form(from));
  if (dotted !== null) {
    return {
      quantity: 'date',
      values: digits(Number(dotted[1]), Number(dotted[2]), Number(dotted[3]), language),
      to: from + 1,
    };
  }
  const mark = form(from + 1);
  if (isWhole(from) && /^[-/]$/u.test(mark) && isWhole(from + 2) && form(from + 3) === mark && isWhole(from + 4)) {
    const [one, two, three] = [form(from), form(from + 2), form(from + 4)];
    const values =
      one.length === 4
        ? dateOf(Number(one), Number(two), Number(three))
        : digits(Number(one), Number(two), Number(three), language);
    if (values.length > 0) return { quantity: 'date', values, to: from + 5 };
  }
  const month = monthAt.get(from);
  if (month !== undefined) {
    const day = skip(from + 1);
    const year = skip(day + 1);
    if (isWhole(day) && form(day).length <= 2 && isWhole(year) && form(year).length === 4) {
      return { quantity: 'date', values: dateOf(Number(form(year)), month, Number(form(day))), to: year + 1 };
    }
    if (isWhole(day) && form(day).length === 4) {
      return { quantity: 'date', values: dateOf(Number(form(day)), month, 0), to: day + 1 };
    }
    if (isWhole(day) && form(day).length <= 2)
      return { quantity: 'date', values: dateOf(2000, month, Number(form(day))), to: day + 1 };
  }
  if (isWhole(from) && form(from).length <= 2) {
    const at = skip(from + 1);
    const named = monthAt.get(at);
    const year = skip(at + 1);
    if (named !== undefined && isWhole(year) && form(year).length === 4) {
      return { quantity: 'date', values: dateOf(Number(form(year)), named, Number(form(from))), to: year + 1 };
    }
    if (named !== undefined) return { quantity: 'date', values: dateOf(2000, named, Number(form(from))), to: at + 1 };
  }
  return readClock(words, from, isWhole);
};

const dayPart: ReadonlyMap<string, 'am' | 'pm'> = new Map([
  ['am', 'am'],
  ['pm', 'pm'],
  ['manana', 'am'],
  ['madrugada', 'am'],
  ['tarde', 'pm'],
  ['noche', 'pm'],
]);
const hourMark = /^(?:h|hs|hrs|horas)$/u;

/** "14:30 h", "a las 14.30", "2:30 pm", "9 de la manana". "A las 24 h" is after a day, "a las 8 h" a time of day. */
const readClock = (words: readonly Word[], from: number, isWhole: (at: number) => boolean): Reading | undefined => {
  const form = (at: number): string => words[at]?.form ?? '';
  const afterLas = form(from - 1) === 'las';
  const dotted = /^(\d{1,2})\.(\d{2})$/u.exec(form(from));
  const isDotted = dotted !== null && (afterLas || form(from + 1) === 'h');
  if (!isDotted && !isWhole(from)) return undefined;
  const hours = Number(isDotted ? dotted[1] : form(from));
  if (hours > 24) return undefined;
  const colon = form(from + 1) === ':' && isWhole(from + 2) && form(from + 2).length === 2;
  const minutes = isDotted ? Number(dotted[2]) : colon ? Number(form(from + 2)) : undefined;
  const to = colon ? from + 3 : from + 1;
  const spelled = form(to) === 'de' && form(to + 1) === 'la';
  const half = dayPart.get(form(spelled ? to + 2 : to));
  const last = half === undefined ? (hourMark.test(form(to)) ? to + 1 : to) : spelled ? to + 3 : to + 1;
  const isInterval = [12, 24, 48, 72].includes(hours);
  if (minutes === undefined && half === undefined && (!afterLas || !hourMark.test(form(to)) || isInterval))
    return undefined;
  const hour = half === undefined ? hours : (hours % 12) + (half === 'pm' ? 12 : 0);
  return { quantity: 'clock', values: [hour * 60 + (minutes ?? 0)], to: last };
};
