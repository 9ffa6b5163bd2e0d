/**
 * An axis-parallel rectangle in pixels of one image matrix: x grows to the right, y downwards.
 *
 * Coordinates are continuous, so a width is `x2 - x1` and a height `y2 - y1` (not the "+ 1" of conventions that count
 * inclusive pixels). A box is valid when all four are finite, `x1 < x2` and `y1 < y2`.
 */
export interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export function isValidBox({ x1, y1, x2, y2 }: Box): boolean {
  return [x1, y1, x2, y2].every((coordinate) => Number.isFinite(coordinate)) && x1 < x2 && y1 < y2;
}

/** Square pixels; of a valid box, greater than 0. */
export function boxArea({ x1, y1, x2, y2 }: Box): number {
  return (x2 - x1) * (y2 - y1);
}

/**
 * Area of the overlap divided by the area of the union, 0..1 (the Jaccard index of the two rectangles). Boxes that only
 * touch have 0, and so does anything beside a box without area.
 */
export function intersectionOverUnion(one: Box, other: Box): number {
  const width = Math.min(one.x2, other.x2) - Math.max(one.x1, other.x1);
  const height = Math.min(one.y2, other.y2) - Math.max(one.y1, other.y1);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  return intersection / (boxArea(one) + boxArea(other) - intersection);
}
