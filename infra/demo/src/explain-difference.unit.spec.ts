import { describe, expect, it } from '@jest/globals';
import { computeConsensus } from '@consilium/consensus';
import { explainDifference } from './explain-difference.ts';
import type { ComparedCase } from './explain-difference.ts';
import { summariseDifferences } from './summarise-differences.ts';

/** Marks of ten pixels at these places, by readers a, b, c, d; the others found nothing. */
function compared(places: readonly number[], gate = 0.5): ComparedCase {
  const readers = ['a', 'b', 'c', 'd'];
  const marks = places.map((x, index) => ({
    readerId: readers[index] ?? '',
    box: { x1: x, y1: 0, x2: x + 10, y2: 10 },
  }));
  const { clusters } = computeConsensus({
    gate,
    reads: readers.map((readerId) => ({
      readerId,
      sentences: [],
      regions: marks
        .filter((mark) => mark.readerId === readerId)
        .map(({ box }) => ({
          regionId: 'r',
          sentenceId: null,
          imageId: 'slice',
          findingLabel: null,
          box,
          attributes: [],
        })),
    })),
  });
  return { marks, readers: 4, gate, clusters };
}

describe('a difference from the figure by count', () => {
  it('is none where all marks match', () => {
    expect(explainDifference(compared([0, 1, 2]))).toEqual({
      kind: 'same',
      byCount: 'present',
      byConsensus: 'present',
      clusterSizes: [3],
    });
  });

  it('is none where one of four marks lies apart', () => {
    expect(explainDifference(compared([0, 1, 2, 50]))).toMatchObject({ kind: 'same', clusterSizes: [3, 1] });
  });

  it.each([
    { places: [0, 1, 7], from: 'present', to: 'disputed', clusterSizes: [2, 1], highestIouAcross: 40 / 160 },
    { places: [0, 1, 50, 51], from: 'present', to: 'disputed', clusterSizes: [2, 2], highestIouAcross: 0 },
    { places: [0, 20, 40], from: 'present', to: 'absent', clusterSizes: [1, 1, 1], highestIouAcross: 0 },
    { places: [0, 6], from: 'disputed', to: 'absent', clusterSizes: [1, 1], highestIouAcross: 40 / 160 },
  ])('is explained by the gate for marks at $places', ({ places, from, to, clusterSizes, highestIouAcross }) => {
    expect(explainDifference(compared(places))).toEqual({
      kind: 'splitByGate',
      byCount: from,
      byConsensus: to,
      clusterSizes,
      highestIouAcross,
    });
  });

  it('vanishes under a lower gate', () => {
    expect(explainDifference(compared([0, 6], 0.25)).kind).toBe('same');
  });

  it('is not explained where overlapping marks lie in different clusters', () => {
    const [one, other] = compared([0, 50]).clusters;
    const apart = { ...compared([0, 0]), clusters: [one, other].filter((cluster) => cluster !== undefined) };
    expect(explainDifference(apart)).toMatchObject({ kind: 'unexplained', why: 'OVERLAPPING_MARKS_APART' });
  });

  it('is not explained where a mark is lost', () => {
    const lost = { ...compared([0, 0, 0]), clusters: compared([0]).clusters };
    expect(explainDifference(lost)).toMatchObject({ kind: 'unexplained', why: 'MARKS_NOT_PARTITIONED' });
  });

  it('is not explained where a cluster was decided by something else', () => {
    const three = compared([0, 0, 0]);
    const overruled = {
      ...three,
      clusters: three.clusters.map((cluster) => ({ ...cluster, decision: 'absent' as const })),
    };
    expect(explainDifference(overruled)).toMatchObject({ kind: 'unexplained', why: 'DECISION_NOT_BY_COUNT' });
  });
});

describe('the summary of differences', () => {
  it('counts both figures, the reasons, and what has none', () => {
    const lost = { ...compared([0, 0, 0]), clusters: [] };
    const places = [[0, 0, 0, 0], [0, 0, 0, 50], [0, 50], [0, 50], [0, 0, 50], [0]];
    const summary = summariseDifferences([...places.map((at) => compared(at)), lost].map(explainDifference));
    expect(summary).toEqual({
      byCount: { present: 4, disputed: 2, absent: 1 },
      byConsensus: { present: 2, disputed: 1, absent: 4 },
      splitByGate: [
        { from: 'disputed', to: 'absent', clusters: '1+1', cases: 2 },
        { from: 'present', to: 'disputed', clusters: '2+1', cases: 1 },
      ],
      splitWithoutDifference: 1,
      unexplained: 1,
    });
  });
});
