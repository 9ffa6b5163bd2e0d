import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lowerWeightedMedian, weightedMedian } from './weighted-median.ts';

const equally = (...values: readonly number[]) => values.map((value) => ({ value, weight: 1 }));

describe('weighted median', () => {
  it('is the middle value of an odd number of equal weights', () => {
    expect(weightedMedian(equally(9, 1, 4))).toBe(4);
  });

  it('is the mean of the two middle values of an even number', () => {
    expect(weightedMedian(equally(1, 4))).toBe(2.5);
    expect(weightedMedian(equally(10, 1, 3, 4))).toBe(3.5);
  });

  it('follows the weight, not the count', () => {
    const values = [
      { value: 1, weight: 5 },
      { value: 2, weight: 1 },
      { value: 3, weight: 1 },
    ];
    expect(weightedMedian(values)).toBe(1);
  });

  it('takes the mean where a weight lands exactly on half', () => {
    const values = [
      { value: 1, weight: 2 },
      { value: 7, weight: 1 },
      { value: 9, weight: 1 },
    ];
    expect(weightedMedian(values)).toBe(4);
    expect(lowerWeightedMedian(values)).toBe(1);
  });

  it('refuses an empty list', () => {
    expect(() => weightedMedian([])).toThrow(RangeError);
  });

  it('agrees with the textbook median at equal weights, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 9 }), (values) => {
        const sorted = values.toSorted((one, other) => one - other);
        const low = sorted[Math.ceil(sorted.length / 2) - 1];
        const high = sorted[Math.floor(sorted.length / 2)];
        expect(lowerWeightedMedian(equally(...values))).toBe(low);
        expect(weightedMedian(equally(...values))).toBe(((low ?? 0) + (high ?? 0)) / 2);
      }),
    );
  });
});
