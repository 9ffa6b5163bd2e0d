import { describe, expect, it } from '@jest/globals';
import { toLidcCases } from './lidc-cases.ts';
import type { FourAccounts, LidcCases } from './lidc-cases.ts';
import { readLidcNodules } from './lidc-nodules.ts';
import type { LidcMark, LidcNodule } from './lidc-nodules.ts';

const accounts: FourAccounts = ['ana', 'ben', 'cai', 'dua'];

const mark = (boxes: LidcMark['boxes'], texture = 3, malignancy = 4): LidcMark => ({
  f: [1, 1, 1, 1, 1, 1, 1, texture, malignancy],
  boxes,
});
const nodule = (...anns: readonly LidcMark[]): LidcNodule => ({ scan: 'LIDC-1', series: '1.2.3', nodule: 5, anns });
const sliceOf = (...anns: readonly LidcMark[]): string | undefined =>
  toLidcCases([nodule(...anns)], accounts).cases[0]?.sliceZ;

describe('cases of LIDC nodules', () => {
  it('show the slice that most readers marked', () => {
    expect(sliceOf(mark({ '1.0': [0, 0, 90, 90], '2.5': [0, 0, 2, 2] }), mark({ '2.5': [0, 0, 2, 2] }))).toBe('2.5');
  });

  it('show, of several, the one with the largest summed area, then the lowest z as a number', () => {
    expect(sliceOf(mark({ '1.0': [0, 0, 2, 2], '2.5': [0, 0, 2, 3] }))).toBe('2.5');
    expect(sliceOf(mark({ '9.0': [0, 0, 2, 2], '10.0': [5, 5, 7, 7], '-3.0': [0, 0, 1, 4] }))).toBe('-3.0');
    expect(sliceOf(mark({ '9.0': [0, 0, 2, 2], '10.0': [5, 5, 7, 7] }))).toBe('9.0');
  });

  it('give every account an answer: a mark with its ratings, or nothing there', () => {
    const [only] = toLidcCases([nodule(mark({ '2.5': [10, 20, 30, 45] }, 2, 5))], accounts).cases;
    expect(only).toMatchObject({ externalKey: '1.2.3#5', subjectKey: 'LIDC-1', seriesUid: '1.2.3', sliceZ: '2.5' });
    expect(only?.answers.map(({ account }) => account)).toEqual(accounts);
    expect(only?.answers.filter(({ kind }) => kind === 'mark')).toEqual([
      {
        account: expect.any(String),
        kind: 'mark',
        box: { x1: '10', y1: '20', x2: '30', y2: '45' },
        texture: 2,
        malignancy: 5,
      },
    ]);
  });

  it('leave out and name nodules of five marks, and those without a slice of all marks', () => {
    const same = mark({ '1.0': [0, 0, 2, 2] });
    const { cases, leftOut } = toLidcCases(
      [
        { ...nodule(same, same, same, same, same), nodule: 0 },
        { ...nodule(same, mark({ '2.0': [0, 0, 2, 2] })), nodule: 1 },
        { ...nodule(same, same, same, same), nodule: 2 },
      ],
      accounts,
    );
    expect(cases.map(({ externalKey }) => externalKey)).toEqual(['1.2.3#2']);
    expect(leftOut).toEqual({ moreThanFourMarks: ['1.2.3#0'], markNotOnSlice: ['1.2.3#1'] });
  });
});

describe('cases of the whole of LIDC', () => {
  const nodules = readLidcNodules();
  const all: LidcCases = toLidcCases(nodules, accounts);
  const marksOf = ({ answers }: LidcCases['cases'][number]) => answers.filter((answer) => answer.kind === 'mark');

  it('are 2,633 of 2,651 nodules, with 10,532 answers and 6,765 marks', () => {
    expect(nodules).toHaveLength(2_651);
    expect(all.cases).toHaveLength(2_633);
    expect(new Set(all.cases.map(({ externalKey }) => externalKey)).size).toBe(2_633);
    expect(all.cases.flatMap(({ answers }) => answers)).toHaveLength(10_532);
    expect(all.cases.flatMap(marksOf)).toHaveLength(6_765);
  });

  it('leave out 14 nodules of more than four marks and 4 without a slice of all marks', () => {
    expect(all.leftOut.moreThanFourMarks).toHaveLength(14);
    expect(all.leftOut.markNotOnSlice).toHaveLength(4);
  });

  it('have one to four marks in 771, 487, 480 and 895 cases', () => {
    const counts = [1, 2, 3, 4].map((count) => all.cases.filter((entry) => marksOf(entry).length === count).length);
    expect(counts).toEqual([771, 487, 480, 895]);
  });

  it('hold only boxes with an area within the slice, and grades of 1 to 5', () => {
    for (const { box, malignancy, texture } of all.cases.flatMap(marksOf)) {
      const [x1, y1, x2, y2] = [box.x1, box.y1, box.x2, box.y2].map(Number);
      expect([x1, y1, x2, y2].every((side) => side !== undefined && side >= 0 && side <= 512)).toBe(true);
      expect(Number(x2) > Number(x1) && Number(y2) > Number(y1)).toBe(true);
      expect([1, 2, 3, 4, 5]).toContain(malignancy);
      expect([1, 2, 3, 4, 5]).toContain(texture);
    }
  });

  it('deal the marks of one scan to the accounts in one order, and every account a share of all', () => {
    const accountsByScan = new Map<string, (readonly string[])[]>();
    for (const entry of all.cases) {
      const marked = marksOf(entry).map(({ account }) => account);
      accountsByScan.set(entry.seriesUid, [...(accountsByScan.get(entry.seriesUid) ?? []), marked]);
    }
    for (const marked of accountsByScan.values()) {
      // One order means that whoever marks a case of few marks also marks every case of more.
      const fewestFirst = marked.toSorted((one, other) => one.length - other.length);
      for (const [index, fewer] of fewestFirst.entries()) {
        for (const more of fewestFirst.slice(index + 1)) expect(more).toEqual(expect.arrayContaining([...fewer]));
      }
    }
    for (const account of accounts) {
      const share = all.cases.flatMap(marksOf).filter((answer) => answer.account === account).length / 6_765;
      expect(Math.abs(share - 0.25)).toBeLessThan(0.03);
    }
  });

  it('are the same again for the same seed, and dealt anew for another', () => {
    expect(toLidcCases(nodules, accounts, all.seed)).toEqual(all);
    expect(toLidcCases(nodules, accounts, all.seed + 1).cases).not.toEqual(all.cases);
  });
});
