import { describe, expect, it } from '@jest/globals';
import { backOff } from './back-off.ts';

describe('backOff', () => {
  it('doubles with every attempt, up to the longest', () => {
    const waits = [1, 2, 3, 4, 5, 1_000].map((attempt) => backOff(attempt, () => 1, { firstMs: 10, longestMs: 100 }));
    expect(waits).toEqual([10, 20, 40, 80, 100, 100]);
  });

  it('never waits less than half', () => {
    expect(backOff(3, () => 0, { firstMs: 10 })).toBe(20);
  });

  it('takes an attempt below the first for the first', () => {
    expect(backOff(0, () => 1, { firstMs: 10 })).toBe(10);
  });
});
