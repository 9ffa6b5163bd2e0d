import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { meanPairwiseIou, pairwiseIous } from './mean-iou.ts';
import type { Box } from '../box.ts';

const square = (x: number): Box => ({ x1: x, y1: 0, x2: x + 2, y2: 1 });

describe('pairwise agreement', () => {
  it('compares every pair once', () => {
    expect(pairwiseIous([square(0), square(1), square(9)])).toEqual([1 / 3, 0, 0]);
  });

  it('counts pairs alike over all groups, not groups alike', () => {
    const three = [square(0), square(0), square(0)];
    expect(meanPairwiseIou([three, [square(0), square(9)]])).toEqual({ pairs: 4, mean: 0.75 });
  });

  it('has no mean without a pair', () => {
    expect(meanPairwiseIou([[square(0)], []])).toEqual({ pairs: 0, mean: null });
  });

  it('gives the same digits in any order', () => {
    const groups = fc.array(fc.array(fc.nat(5).map(square), { maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(groups, (boxes) => {
        expect(meanPairwiseIou(boxes.map((group) => group.toReversed()).toReversed())).toEqual(meanPairwiseIou(boxes));
      }),
    );
  });
});
