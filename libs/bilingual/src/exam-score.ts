import type { SentencePair } from './check-pair.ts';
import type { Hit, HitType, Span } from './hit.ts';

/** A row of the exam (exam/README.md). */
export interface ExamRow extends SentencePair {
  readonly id: string;
  readonly split: 'tune' | 'hold';
  readonly plant?: { readonly type: HitType; readonly es: Mark | null; readonly en: Mark | null };
  readonly also?: readonly HitType[];
}

type Mark = readonly [start: number, end: number];

/** Counts of pairs. `reported` leaves out pairs that count neither for nor against precision. */
export interface TypeScore {
  readonly planted: number;
  readonly hit: number;
  readonly located: number;
  readonly reported: number;
  readonly clean: number;
  readonly cleanHit: number;
}

export const hitTypes: readonly HitType[] = ['negation', 'laterality', 'number', 'severity', 'anatomy', 'length'];

const overlaps = (span: Span, [start, end]: Mark): boolean => span.start < end && start < span.end;

/** Overlaps the mark on a side that both locate, and fails to on no such side. */
const isLocated = (hit: Hit, plant: NonNullable<ExamRow['plant']>): boolean => {
  const both = (['es', 'en'] as const).flatMap((side) => {
    const [span, mark] = [hit[side], plant[side]];
    return span === null || mark === null ? [] : [overlaps(span, mark)];
  });
  return both.length > 0 && both.every(Boolean);
};

const count = <Item>(items: readonly Item[], holds: (item: Item) => boolean): number => items.filter(holds).length;

/** Scores one type over the rows of one half, as exam/README.md says. */
export const scoreType = (
  type: HitType,
  rows: readonly ExamRow[],
  check: (pair: SentencePair) => readonly Hit[],
): TypeScore => {
  const answers = rows.map((row) => ({ row, hits: check(row).filter((hit) => hit.type === type) }));
  const planted = answers.filter(({ row }) => row.plant?.type === type);
  const clean = answers.filter(({ row }) => row.plant === undefined);
  const hit = planted.filter(({ hits }) => hits.length > 0);
  const falsely = answers.filter(
    ({ row, hits }) => hits.length > 0 && row.plant?.type !== type && row.also?.includes(type) !== true,
  );
  return {
    planted: planted.length,
    hit: hit.length,
    located: count(hit, ({ row, hits }) => hits.some((one) => row.plant !== undefined && isLocated(one, row.plant))),
    reported: hit.length + falsely.length,
    clean: clean.length,
    cleanHit: count(clean, ({ hits }) => hits.length > 0),
  };
};

/** Clean pairs with a hit of any type. */
export const falseAlarms = (
  rows: readonly ExamRow[],
  check: (pair: SentencePair) => readonly Hit[],
): { readonly clean: number; readonly cleanHit: number } => {
  const clean = rows.filter(({ plant }) => plant === undefined);
  return { clean: clean.length, cleanHit: count(clean, (row) => check(row).length > 0) };
};
