import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boxArea, intersectionOverUnion, isValidBox } from './box.ts';
import type { Box } from './box.ts';

const box = (x1: number, y1: number, x2: number, y2: number): Box => ({ x1, y1, x2, y2 });
const anyBox = fc
  .tuple(fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }))
  .map(([x, y, width, height]) => box(x, y, x + width, y + height));

describe('box', () => {
  it('measures widths as x2 - x1, without counting an inclusive pixel', () => {
    expect(boxArea(box(0, 0, 10, 4))).toBe(40);
  });

  it('needs finite coordinates in order and an area', () => {
    expect(isValidBox(box(0, 0, 1, 1))).toBe(true);
    expect(isValidBox(box(1, 0, 1, 1))).toBe(false);
    expect(isValidBox(box(2, 0, 1, 1))).toBe(false);
    expect(isValidBox(box(0, 1, 1, 1))).toBe(false);
    expect(isValidBox(box(0, Number.NaN, 1, 1))).toBe(false);
    expect(isValidBox(box(0, 0, Number.POSITIVE_INFINITY, 1))).toBe(false);
  });
});

describe('intersection over union', () => {
  it('divides the overlap by the union', () => {
    expect(intersectionOverUnion(box(0, 0, 10, 10), box(5, 0, 15, 10))).toBe(50 / 150);
    expect(intersectionOverUnion(box(0, 0, 2, 1), box(0, 0, 1, 1))).toBe(0.5);
  });

  it('is 0 for boxes apart, and for boxes that only touch', () => {
    expect(intersectionOverUnion(box(0, 0, 10, 10), box(20, 20, 30, 30))).toBe(0);
    expect(intersectionOverUnion(box(0, 0, 10, 10), box(10, 0, 20, 10))).toBe(0);
  });

  it('is 0, not NaN, where neither box has an area', () => {
    expect(intersectionOverUnion(box(3, 3, 3, 3), box(3, 3, 3, 3))).toBe(0);
  });

  it('is symmetric, within 0..1, and 1 only for equal boxes', () => {
    fc.assert(
      fc.property(anyBox, anyBox, (one, other) => {
        const overlap = intersectionOverUnion(one, other);
        expect(overlap).toBe(intersectionOverUnion(other, one));
        expect(overlap).toBeGreaterThanOrEqual(0);
        expect(overlap).toBeLessThanOrEqual(1);
        expect(overlap === 1).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });
});
