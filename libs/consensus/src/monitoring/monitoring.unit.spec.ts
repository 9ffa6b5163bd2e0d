import { describe, expect, it } from '@jest/globals';
import { InvalidRatings } from '../ratings/rating.ts';
import type { Rating } from '../ratings/rating.ts';
import { SeededRandom } from '../statistics/seeded-random.ts';
import { findIdenticalBoxes, findSharedErrors } from './copying.ts';
import { labelShift } from './label-shift.ts';
import { bernoulliCusum, ewma, goldCusum, pageHinkley, sprt, sprtBounds } from './sequential-tests.ts';
import { timeOnTaskOutliers } from './time-on-task.ts';

const outcomes = (random: SeededRandom, accuracy: number, count: number): readonly boolean[] =>
  Array.from({ length: count }, () => random.fraction() < accuracy);

/** 300 outcomes at .9 and 200 at .7, recorded (numpy, seed 0). */
const recorded = (
  '1111101110111111111111111100111111111101111111111111111111111111111011101011100111111110110011001011' +
  '1110111011111111011111011111111111111101111110111111111101111110111111101111100111111110111111011101' +
  '1111110111111111110101111111111111111110101111101111011111111111111111111110110011011111111111111011' +
  '0110101001110111011011011111110111100111100111111001111100110111111101111010111111010011010010010111' +
  '1011101011000100001111011110111111011111110110111100111101100111011110111110011111111111111111111010'
)
  .split('')
  .map((sign) => sign === '1');

describe('sequential tests on gold', () => {
  it('give the figures computed elsewhere on a recorded stream', () => {
    // Computed with numpy and with river 0.21.1 (threshold 10) as outcomes 95 and 350, counted from 0.
    expect(recorded).toHaveLength(500);
    expect(bernoulliCusum(recorded, { acceptable: 0.9, unacceptable: 0.75, threshold: 5 }).at).toBe(96);
    expect(pageHinkley(recorded, { threshold: 10 }).at).toBe(351);
  });

  it('have Wald’s bounds, and reject as often as was simulated elsewhere', () => {
    expect(sprtBounds(0.05, 0.1)).toEqual([expect.closeTo(2.8904, 4), expect.closeTo(-2.2513, 4)]);
    const random = new SeededRandom(4);
    const rejected = (accuracy: number): number => {
      const design = { acceptable: 0.9, unacceptable: 0.7, falseAlarm: 0.05, missed: 0.1 };
      const verdicts = Array.from({ length: 2_000 }, () => sprt(outcomes(random, accuracy, 500), design).verdict);
      return verdicts.filter((verdict) => verdict === 'unacceptable').length / verdicts.length;
    };
    expect(rejected(0.9)).toBeCloseTo(0.035, 1);
    expect(rejected(0.7)).toBeCloseTo(0.9115, 1);
    expect(rejected(0.8)).toBeCloseTo(0.4935, 1);
  });

  it('raise fewer than 2 % false alarms in 500 gold reads, and notice a fall from .9 to .7 within 60 on average', () => {
    const random = new SeededRandom(9);
    const runs = 4_000;
    const falseAlarms = Array.from({ length: runs }, () => bernoulliCusum(outcomes(random, 0.9, 500), goldCusum).at);
    expect(falseAlarms.filter((at) => at !== null).length / runs).toBeLessThan(0.02);
    const delays = Array.from({ length: runs }, () => bernoulliCusum(outcomes(random, 0.7, 1_000), goldCusum).at);
    expect(delays.every((at) => at !== null)).toBe(true);
    expect(delays.reduce((sum: number, at) => sum + (at ?? 0), 0) / runs).toBeLessThanOrEqual(60);
  });

  it('see a fall by moving average, and none where there is none', () => {
    const fallen = [...Array.from({ length: 50 }, () => true), ...Array.from({ length: 20 }, () => false)];
    expect(ewma(fallen, { acceptable: 0.9 }).at).toBeGreaterThan(50);
    expect(ewma(fallen.slice(0, 50), { acceptable: 0.9 }).at).toBeNull();
    expect(ewma([], { acceptable: 0.9 })).toEqual({ at: null, statistic: 0.9 });
  });

  it('refuse designs that are none', () => {
    expect(() => bernoulliCusum([], { acceptable: 0.7, unacceptable: 0.9, threshold: 5 })).toThrow(InvalidRatings);
    expect(() => pageHinkley([], { threshold: Number.NaN })).toThrow(InvalidRatings);
    expect(() => ewma([], { acceptable: 1 })).toThrow(InvalidRatings);
  });
});

describe('time on task', () => {
  const usual = [60, 70, 80, 90, 100, 110, 65, 75, 85, 95].map((seconds, index) => ({ readId: `${index}`, seconds }));

  it('calls out the very quick and the very slow', () => {
    const reads = [...usual, { readId: 'quick', seconds: 5 }, { readId: 'slow', seconds: 3_600 }];
    const found = timeOnTaskOutliers(reads);
    expect(found.outliers.map(({ readId }) => readId)).toEqual(['quick', 'slow']);
    expect(timeOnTaskOutliers(reads.toReversed())).toEqual(found);
  });

  it('judges nothing by few reads, or where most took the same time', () => {
    expect(timeOnTaskOutliers(usual.slice(0, 9))).toMatchObject({ judged: false, outliers: [] });
    const same = usual.map((read, index) => ({ ...read, seconds: index === 0 ? 1 : 60 }));
    expect(timeOnTaskOutliers(same)).toMatchObject({ judged: false, outliers: [] });
  });

  it('refuses what is no time', () => {
    expect(() => timeOnTaskOutliers([])).toThrow(InvalidRatings);
    expect(() => timeOnTaskOutliers([{ readId: '1', seconds: 0 }])).toThrow(InvalidRatings);
    expect(() => timeOnTaskOutliers([{ readId: '1', seconds: Number.NaN }])).toThrow(InvalidRatings);
  });
});

describe('copying', () => {
  it('shows where two share errors that others do not make', () => {
    const random = new SeededRandom(2);
    const ratings: Rating<string>[] = [];
    for (let item = 0; item < 200; item += 1) {
      const drawn = ['a', 'b', 'c', 'd', 'e'].map(
        () => (random.fraction() < 0.2 ? 'xyz'[random.below(3)] : 'right') ?? '',
      );
      for (const [reader, value] of drawn.entries()) {
        ratings.push({ itemId: `${item}`, readerId: `reader ${reader}`, value });
      }
      ratings.push({ itemId: `${item}`, readerId: 'copyist', value: drawn[0] ?? '' });
    }
    expect(findSharedErrors(ratings).map(({ readers }) => readers)).toEqual([['copyist', 'reader 0']]);
    expect(findSharedErrors(ratings.filter(({ readerId }) => readerId !== 'copyist'))).toEqual([]);
  });

  it('shows boxes that are equal to the last digit', () => {
    const box = (x1: number) => ({ x1, y1: 0, x2: x1 + 10, y2: 10 });
    const boxes = [
      { imageId: '1', readerId: 'a', box: box(1) },
      { imageId: '1', readerId: 'b', box: box(1) },
      { imageId: '1', readerId: 'c', box: box(1.5) },
      { imageId: '2', readerId: 'a', box: box(3) },
      { imageId: '2', readerId: 'b', box: box(4) },
    ];
    expect(findIdenticalBoxes(boxes)).toEqual([{ readers: ['a', 'b'], images: 2, identical: 1 }]);
  });
});

describe('shift of labels', () => {
  it('measures how far shares moved, and how likely by chance', () => {
    const shift = labelShift([
      { label: 'a', before: 90, now: 60 },
      { label: 'b', before: 10, now: 40 },
    ]);
    // Pearson's chi-square of this table is 24, without continuity correction.
    expect(shift.chance).toBeCloseTo(9.6e-7, 7);
    expect(shift.divergence).toBeGreaterThan(0.05);
    const equal = [
      { label: 'a', before: 90, now: 9 },
      { label: 'b', before: 10, now: 1 },
    ];
    expect(labelShift(equal)).toEqual({ divergence: 0, chance: null });
    expect(
      labelShift([
        { label: 'a', before: 5, now: 0 },
        { label: 'b', before: 0, now: 5 },
      ]).divergence,
    ).toBe(1);
  });

  it('refuses an empty side and what is no count', () => {
    expect(() => labelShift([{ label: 'a', before: 1, now: 0 }])).toThrow(InvalidRatings);
    expect(() => labelShift([{ label: 'a', before: 1, now: 0.5 }])).toThrow(InvalidRatings);
  });
});
