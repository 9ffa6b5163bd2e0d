import type { DemonstrationFigures } from './demonstration-figures.ts';
import type { ExpectedFigures } from './expected-figures.ts';
import type { DifferenceSummary } from './summarise-differences.ts';

/** How many events each part has seen. */
export interface EventCounts {
  readonly journal: number;
  readonly kafka: number;
  readonly projected: number;
}

export interface DemonstrationResult {
  readonly figures: DemonstrationFigures;
  readonly expected: ExpectedFigures;
  /** Undefined where nobody counts them. */
  readonly events: EventCounts | undefined;
  /** From the first import until the last consensus showed; undefined when an earlier run did part of the work. */
  readonly durationMs: number | undefined;
  readonly leftOut: { readonly moreThanFourMarks: number; readonly markNotOnSlice: number };
  readonly seed: number;
  readonly gate: number;
  readonly notes: readonly string[];
}

export interface DemonstrationTable {
  readonly lines: readonly string[];
  /** Names of figures that are not as expected, or not explained. */
  readonly wrong: readonly string[];
}

interface Row {
  readonly name: string;
  readonly found: string;
  readonly expected: string;
  readonly verdict: 'equal' | 'explained' | 'DIFFERS' | '';
}

/** Plain text, 100 columns at most. */
export function demonstrationTable(result: DemonstrationResult): DemonstrationTable {
  const rows = [...countRows(result), ...consensusRows(result), ...eventRows(result)];
  const wrong = rows.filter(({ verdict }) => verdict === 'DIFFERS').map(({ name }) => name);
  return {
    lines: [
      ...drawn(rows, result.expected.source),
      ...explanationLines(result.figures.differences, result.gate),
      '',
      ...noteLines(result),
      ...(wrong.length === 0 ? [] : ['', `NOT AS EXPECTED: ${wrong.join(', ')}`]),
    ],
    wrong,
  };
}

function countRows({ figures, expected }: DemonstrationResult): readonly Row[] {
  const iou = figures.meanPairwiseIou?.toFixed(4) ?? 'none';
  return [
    counted('cases', figures.cases, expected.cases),
    counted('annotations', figures.annotations, expected.annotations),
    counted('marks', figures.marks, expected.marks),
    compared('cases of 1 / 2 / 3 / 4 marks', series(figures.casesByMarks), series(expected.casesByMarks)),
    compared('mean pairwise IoU of four-mark cases', iou, expected.meanPairwiseIou),
    counted('  over pairs', figures.pairs, expected.pairs),
    counted('annotations that name a reader', figures.namedReaders, 0),
  ];
}

function consensusRows({ figures, expected }: DemonstrationResult): readonly Row[] {
  const { byCount, byConsensus, unexplained } = figures.differences;
  const order = ['present', 'disputed', 'absent'] as const;
  const counts = compared(
    'present / disputed / absent by count of marks',
    series(order.map((name) => byCount[name])),
    series(order.map((name) => expected.byCount[name])),
  );
  return [
    counted('cases without consensus', figures.withoutConsensus, 0),
    counts,
    ...order.map((name): Row => {
      const [found, wanted] = [byConsensus[name], expected.byCount[name]];
      const explained = unexplained === 0 && counts.verdict === 'equal' ? 'explained' : 'DIFFERS';
      return {
        name: `consensus ${name}`,
        found: number(found),
        expected: number(wanted),
        verdict: found === wanted ? 'equal' : explained,
      };
    }),
    counted('differences without explanation', unexplained, 0),
  ];
}

function eventRows({ events, durationMs }: DemonstrationResult): readonly Row[] {
  if (events === undefined) return [];
  const rate: readonly Row[] =
    durationMs === undefined
      ? []
      : [
          {
            name: 'events/s, from the first import to the last consensus shown',
            found: number(Math.round((events.journal * 1_000) / Math.max(1, durationMs))),
            expected: '',
            verdict: '',
          },
        ];
  return [
    { name: 'events in the journal', found: number(events.journal), expected: '', verdict: '' },
    counted('  = on Kafka', events.kafka, events.journal),
    counted('  = projected', events.projected, events.journal),
    ...rate,
  ];
}

function explanationLines(differences: DifferenceSummary, gate: number): readonly string[] {
  const { splitByGate, splitWithoutDifference } = differences;
  if (splitByGate.length === 0) return ['', 'No consensus differs from the count of marks.'];
  return [
    '',
    `Why consensus differs from the count: marks of one nodule that overlap less than the matching gate (IoU ${gate})`,
    'are different findings, each with fewer supporters. From the boxes:',
    ...splitByGate.map(
      ({ from, to, clusters, cases }) => `  ${number(cases).padStart(5)}  ${from} -> ${to}, marks apart as ${clusters}`,
    ),
    `  ${number(splitWithoutDifference).padStart(5)}  more have marks apart and are decided alike`,
  ];
}

function noteLines({ leftOut, seed, notes }: DemonstrationResult): readonly string[] {
  return [
    `Left out: ${leftOut.moreThanFourMarks} clusters with more than four marks, ${leftOut.markNotOnSlice} with a mark that is not on the slice shown.`,
    `Dealing seed: ${seed}.`,
    ...notes,
    'So nothing person-related (scores, pairs of readers, weights) is shown for this project.',
  ];
}

function drawn(rows: readonly Row[], source: string): readonly string[] {
  const head = { name: '', found: 'read back', expected: 'expected', verdict: '' };
  const widthOf = (pick: (row: Pick<Row, 'name' | 'found' | 'expected'>) => string): number =>
    Math.max(...[head, ...rows].map((row) => pick(row).length));
  const [names, founds, expecteds] = [widthOf((r) => r.name), widthOf((r) => r.found), widthOf((r) => r.expected)];
  const line = ({ name, found, expected, verdict }: Omit<Row, 'verdict'> & { readonly verdict: string }): string =>
    `${name.padEnd(names)}  ${found.padStart(founds)}  ${expected.padStart(expecteds)}  ${verdict}`.trimEnd();
  return [line(head), ...rows.map(line), `(expected: ${source})`];
}

function counted(name: string, found: number, expected: number): Row {
  return compared(name, number(found), number(expected));
}

function compared(name: string, found: string, expected: string): Row {
  return { name, found, expected, verdict: found === expected ? 'equal' : 'DIFFERS' };
}

function series(counts: readonly number[]): string {
  return counts.map(number).join(' / ');
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
