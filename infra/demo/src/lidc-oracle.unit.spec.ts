import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { computeConsensus, intersectionOverUnion, meanPairwiseIou, pairwiseIous } from '@consilium/consensus';
import type { Box, Read } from '@consilium/consensus';
import { z } from 'zod';
import { explainDifference } from './explain-difference.ts';
import { toLidcCases } from './lidc-cases.ts';
import type { LidcCase } from './lidc-cases.ts';
import { lidcFolder, readLidcNodules } from './lidc-nodules.ts';
import { summariseDifferences } from './summarise-differences.ts';

/** Figures that numpy computed from the same file. */
const expected = z
  .object({
    n_4reader_slices: z.number(),
    pairwise_IoU_mean: z.number(),
    pairwise_IoU_median: z.number(),
    'frac_pairs_IoU>=0.5': z.number(),
    'frac_pairs_IoU>=0.3': z.number(),
    leave_one_out_IoU_vs_heldout: z.object({ single: z.number(), median3: z.number() }),
  })
  .parse(JSON.parse(readFileSync(new URL('expected.json', lidcFolder), 'utf8')));

const { cases } = toLidcCases(readLidcNodules(), ['ana', 'ben', 'cai', 'dua']);

interface MarkedBox {
  readonly readerId: string;
  readonly box: Box;
}

function marksOf({ answers }: LidcCase): readonly MarkedBox[] {
  return answers.flatMap((answer) => {
    if (answer.kind !== 'mark') return [];
    const { x1, y1, x2, y2 } = answer.box;
    return [{ readerId: answer.account, box: { x1: Number(x1), y1: Number(y1), x2: Number(x2), y2: Number(y2) } }];
  });
}

function toRead(readerId: string, box: Box | undefined): Read {
  const region = { regionId: 'r', sentenceId: null, imageId: 'slice', findingLabel: 'nodule', attributes: [] };
  return { readerId, sentences: [], regions: box === undefined ? [] : [{ ...region, box }] };
}

describe('agreement of the four-mark cases of LIDC', () => {
  const fourMarks = cases.map(marksOf).filter((marks) => marks.length === 4);
  const groups = fourMarks.map((marks) => marks.map(({ box }) => box));
  const ious = groups.flatMap(pairwiseIous).sort((one, other) => one - other);
  const shareFrom = (gate: number): number => ious.filter((iou) => iou >= gate).length / ious.length;

  it('is a mean pairwise IoU of .7600 over 5,370 pairs of 895 cases', () => {
    const { pairs, mean } = meanPairwiseIou(groups);
    expect([fourMarks.length, expected.n_4reader_slices]).toEqual([895, 895]);
    expect(pairs).toBe(5_370);
    expect(mean?.toFixed(4)).toBe('0.7600');
    expect(mean).toBeCloseTo(expected.pairwise_IoU_mean, 4);
  });

  it('has the median and the shares above the gates that were expected', () => {
    expect((Number(ious[2_684]) + Number(ious[2_685])) / 2).toBeCloseTo(expected.pairwise_IoU_median, 4);
    expect(shareFrom(0.5).toFixed(4)).toBe(expected['frac_pairs_IoU>=0.5'].toFixed(4));
    expect(shareFrom(0.3).toFixed(4)).toBe(expected['frac_pairs_IoU>=0.3'].toFixed(4));
  });

  it('rises from .7600 to .7935 when the held-out mark meets the median box of the other three', () => {
    const fits = fourMarks.flatMap((marks) =>
      marks.map((heldOut) => {
        const others = marks.filter((mark) => mark !== heldOut);
        const reads = others.map(({ readerId, box }) => toRead(readerId, box));
        const [median, ...rest] = computeConsensus({ reads, gate: 0 }).clusters;
        expect(rest).toEqual([]);
        return median === undefined ? 0 : intersectionOverUnion(median.box, heldOut.box);
      }),
    );
    const mean = fits.reduce((sum, fit) => sum + fit, 0) / fits.length;
    expect(fits).toHaveLength(3_580);
    expect(mean).toBeCloseTo(expected.leave_one_out_IoU_vs_heldout.median3, 4);
  });
});

describe('consensus of all cases of LIDC', () => {
  const summaryAt = (gate: number) =>
    summariseDifferences(
      cases.map((entry) => {
        const marks = marksOf(entry);
        const reads = entry.answers.map(({ account }) =>
          toRead(account, marks.find(({ readerId }) => readerId === account)?.box),
        );
        const consensus = computeConsensus({ reads, gate });
        expect(consensus.matching).toMatchObject({ exact: true, gap: 0 });
        return explainDifference({ marks, readers: 4, gate, clusters: consensus.clusters });
      }),
    );
  const byCount = { present: 1_375, disputed: 487, absent: 771 };

  it('differs from the count of marks at a gate of .5 only where marks of a nodule do not match', () => {
    expect(summaryAt(0.5)).toEqual({
      byCount,
      byConsensus: { present: 1_339, disputed: 469, absent: 825 },
      splitByGate: [
        { from: 'disputed', to: 'absent', clusters: '1+1', cases: 53 },
        { from: 'present', to: 'disputed', clusters: '2+1', cases: 27 },
        { from: 'present', to: 'disputed', clusters: '2+2', cases: 6 },
        { from: 'present', to: 'disputed', clusters: '2+1+1', cases: 2 },
        { from: 'present', to: 'absent', clusters: '1+1+1', cases: 1 },
      ],
      splitWithoutDifference: 27,
      unexplained: 0,
    });
  });

  it('differs less at a gate of .3', () => {
    expect(summaryAt(0.3)).toEqual({
      byCount,
      byConsensus: { present: 1_369, disputed: 487, absent: 777 },
      splitByGate: [
        { from: 'disputed', to: 'absent', clusters: '1+1', cases: 5 },
        { from: 'present', to: 'disputed', clusters: '2+1', cases: 5 },
        { from: 'present', to: 'absent', clusters: '1+1+1', cases: 1 },
      ],
      splitWithoutDifference: 2,
      unexplained: 0,
    });
  });

  it('still differs in two cases where every overlap counts: their marks lie apart', () => {
    expect(summaryAt(0)).toEqual({
      byCount,
      byConsensus: { present: 1_374, disputed: 487, absent: 772 },
      splitByGate: [
        { from: 'disputed', to: 'absent', clusters: '1+1', cases: 1 },
        { from: 'present', to: 'disputed', clusters: '2+1', cases: 1 },
      ],
      splitWithoutDifference: 0,
      unexplained: 0,
    });
  });
});
