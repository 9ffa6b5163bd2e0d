import { computeConsensus } from '@consilium/consensus';
import { demonstrationGate } from './demonstration-plan.ts';
import { figuresOf } from './demonstration-figures.ts';
import type { DemonstrationFigures, ReadCase } from './demonstration-figures.ts';
import type { LidcCase } from './lidc-cases.ts';

/** What must come out, and where the number is from. */
export interface ExpectedFigures extends Pick<
  DemonstrationFigures,
  'cases' | 'annotations' | 'marks' | 'casesByMarks' | 'pairs'
> {
  /** To four decimals. */
  readonly meanPairwiseIou: string;
  /** Decided by counting the marks of a case, as if they all were of the same nodule. */
  readonly byCount: DemonstrationFigures['differences']['byCount'];
  readonly source: string;
}

/** Figures that numpy computed from lidc/nodules.json.gz, and counts of that file. */
export const wholeExpected: ExpectedFigures = {
  cases: 2_633,
  annotations: 10_532,
  marks: 6_765,
  casesByMarks: [771, 487, 480, 895],
  pairs: 5_370,
  meanPairwiseIou: '0.7600',
  byCount: { present: 1_375, disputed: 487, absent: 771 },
  source: 'computed before from the published file',
};

/** Of a part of the file there are no published figures: those of the input stand in for them. */
export function expectedOfInput(cases: readonly LidcCase[]): ExpectedFigures {
  const { differences, meanPairwiseIou, ...figures } = figuresOf(cases.map(readInput), demonstrationGate);
  return {
    ...figures,
    meanPairwiseIou: meanPairwiseIou?.toFixed(4) ?? 'none',
    byCount: differences.byCount,
    source: 'computed from the input',
  };
}

/** The case as the API must show it, its consensus computed here. */
export function readInput({ answers }: LidcCase): ReadCase {
  const marks = answers.flatMap((answer) => {
    if (answer.kind !== 'mark') return [];
    const { x1, y1, x2, y2 } = answer.box;
    return [{ readerId: answer.account, box: { x1: Number(x1), y1: Number(y1), x2: Number(x2), y2: Number(y2) } }];
  });
  const region = { regionId: 'mark', sentenceId: null, imageId: 'slice', findingLabel: 'nodule', attributes: [] };
  const { clusters } = computeConsensus({
    gate: demonstrationGate,
    reads: answers.map(({ account }) => ({
      readerId: account,
      sentences: [],
      regions: marks.filter(({ readerId }) => readerId === account).map(({ box }) => ({ ...region, box })),
    })),
  });
  return { annotations: answers.length, marks, clusters, namedReaders: 0 };
}
