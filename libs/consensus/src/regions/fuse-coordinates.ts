import { intersectionOverUnion, isValidBox } from '../box.ts';
import type { Box } from '../box.ts';
import { compareIds } from '../canonical-order.ts';
import { fuseBoxes } from '../fuse-values.ts';
import type { Said } from '../fuse-values.ts';
import { demandOfRatings } from '../ratings/rating.ts';

/**
 * How the boxes of one finding become one:
 *
 * - `weightedMedian` of each coordinate: two equal weights give the mean of the two, as do four of the middle two.
 * - `mean` of each coordinate, weighted.
 * - `nearestToMean`: the reader's own box that overlaps the mean box most; at equal overlap, of the reader first by id.
 * - `union`: the smallest box around all.
 */
export type CoordinateRule = 'weightedMedian' | 'mean' | 'nearestToMean' | 'union';

/**
 * @param boxes of one finding, one a reader; weights above 0. Their order means nothing.
 * @throws InvalidRatings NO_RATINGS, INVALID_VALUE for a box without area or a weight that is none, DUPLICATE_RATING.
 */
export function fuseCoordinates(boxes: readonly Said<Box>[], rule: CoordinateRule): Box {
  demandOfRatings(boxes.length > 0, 'NO_RATINGS');
  for (const { readerId, weight, value } of boxes) {
    demandOfRatings(isValidBox(value) && weight > 0 && weight < Infinity, 'INVALID_VALUE', readerId);
  }
  const ordered = boxes.toSorted((one, other) => compareIds(one.readerId, other.readerId));
  demandOfRatings(new Set(ordered.map(({ readerId }) => readerId)).size === boxes.length, 'DUPLICATE_RATING');
  switch (rule) {
    case 'weightedMedian':
      return fuseBoxes(ordered);
    case 'mean':
      return meanBox(ordered);
    case 'nearestToMean':
      return nearest(ordered, meanBox(ordered));
    case 'union':
      return {
        x1: Math.min(...ordered.map(({ value }) => value.x1)),
        y1: Math.min(...ordered.map(({ value }) => value.y1)),
        x2: Math.max(...ordered.map(({ value }) => value.x2)),
        y2: Math.max(...ordered.map(({ value }) => value.y2)),
      };
  }
}

function meanBox(boxes: readonly Said<Box>[]): Box {
  const total = boxes.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (coordinate: keyof Box): number =>
    boxes.reduce((sum, { weight, value }) => sum + weight * value[coordinate], 0) / total;
  return { x1: mean('x1'), y1: mean('y1'), x2: mean('x2'), y2: mean('y2') };
}

function nearest(boxes: readonly Said<Box>[], mean: Box): Box {
  let best = { box: mean, overlap: -1 };
  for (const { value: box } of boxes) {
    const overlap = intersectionOverUnion(box, mean);
    if (overlap > best.overlap) best = { box, overlap };
  }
  return best.box;
}
