import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wilsonInterval } from './wilson-interval.ts';

describe('the Wilson interval', () => {
  it('is that of the tables', () => {
    // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
    const [low, high] = wilsonInterval(81, 263);
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.2553', '0.3662']);
    const [none, some] = wilsonInterval(0, 20);
    expect([none.toFixed(4), some.toFixed(4)]).toEqual(['0.0000', '0.1611']);
  });

  it('knows nothing of no cases', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });

  it('holds the share and keeps between 0 and 1', () => {
    const counts = fc.integer({ min: 1, max: 5_000 }).chain((cases) => fc.tuple(fc.nat(cases), fc.constant(cases)));
    fc.assert(
      fc.property(counts, ([successes, cases]) => {
        const [low, high] = wilsonInterval(successes, cases);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low - 1e-12).toBeLessThanOrEqual(successes / cases);
        expect(high + 1e-12).toBeGreaterThanOrEqual(successes / cases);
      }),
    );
  });
});
