import { describe, expect, it } from '@jest/globals';
import type { Box } from '../box.ts';
import { InvalidRatings } from '../ratings/rating.ts';
import { freeResponseKappa, measureDetectionAgreement } from './detection-agreement.ts';
import type { MarkedImage } from './detection-agreement.ts';

const box = (x: number, width = 10): Box => ({ x1: x, y1: 0, x2: x + width, y2: 10 });
const read = (caseId: string, readerId: string, ...boxes: readonly Box[]): MarkedImage => ({
  caseId,
  imageId: 'image',
  readerId,
  boxes,
});
const none = { kind: 'none' } as const;
const bootstrap = { kind: 'bootstrap', level: 0.95, replicates: 200, seed: 3 } as const;

describe('agreement of detections', () => {
  const images = [
    read('1', 'a', box(0), box(100)),
    read('1', 'b', box(2), box(200)),
    read('2', 'a'),
    read('2', 'b', box(0)),
    read('3', 'a', box(0), box(0)),
    read('3', 'b', box(0), box(0)),
  ];

  it('is F1 over the pairs of readers, with the overlap of what matched', () => {
    const report = measureDetectionAgreement(images, 0.5, none);
    expect(report).toMatchObject({ both: 3, one: 3, cases: 3 });
    expect(report.coefficient.value).toBeCloseTo(6 / 9, 12);
    expect(report.meanIou.value).toBeCloseTo((8 / 12 + 1 + 1) / 3, 12);
    expect(report.pairs.map(({ readers, both }) => [...readers, both])).toEqual([['a', 'b', 3]]);
  });

  it('falls at a higher gate', () => {
    expect(measureDetectionAgreement(images, 0.9, none)).toMatchObject({ both: 2, one: 5 });
  });

  it('says nothing where nobody marked anything, and the same in any order', () => {
    const empty = measureDetectionAgreement([read('1', 'a'), read('1', 'b')], 0.5, bootstrap);
    expect(empty.coefficient).toEqual({ value: null, undefinedBecause: 'NO_PAIRS', interval: null });
    const turned = images.toReversed().map((image) => ({ ...image, boxes: image.boxes.toReversed() }));
    expect(measureDetectionAgreement(turned, 0.5, bootstrap)).toEqual(
      measureDetectionAgreement(images, 0.5, bootstrap),
    );
  });

  it('refuses a box without area, an image read twice and a gate outside 0..1', () => {
    const compute =
      (given: readonly MarkedImage[], gate = 0.5) =>
      () =>
        measureDetectionAgreement(given, gate, none);
    expect(compute([read('1', 'a', box(0, 0))])).toThrow(InvalidRatings);
    expect(compute([read('1', 'a'), read('1', 'a')])).toThrow(InvalidRatings);
    expect(compute(images, Number.NaN)).toThrow(InvalidRatings);
    expect(compute([])).toThrow(InvalidRatings);
  });

  it('takes clustered findings without asking who marked them', () => {
    const findings = [
      { caseId: '1', readers: 3, markedBy: 3 },
      { caseId: '1', readers: 3, markedBy: 1 },
      { caseId: '2', readers: 2, markedBy: 2 },
    ];
    expect(freeResponseKappa(findings, none)).toMatchObject({ both: 4, one: 2, coefficient: { value: 8 / 10 } });
    expect(() => freeResponseKappa([{ caseId: '1', readers: 1, markedBy: 2 }], none)).toThrow(InvalidRatings);
  });
});
