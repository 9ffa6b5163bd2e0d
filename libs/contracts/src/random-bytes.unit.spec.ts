import { expect, it } from '@jest/globals';
import { freshRandomBytes } from './random-bytes.ts';

it('never gives the same bytes twice, and none that were wiped, across refills', () => {
  const given = Array.from({ length: 2_000 }, () => freshRandomBytes(12).toString('hex'));
  expect(new Set(given).size).toBe(given.length);
  expect(given).not.toContain('00'.repeat(12));
});

it('gives copies, which its later use does not change', () => {
  const first = freshRandomBytes(16);
  const before = Buffer.from(first);
  for (let count = 0; count < 1_000; count += 1) freshRandomBytes(16);
  expect(first).toEqual(before);
});

it('spreads as chance does: each of 256 values of a byte about as often', () => {
  const counts = new Array<number>(256).fill(0);
  for (let count = 0; count < 256; count += 1)
    for (const byte of freshRandomBytes(1_000)) counts[byte] = (counts[byte] ?? 0) + 1;
  // Chi-squared with 255 degrees of freedom exceeds 400 with a probability below 1e-7.
  const chiSquared = counts.reduce((sum, found) => sum + (found - 1_000) ** 2 / 1_000, 0);
  expect(chiSquared).toBeLessThan(400);
});

it('refuses more than its stock', () => {
  expect(() => freshRandomBytes(4_097)).toThrow(RangeError);
  expect(freshRandomBytes(4_096)).toHaveLength(4_096);
});
