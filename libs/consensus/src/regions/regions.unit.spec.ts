import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Box } from '../box.ts';
import { InvalidRatings } from '../ratings/rating.ts';
import { fuseCoordinates } from './fuse-coordinates.ts';
import { staple } from './staple.ts';
import type { Mask } from './staple.ts';
import { weightedBoxesFusion } from './weighted-boxes-fusion.ts';

/** See fixtures/lidc/ATTRIBUTION.md. */
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/lidc/${name}`, import.meta.url), 'utf8'));
type Corners = readonly [number, number, number, number];
type Fused = readonly [readonly Corners[], readonly number[], readonly number[]];
const toBox = ([x1, y1, x2, y2]: Corners): Box => ({ x1, y1, x2, y2 });

describe('coordinates of one finding', () => {
  const box = (x1: number, x2: number): Box => ({ x1, y1: 0, x2, y2: 10 });
  const said = [
    { readerId: 'a', weight: 1, value: box(0, 10) },
    { readerId: 'b', weight: 1, value: box(2, 12) },
    { readerId: 'c', weight: 2, value: box(8, 30) },
  ];

  it.each([
    ['weightedMedian', box(5, 21)],
    ['mean', box(4.5, 20.5)],
    ['nearestToMean', box(8, 30)],
    ['union', box(0, 30)],
  ] as const)('by %s', (rule, expected) => {
    expect(fuseCoordinates(said, rule)).toEqual(expected);
    expect(fuseCoordinates(said.toReversed(), rule)).toEqual(expected);
  });

  it('of one reader are the reader’s own, and of none a refusal', () => {
    for (const rule of ['weightedMedian', 'mean', 'nearestToMean', 'union'] as const) {
      expect(fuseCoordinates(said.slice(0, 1), rule)).toEqual(box(0, 10));
      expect(() => fuseCoordinates([], rule)).toThrow(InvalidRatings);
      expect(() => fuseCoordinates([{ readerId: 'a', weight: 0, value: box(0, 1) }], rule)).toThrow(InvalidRatings);
      expect(() => fuseCoordinates([{ readerId: 'a', weight: 1, value: box(1, 1) }], rule)).toThrow(InvalidRatings);
    }
  });
});

describe('weighted boxes fusion (ensemble-boxes 1.0.9 on boxes of four radiologists)', () => {
  const nodules = fixture('wbf_fixture.json') as readonly {
    readonly boxes_px: readonly Corners[];
    readonly wbf_equal: Fused;
    readonly wbf_weighted: {
      readonly scores: readonly number[];
      readonly weights: readonly number[];
      readonly out: Fused;
    };
  }[];
  // Of equal scores ensemble-boxes takes the last box first, we the first reader: so the names run backwards.
  const readers = ['d', 'c', 'b', 'a'];
  const fuse = (boxes: readonly Corners[], scores: readonly number[], weights: readonly number[]) =>
    weightedBoxesFusion(
      boxes.map((corners, index) => ({
        readerId: readers[index] ?? '',
        label: '0',
        box: toBox(corners),
        score: scores[index] ?? 1,
      })),
      { readerWeights: new Map(readers.map((reader, index) => [reader, weights[index] ?? 1])) },
    );
  /** Boxes of equal score come in another order there. */
  const expectFused = (fused: ReturnType<typeof fuse>, [boxes, scores]: Fused): void => {
    expect(fused).toHaveLength(boxes.length);
    for (const [index, [x1, y1, x2, y2]] of boxes.entries()) {
      const near = (one: number, other: number | undefined): boolean => Math.abs(one - (other ?? 9)) < 1e-6;
      const same = fused.filter(
        ({ box, score }) =>
          near(box.x1 / 512, x1) &&
          near(box.y1 / 512, y1) &&
          near(box.x2 / 512, x2) &&
          near(box.y2 / 512, y2) &&
          near(score, scores[index]),
      );
      expect(same).toHaveLength(1);
    }
  };

  it('gives the same boxes and scores on 50 nodules', () => {
    expect(nodules).toHaveLength(50);
    for (const { boxes_px: boxes, wbf_equal: equal, wbf_weighted: weighted } of nodules) {
      expectFused(fuse(boxes, [], []), equal);
      expectFused(fuse(boxes, weighted.scores, weighted.weights), weighted.out);
    }
  });

  it('keeps labels apart, asks for every weight, and refuses a score of nothing', () => {
    const box = { x1: 0, y1: 0, x2: 10, y2: 10 };
    const readerWeights = new Map([
      ['a', 1],
      ['b', 1],
    ]);
    const scored = (label: string, score: number, readerId = 'a') => ({ readerId, label, box, score });
    expect(weightedBoxesFusion([scored('x', 1), scored('y', 1)], { readerWeights })).toEqual([
      { label: 'x', box, score: 0.5, members: 1 },
      { label: 'y', box, score: 0.5, members: 1 },
    ]);
    expect(weightedBoxesFusion([], { readerWeights })).toEqual([]);
    expect(() => weightedBoxesFusion([scored('x', 1, 'c')], { readerWeights })).toThrow(InvalidRatings);
    expect(() => weightedBoxesFusion([scored('x', 0)], { readerWeights })).toThrow(InvalidRatings);
    const crowd = Array.from({ length: 10_001 }, () => scored('x', 1));
    expect(() => weightedBoxesFusion(crowd, { readerWeights })).toThrow(InvalidRatings);
  });

  it('does not depend on the order of the boxes', () => {
    const boxes = [0, 1, 2, 3, 4, 5].map((place) => ({
      readerId: readers[place % 3] ?? '',
      label: '0',
      box: { x1: place, y1: 0, x2: place + 10, y2: 10 },
      score: 0.5,
    }));
    const readerWeights = new Map(readers.map((reader) => [reader, 1]));
    const expected = weightedBoxesFusion(boxes, { readerWeights });
    fc.assert(
      fc.property(fc.shuffledSubarray(boxes, { minLength: boxes.length }), (shuffled) => {
        expect(weightedBoxesFusion(shuffled, { readerWeights })).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe('STAPLE (SimpleITK 2.5.7 on masks of four radiologists)', () => {
  const slices = fixture('staple_fixture.json') as readonly {
    readonly masks_rows: readonly (readonly string[])[];
    readonly sens: readonly number[];
    readonly spec: readonly number[];
    readonly staple_prob_sum: number;
    readonly 'staple_ge_0.5_count': number;
  }[];
  const toMask = (rows: readonly string[], reader: number): Mask => ({
    readerId: `reader ${reader}`,
    pixels: Uint8Array.from(rows.join('').split(''), Number),
  });

  it('gives the same region, sensitivities and specificities on 20 slices', () => {
    expect(slices).toHaveLength(20);
    for (const slice of slices) {
      const masks = slice.masks_rows.map(toMask);
      const { probabilities, readers, converged } = staple(masks);
      expect(converged).toBe(true);
      const region = probabilities.filter((probability) => probability >= 0.5).length;
      const expected = slice['staple_ge_0.5_count'];
      expect((2 * Math.min(region, expected)) / (region + expected)).toBeGreaterThan(0.99);
      for (const [index, { sensitivity, specificity }] of readers.entries()) {
        expect(sensitivity).toBeCloseTo(slice.sens[index] ?? 9, 2);
        expect(specificity).toBeCloseTo(slice.spec[index] ?? 9, 2);
      }
      expect(staple(masks.toReversed())).toEqual(staple(masks));
    }
  });

  it('answers where all masks are empty or full, and refuses masks that do not fit', () => {
    const mask = (readerId: string, ...pixels: readonly number[]): Mask => ({
      readerId,
      pixels: Uint8Array.from(pixels),
    });
    expect(Array.from(staple([mask('a', 0, 0), mask('b', 0, 0)]).probabilities)).toEqual([0, 0]);
    expect(Array.from(staple([mask('a', 1, 1), mask('b', 1, 1)]).probabilities)).toEqual([1, 1]);
    expect(() => staple([])).toThrow(InvalidRatings);
    expect(() => staple([mask('a', 0, 1), mask('b', 1)])).toThrow(InvalidRatings);
    expect(() => staple([mask('a', 0, 2)])).toThrow(InvalidRatings);
    expect(() => staple([mask('a', 0), mask('a', 1)])).toThrow(InvalidRatings);
  });
});
