import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchGreedily } from './greedy-search.ts';
import { connectedPieces, summedWeight, upperBound } from './overlap-component.ts';
import type { OverlapComponent } from './overlap-component.ts';

/** One to three regions for each of three to five readers, and weights as no boxes would give them. */
const anyComponent = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 5 })
  .map((counts) => counts.flatMap((count, reader) => Array.from({ length: count }, () => reader)))
  .chain((readers) =>
    fc.tuple(
      fc.constant(readers),
      fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10 })), {
        minLength: readers.length ** 2,
        maxLength: readers.length ** 2,
      }),
    ),
  )
  .map(([readers, drawn]): OverlapComponent => {
    const size = readers.length;
    const weights = new Float64Array(size * size);
    for (let one = 0; one < size; one += 1) {
      for (let other = one + 1; other < size; other += 1) {
        const weight = readers[one] === readers[other] ? 0 : (drawn[one * size + other] ?? 0);
        weights[one * size + other] = weight;
        weights[other * size + one] = weight;
      }
    }
    return { size, readerCount: new Set(readers).size, readers, weights };
  });

describe('greedy search', () => {
  it('gives every region one connected cluster without a reader twice, within the upper bound', () => {
    fc.assert(
      fc.property(anyComponent, (component) => {
        const partition = searchGreedily(component);
        expect(partition.flat().toSorted((one, other) => one - other)).toEqual([...component.readers.keys()]);
        for (const cluster of partition) {
          expect(connectedPieces(component, cluster)).toEqual([cluster]);
          const readers = cluster.map((region) => component.readers[region]);
          expect(new Set(readers).size).toBe(readers.length);
        }
        const sum = summedWeight(component, partition);
        expect(sum).toBeLessThanOrEqual(upperBound(component, () => true));
      }),
      { numRuns: 1_500 },
    );
  });

  it('exchanges two regions where that raises the sum', () => {
    // Regions 0, 1 of one reader and 2, 3 of another: 0-2 (5) is heaviest and leaves 1-3 (1), yet 0-3 and 1-2 weigh 4 each.
    const weights = Float64Array.from([0, 0, 5, 4, 0, 0, 4, 1, 5, 4, 0, 0, 4, 1, 0, 0]);
    const component = { size: 4, readerCount: 2, readers: [0, 0, 1, 1], weights };
    expect(searchGreedily(component)).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });
});
