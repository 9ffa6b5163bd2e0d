import { expect, it } from '@jest/globals';
import { isSampled } from './is-sampled.ts';

it('draws none at 0, all at 1, and about the share between, the same ones each time', () => {
  const ids = Array.from({ length: 10_000 }, (_, number) => `event ${String(number)}`);
  expect(ids.filter((id) => isSampled(id, 0))).toEqual([]);
  expect(ids.filter((id) => isSampled(id, 1))).toHaveLength(ids.length);
  const drawn = ids.filter((id) => isSampled(id, 0.1));
  // 0.1 with a standard deviation of 0.003.
  expect(drawn.length).toBeGreaterThan(880);
  expect(drawn.length).toBeLessThan(1_120);
  expect(drawn.every((id) => isSampled(id, 0.2))).toBe(true);
});
