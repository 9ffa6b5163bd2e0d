/** A complete subtree: the 2^`height` leaves from `index` * 2^`height` on. */
export interface Subtree {
  /** 0 is a leaf. */
  readonly height: number;
  readonly index: number;
}

/** Half-open: leaves `from` to `to` - 1. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** Largest power of two below `size`, which is at least 2: where RFC 9162 splits a tree. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/**
 * The complete subtrees that a range consists of, from left to right, each smaller than the one before. The range must begin
 * where a subtree of its size would, as every range does that RFC 9162 splits off.
 */
export function completeSubtrees({ from, to }: LeafRange): readonly Subtree[] {
  const subtrees: Subtree[] = [];
  let start = from;
  while (start < to) {
    let [height, width] = [0, 1];
    while (width * 2 <= to - start) {
      width *= 2;
      height += 1;
    }
    subtrees.push({ height, index: start / width });
    start += width;
  }
  return subtrees;
}
