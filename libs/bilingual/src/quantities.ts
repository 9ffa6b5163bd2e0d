import type { Span } from './hit.ts';
import { months, numberWords, units, type NumberWord, type Quantity } from './lexicon/number-words.ts';
import { findPhrases, phraseTable, type PhraseTable } from './phrase-table.ts';
import { readDateOrClock, type Language } from './dates-and-clocks.ts';
import type { Word } from './words.ts';

/** One number of a sentence. `values` are alternatives: a date in digits may be day or month first. */
export interface Amount extends Span {
  readonly quantities: readonly Quantity[];
  readonly values: readonly number[];
  /** It answers to a number of the other language, but needs no counterpart. */
  readonly maybe: boolean;
  readonly reading: string;
}

interface Raw extends Amount {
  readonly from: number;
  readonly to: number;
  /** Its value before a unit, if it was read without one. */
  readonly bare: boolean;
}

type Unit = (typeof units)[number][0];

interface Tables {
  readonly numbers: PhraseTable<NumberWord>;
  readonly units: PhraseTable<Unit>;
  readonly months: PhraseTable<number>;
}

const tablesOf = (column: 1 | 2): Tables => ({
  numbers: phraseTable(numberWords.map((line) => [line[0], line[column]] as const)),
  units: phraseTable(units.map((line) => [line[0], line[column]] as const)),
  months: phraseTable(months.map((line) => [line[0], line[column]] as const)),
});
const tables: Readonly<Record<Language, Tables>> = { es: tablesOf(1), en: tablesOf(2) };

/** "1.500" and "1,500" are thousands in Spanish and English; "1,5" and "1.5" are not, in either. "0.125" never is. */
const valueOf = (form: string, language: Language): number => {
  const thousands = language === 'es' ? /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/u : /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/u;
  if (thousands.test(form)) return Number(form.replaceAll(language === 'es' ? '.' : ',', '').replace(',', '.'));
  return Number(form.replace(',', '.'));
};

const level = /^([cdtls])(\d{1,2})$/u;
const roman: ReadonlyMap<string, number> = new Map(
  ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'].map((form, index) => [
    form.toLowerCase(),
    index + 1,
  ]),
);
const beforeRoman =
  /^(grad[oe]|segment|tipo|type|estadi|stage|rads|birads|tirads|pirads|categor|clas|nyha|fase|phase|par$|garden|kellgren)/u;
const ordinal = new Set(['º', 'ª', 'o', 'a', 'th', 'st', 'nd', 'rd', '°', 'er', 'ro', 'do', 'to', 'ta', 'ra']);
const shortUnits: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ['%', ['percent', 1]],
  ['l', ['ml', 1000]],
  ['h', ['hours', 1]],
  ['d', ['hours', 24]],
]);

const isJoint = (word: Word | undefined): boolean => word !== undefined && /^[-‐–]$/u.test(word.form);

/** "15 dias" is two weeks in Spanish, and "8 dias" one. */
const idiomatic = (quantity: Quantity, values: readonly number[]): readonly number[] => {
  if (quantity !== 'hours') return values;
  return values.flatMap((value) =>
    value === 15 * 24 ? [value, 14 * 24] : value === 8 * 24 ? [value, 7 * 24] : [value],
  );
};

const withUnit = (raw: Raw, unit: Unit | undefined): Raw => {
  if (unit === undefined) return raw;
  const [quantity, factor] = unit;
  return {
    ...raw,
    quantities: [quantity],
    values: idiomatic(
      quantity,
      raw.values.map((value) => value * factor),
    ),
    bare: false,
    maybe: false,
  };
};

/** The numbers of a sentence in order, each with the unit that follows it. */
const rawAmounts = (words: readonly Word[], text: string, language: Language): readonly Raw[] => {
  const table = tables[language];
  const unitAt = new Map(findPhrases(table.units, words).map((unit) => [unit.from, unit] as const));
  const numberAt = new Map(findPhrases(table.numbers, words).map((number) => [number.from, number] as const));
  const monthAt = new Map(findPhrases(table.months, words).map((month) => [month.from, month.meaning] as const));
  const raws: Raw[] = [];
  const add = (from: number, to: number, fields: Pick<Raw, 'quantities' | 'values' | 'maybe' | 'bare'>): void => {
    const [start, end] = [words[from]?.start ?? 0, words[to - 1]?.end ?? 0];
    const raw: Raw = { from, to, start, end, reading: text.slice(start, end), ...fields };
    const at = isJoint(words[to]) ? to + 1 : to;
    const long = unitAt.get(at);
    const unit = !fields.bare ? undefined : (long?.meaning ?? shortUnits.get(words[at]?.form ?? ''));
    const last = unit === undefined ? to : (long?.to ?? at + 1);
    const whole = words[last - 1]?.end ?? end;
    raws.push({ ...withUnit(raw, unit), to: last, end: whole, reading: text.slice(start, whole) });
  };
  for (let at = 0; at < words.length;) {
    const word = words[at];
    if (word === undefined) break;
    const dated = readDateOrClock(words, at, monthAt, language);
    const vertebra = level.exec(word.form);
    const named = numberAt.get(at);
    const romanValue = roman.get(word.form);
    const before = words[isJoint(words[at - 1]) ? at - 2 : at - 1]?.form ?? '';
    if (dated !== undefined) {
      add(at, dated.to, { quantities: [dated.quantity], values: dated.values, maybe: false, bare: false });
    } else if (word.kind === 'number') {
      const isOrdinal = ordinal.has(words[at + 1]?.form ?? '') && words[at + 1]?.start === word.end;
      add(at, at + (isOrdinal ? 2 : 1), {
        quantities: isOrdinal ? ['count', 'degrees'] : ['count'],
        values: [valueOf(word.form, language)],
        maybe: false,
        bare: !isOrdinal,
      });
    } else if (vertebra !== null) {
      const letters = 'cdtls'.indexOf(vertebra[1] === 'd' ? 't' : (vertebra[1] ?? ''));
      const levelOf = (number: number): number => letters * 100 + number;
      add(at, at + 1, { quantities: ['level'], values: [levelOf(Number(vertebra[2]))], maybe: false, bare: false });
      const next = words[at + 2];
      if (isJoint(words[at + 1]) && next?.kind === 'number' && next.form.length <= 2) {
        add(at + 2, at + 3, { quantities: ['level'], values: [levelOf(Number(next.form))], maybe: false, bare: false });
      }
    } else if (named !== undefined) {
      const { value, unit, maybe } = named.meaning;
      const quantities: readonly Quantity[] = [unit ?? 'count'];
      add(at, named.to, { quantities, values: [value], maybe: maybe ?? false, bare: unit === undefined });
    } else if (romanValue !== undefined && text.slice(word.start, word.end) === word.form.toUpperCase()) {
      add(at, at + 1, { quantities: ['count'], values: [romanValue], maybe: !beforeRoman.test(before), bare: false });
    }
    at = Math.max(at + 1, raws.at(-1)?.to ?? 0);
  }
  return raws;
};

const listing = new Set([
  'x',
  '×',
  '*',
  '-',
  '–',
  'y',
  'a',
  'e',
  'o',
  'u',
  'to',
  'and',
  'by',
  'or',
  'por',
  ',',
  'the',
  'el',
  'la',
  'al',
  'los',
  'through',
]);
const ranging = new Set(['-', '–', 'a', 'to', 'al', 'through', 'y', 'and']);

/** A unit holds for the numbers listed before it ("1,8 x 1,2 cm"); a range of whole numbers may be written out. */
export const amountsOf = (words: readonly Word[], text: string, language: Language): readonly Amount[] => {
  const raws = [...rawAmounts(words, text, language)];
  const between: Amount[] = [];
  for (let index = raws.length - 2; index >= 0; index -= 1) {
    const [one, next] = [raws[index], raws[index + 1]];
    if (one === undefined || next === undefined) continue;
    const joints = words.slice(one.to, next.from).map(({ form }) => form);
    if (joints.length === 0 || joints.length > 2 || !joints.every((form) => listing.has(form))) continue;
    const factor = (next.values[0] ?? 0) / valueOf(words[next.from]?.form ?? '', language);
    const [quantity] = next.quantities;
    if (
      one.bare &&
      !one.maybe &&
      !next.bare &&
      quantity !== undefined &&
      quantity !== 'count' &&
      quantity !== 'level' &&
      Number.isFinite(factor)
    ) {
      raws[index] = withUnit(one, [quantity, factor]);
      continue;
    }
    const [low, high] = [one.values[0] ?? 0, next.values[0] ?? 0];
    if (
      !joints.some((form) => ranging.has(form)) ||
      high - low > longestRange ||
      one.quantities[0] !== next.quantities[0]
    )
      continue;
    for (let value = Math.ceil(low) + 1; value < high; value += 1)
      between.push({ ...one, values: [value], maybe: true });
  }
  return [...raws, ...between];
};

/** Ribs and vertebrae: no range of a report that is written out is longer. */
const longestRange = 12;
