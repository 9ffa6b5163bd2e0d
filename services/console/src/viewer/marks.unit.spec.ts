import { describe, expect, it } from '@jest/globals';
import type { Annotation, MedicalCase } from '../cases/case-query.ts';
import { layerOf, litKeys, marksOf, readersOf } from './marks.ts';
import { attributeNames, readingRows } from './reading-rows.ts';

const box = { x1: 1, y1: 2, x2: 11, y2: 22 };

const annotation = (readId: string, submittedAt: string, more: Partial<Annotation> = {}): Annotation => ({
  id: `annotation-${readId}`,
  readId,
  annotatorId: null,
  revision: 1,
  submittedAt,
  answer: 'FINDINGS',
  findings: [
    {
      id: `finding-${readId}`,
      sentenceId: 's1',
      statement: null,
      polarity: 'POSITIVE',
      labels: ['nodule'],
      locations: [],
      progression: null,
      attributes: [{ name: 'malignancy', number: 3, term: null }],
      regionIds: ['r1'],
    },
  ],
  regions: [{ id: 'r1', imageId: 'i1', pixels: box }],
  imageQualityFlags: [],
  reportQualityFlags: [],
  ...more,
});

const late = annotation('late', '2026-01-01T00:00:02.000Z');
const early = annotation('early', '2026-01-01T00:00:01.000Z');
const nothing = annotation('nothing', '2026-01-01T00:00:03.000Z', {
  answer: 'NOTHING_THERE',
  findings: [],
  regions: [],
});

const read: MedicalCase = {
  id: 'c1',
  projectId: 'p1',
  subjectId: 'u1',
  externalKey: null,
  position: 1,
  status: 'SETTLED',
  images: [{ id: 'i1', rows: 512, columns: 512, description: null }],
  sentences: [],
  readsWanted: 3,
  readsSubmitted: 3,
  annotations: [late, nothing, early],
  consensus: {
    id: 'k1',
    outcome: 'SETTLED',
    methodName: 'majority',
    methodVersion: '1',
    methodParameters: '{}',
    recordedAt: '2026-01-01T00:00:04.000Z',
    sentences: [],
    regions: [
      {
        id: 'q1',
        imageId: 'i1',
        sentenceId: null,
        decision: 'PRESENT',
        score: 1,
        supporters: 2,
        supportersOf: 3,
        members: [
          { readId: 'late', regionId: 'r1' },
          { readId: 'early', regionId: 'r1' },
        ],
        box,
        label: null,
        attributes: [],
      },
    ],
  },
};

describe('readers', () => {
  it('are numbered by the time they submitted', () => {
    expect(readersOf(read.annotations).map(({ number, annotation: { readId } }) => [number, readId])).toEqual([
      [1, 'early'],
      [2, 'late'],
      [3, 'nothing'],
    ]);
  });
});

describe('marks', () => {
  const marks = marksOf(read);

  it('keep regions of the same id in different reads apart', () => {
    expect(marks.map(({ key }) => key)).toEqual(['early/r1', 'late/r1', 'consensus/q1']);
    expect(marks.map(layerOf)).toEqual(['reader-1', 'reader-2', 'consensus']);
  });

  it('light up a consensus together with its members, and a read alone', () => {
    expect(litKeys(marks, { kind: 'mark', key: 'consensus/q1' })).toEqual(
      new Set(['consensus/q1', 'late/r1', 'early/r1']),
    );
    expect(litKeys(marks, { kind: 'mark', key: 'late/r1' })).toEqual(new Set(['late/r1']));
    expect(litKeys(marks, undefined)).toEqual(new Set());
  });

  it('light up all that show a sentence', () => {
    expect(litKeys(marks, { kind: 'sentence', sentenceId: 's1' })).toEqual(new Set(['early/r1', 'late/r1']));
  });
});

describe('the rows of readings', () => {
  it('say "nothing there" as an answer of its own', () => {
    expect(
      readingRows(readersOf(read.annotations)).map(({ reader, isNothingThere, box: at }) => [
        reader,
        isNothingThere,
        at,
      ]),
    ).toEqual([
      [1, false, box],
      [2, false, box],
      [3, true, undefined],
    ]);
  });

  it('show a finding without a region and a region without a finding', () => {
    const [finding] = early.findings;
    const loose = annotation('loose', '2026-01-01T00:00:01.000Z', {
      findings: finding === undefined ? [] : [{ ...finding, regionIds: [] }],
    });
    expect(readingRows(readersOf([loose])).map(({ labels, markKey }) => [labels, markKey])).toEqual([
      [['nodule'], undefined],
      [[], 'loose/r1'],
    ]);
  });

  it('have a column for each attribute that was used, those of the protocol first', () => {
    const used = [[{ name: 'b', number: 1, term: null }], [{ name: 'x', number: 1, term: null }]];
    expect(attributeNames(['a', 'b'], used)).toEqual(['b', 'x']);
  });
});
