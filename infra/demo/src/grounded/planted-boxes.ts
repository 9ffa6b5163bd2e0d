import { intersectionOverUnion } from '@consilium/consensus';
import type { Box } from '@consilium/consensus';
import type { NormalisedBox } from '@consilium/formats';
import { numbersOf } from '../grounded-reports/image-box.ts';
import type { ImageSize } from '../grounded-reports/image-box.ts';

/** From shares of the image's width and height (0 to 1) to its pixels. */
export function pixelsOf(edges: NormalisedBox, { rows, columns }: ImageSize): Box {
  const [x1, y1, x2, y2] = numbersOf(edges);
  return { x1: x1 * columns, y1: y1 * rows, x2: x2 * columns, y2: y2 * rows };
}

/** The greatest intersection over union with any of them; 0 where there is none. */
export const bestOverlap = (box: Box, others: readonly Box[]): number =>
  Math.max(0, ...others.map((other) => intersectionOverUnion(box, other)));

/** How boxes that were found lie on those that were planted. */
export interface BoxComparison {
  readonly planted: number;
  readonly found: number;
  /** Pairs of one planted and one found, the closest first, each once, from the gate on. */
  readonly matched: number;
  /** Sum of their overlaps. */
  readonly summedIou: number;
}

/** Boxes in pixels of one image; `gate` is the least overlap that makes a pair, above 0 and at most 1. */
export function compareBoxes(planted: readonly Box[], found: readonly Box[], gate: number): BoxComparison {
  const pairs = planted
    .flatMap((one, place) => found.map((other, index) => ({ place, index, iou: intersectionOverUnion(one, other) })))
    .filter(({ iou }) => iou >= gate)
    .toSorted((one, other) => other.iou - one.iou);
  const takenPlaces = new Set<number>();
  const takenIndices = new Set<number>();
  let summedIou = 0;
  for (const { place, index, iou } of pairs) {
    if (takenPlaces.has(place) || takenIndices.has(index)) continue;
    takenPlaces.add(place);
    takenIndices.add(index);
    summedIou += iou;
  }
  return { planted: planted.length, found: found.length, matched: takenPlaces.size, summedIou };
}

export const sumOf = (comparisons: readonly BoxComparison[]): BoxComparison =>
  comparisons.reduce(
    (sum, one) => ({
      planted: sum.planted + one.planted,
      found: sum.found + one.found,
      matched: sum.matched + one.matched,
      summedIou: sum.summedIou + one.summedIou,
    }),
    { planted: 0, found: 0, matched: 0, summedIou: 0 },
  );
