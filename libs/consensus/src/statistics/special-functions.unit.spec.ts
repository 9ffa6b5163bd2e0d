import { describe, expect, it } from '@jest/globals';
import {
  betaQuantile,
  digamma,
  fisherQuantile,
  lnGamma,
  normalQuantile,
  studentQuantile,
} from './special-functions.ts';

describe('special functions, against tables', () => {
  it('are those of gamma', () => {
    expect(lnGamma(5)).toBeCloseTo(Math.log(24), 12);
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 12);
    expect(digamma(0.5)).toBeCloseTo(-1.9635100260214235, 12);
  });

  it('are quantiles of the normal, t, F and beta distributions', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 6);
    expect(studentQuantile(0.975, 1)).toBeCloseTo(12.706204736, 6);
    expect(studentQuantile(0.975, 10)).toBeCloseTo(2.228138852, 8);
    expect(studentQuantile(0.025, 10)).toBeCloseTo(-2.228138852, 8);
    expect(fisherQuantile(0.95, 5, 10)).toBeCloseTo(3.325834529, 7);
    expect(betaQuantile(0.5, 1, 1)).toBeCloseTo(0.5, 12);
    expect(betaQuantile(0.95, 2, 3)).toBeCloseTo(0.751395355, 6);
  });
});
