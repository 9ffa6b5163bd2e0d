import { meanPairwiseIou } from '@consilium/consensus';
import type { Box, Presence } from '@consilium/consensus';
import type { WholeCaseFields } from '@consilium/client';
import { explainDifference } from './explain-difference.ts';
import type { Explanation } from './explain-difference.ts';
import { summariseDifferences } from './summarise-differences.ts';
import type { DifferenceSummary } from './summarise-differences.ts';

/** What one case of the demonstration came to. */
export interface ReadCase {
  /** Submitted reads, with or without a mark. */
  readonly annotations: number;
  readonly marks: readonly { readonly readerId: string; readonly box: Box }[];
  /** As recorded; undefined while there is no consensus. */
  readonly clusters:
    readonly { readonly decision: Presence; readonly members: readonly { readonly readerId: string }[] }[] | undefined;
  /** Annotations that name their annotator: none may, for LIDC publishes no reader identity. */
  readonly namedReaders: number;
}

export interface DemonstrationFigures {
  readonly cases: number;
  readonly annotations: number;
  readonly marks: number;
  /** Cases of 1, 2, 3 and 4 marks. */
  readonly casesByMarks: readonly [number, number, number, number];
  /** Over all pairs of marks of the four-mark cases; undefined without such a case. */
  readonly meanPairwiseIou: number | undefined;
  readonly pairs: number;
  readonly withoutConsensus: number;
  readonly differences: DifferenceSummary;
  readonly namedReaders: number;
}

const presence = { PRESENT: 'present', ABSENT: 'absent', DISPUTED: 'disputed' } as const satisfies Record<
  string,
  Presence
>;

/** From the answer of the API. Reads stand for readers: a reader has one read of a case. */
export function toReadCase({ annotations, consensus }: WholeCaseFields): ReadCase {
  return {
    annotations: annotations.length,
    marks: annotations.flatMap(({ readId, regions }) =>
      regions.map(({ pixels }) => ({ readerId: readId, box: { ...pixels } })),
    ),
    clusters: consensus?.regions.map(({ decision, members }) => ({
      decision: presence[decision],
      members: members.map(({ readId }) => ({ readerId: readId })),
    })),
    namedReaders: annotations.filter(({ annotatorId }) => annotatorId !== null).length,
  };
}

/** Everything the table shows, from the cases alone. */
export function figuresOf(cases: readonly ReadCase[], gate: number): DemonstrationFigures {
  const withMarks = (count: number): readonly ReadCase[] => cases.filter(({ marks }) => marks.length === count);
  const agreement = meanPairwiseIou(withMarks(4).map(({ marks }) => marks.map(({ box }) => box)));
  return {
    cases: cases.length,
    annotations: sum(cases.map(({ annotations }) => annotations)),
    marks: sum(cases.map(({ marks }) => marks.length)),
    casesByMarks: [withMarks(1).length, withMarks(2).length, withMarks(3).length, withMarks(4).length],
    meanPairwiseIou: agreement.mean ?? undefined,
    pairs: agreement.pairs,
    withoutConsensus: cases.filter(({ clusters }) => clusters === undefined).length,
    differences: summariseDifferences(cases.flatMap((one) => explain(one, gate))),
    namedReaders: sum(cases.map(({ namedReaders }) => namedReaders)),
  };
}

function explain({ annotations, marks, clusters }: ReadCase, gate: number): readonly Explanation[] {
  return clusters === undefined ? [] : [explainDifference({ marks, readers: annotations, gate, clusters })];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
