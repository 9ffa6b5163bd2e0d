import { intersectionOverUnion } from '../box.ts';
import type { Box } from '../box.ts';

export interface MeanIou {
  readonly pairs: number;
  /** 0..1; null without a pair. */
  readonly mean: number | null;
}

/** The intersection over union of every pair of the boxes: n (n - 1) / 2 numbers, in order of the boxes. */
export function pairwiseIous(boxes: readonly Box[]): readonly number[] {
  return boxes.flatMap((one, index) => boxes.slice(index + 1).map((other) => intersectionOverUnion(one, other)));
}

/**
 * Mean over all pairs of boxes within a group (the marks of one finding), every pair counting alike. Summed in rising
 * order, so that the order of groups and boxes cannot change the last digit.
 */
export function meanPairwiseIou(groups: readonly (readonly Box[])[]): MeanIou {
  const ious = groups.flatMap(pairwiseIous).sort((one, other) => one - other);
  if (ious.length === 0) return { pairs: 0, mean: null };
  return { pairs: ious.length, mean: ious.reduce((sum, iou) => sum + iou, 0) / ious.length };
}
