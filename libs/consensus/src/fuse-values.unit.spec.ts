import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isValidBox } from './box.ts';
import type { Attribute } from './consensus-input.ts';
import { fuseAttributes, fuseBoxes, fuseChoices } from './fuse-values.ts';
import type { Said } from './fuse-values.ts';

function says<Value>(...values: readonly Value[]): readonly Said<Value>[] {
  return values.map((value, index) => ({ readerId: `reader-${index}`, weight: 1, value }));
}
const grade = (value: number): readonly Attribute[] => [{ name: 'malignancy', kind: 'ordinal', value }];

describe('fused boxes', () => {
  it('take the median of each coordinate by itself', () => {
    const boxes = says(
      { x1: 0, y1: 9, x2: 10, y2: 20 },
      { x1: 4, y1: 1, x2: 12, y2: 30 },
      { x1: 2, y1: 5, x2: 99, y2: 10 },
    );
    expect(fuseBoxes(boxes)).toEqual({ x1: 2, y1: 5, x2: 12, y2: 20 });
  });

  it('take the mean of the two in the middle for two and for four readers', () => {
    const corners = [0, 1, 5, 90].map((x1) => ({ x1, y1: 0, x2: 100, y2: 10 }));
    expect(fuseBoxes(says(...corners)).x1).toBe(3);
    expect(fuseBoxes(says(...corners.slice(0, 2))).x1).toBe(0.5);
  });

  it('are valid where all the boxes are', () => {
    const side = fc.integer({ min: 1, max: 50 });
    const box = fc
      .tuple(fc.nat(60), fc.nat(60), side, side)
      .map(([x, y, width, height]) => ({ x1: x, y1: y, x2: x + width, y2: y + height }));
    const weighted = fc.record({ readerId: fc.string(), weight: fc.integer({ min: 1, max: 9 }), value: box });
    fc.assert(
      fc.property(fc.array(weighted, { minLength: 1, maxLength: 7 }), (boxes) => {
        expect(isValidBox(fuseBoxes(boxes))).toBe(true);
      }),
    );
  });
});

describe('fused choices', () => {
  it.each([
    { choices: ['mass', 'mass'], value: 'mass', decision: 'agreed' },
    { choices: ['mass', 'nodule', 'mass'], value: 'mass', decision: 'majority' },
    { choices: ['mass', 'nodule', 'mass', 'cyst'], value: 'mass', decision: 'majority' },
    { choices: ['mass', 'nodule'], value: null, decision: 'disputed' },
    { choices: ['mass', 'nodule', 'nodule', 'mass'], value: null, decision: 'disputed' },
    { choices: [], value: null, decision: 'unanswered' },
  ])('$choices are $decision', ({ choices, value, decision }) => {
    expect(fuseChoices(says(...choices))).toMatchObject({ value, decision });
  });
});

describe('fused attributes', () => {
  it('keep an ordinal answer on the scale: of two middle grades the lower, with all that was said', () => {
    expect(fuseAttributes(says(grade(5), grade(2), grade(3), grade(4)))).toEqual([
      {
        name: 'malignancy',
        kind: 'ordinal',
        value: 3,
        decision: 'median',
        values: [5, 2, 3, 4].map((value, index) => ({ readerId: `reader-${index}`, value })),
      },
    ]);
  });

  it('call it agreed where all gave the same', () => {
    expect(fuseAttributes(says(grade(4), grade(4)))).toMatchObject([{ value: 4, decision: 'agreed' }]);
  });

  it('take the mean of the two in the middle on an interval scale', () => {
    const sizes = [8, 11].map((value): readonly Attribute[] => [{ name: 'sizeMm', kind: 'interval', value }]);
    expect(fuseAttributes(says(...sizes))).toMatchObject([{ kind: 'interval', value: 9.5, decision: 'median' }]);
  });

  it('leave a tie of nominal values undecided', () => {
    const sides = ['left', 'right'].map((value): readonly Attribute[] => [{ name: 'side', kind: 'nominal', value }]);
    expect(fuseAttributes(says(...sides))).toMatchObject([{ kind: 'nominal', value: null, decision: 'disputed' }]);
  });

  it('count only the readers who gave the attribute, by name', () => {
    const both: readonly Attribute[] = [
      { name: 'texture', kind: 'ordinal', value: 5 },
      { name: 'malignancy', kind: 'ordinal', value: 1 },
    ];
    expect(fuseAttributes(says(both, grade(3), []))).toMatchObject([
      { name: 'malignancy', value: 1, values: [{ value: 1 }, { value: 3 }] },
      { name: 'texture', value: 5, values: [{ value: 5 }] },
    ]);
  });
});
