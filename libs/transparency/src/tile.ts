import { type Hash, nodeHashOf } from './merkle-hashes.ts';

/**
 * A tile is a row of neighbouring hashes of one height of the tree (C2SP tlog-tiles): at level 0 leaf hashes, at level l those
 * of complete subtrees of 256^l leaves. Only the last of a level has fewer than 256.
 */
export interface TileName {
  readonly level: number;
  /** From 0 within the level. */
  readonly index: number;
}

export interface Tile extends TileName {
  /** 1 to 256 hashes. */
  readonly hashes: readonly Hash[];
}

export const tileWidth = 256;
/** Of the subtree that a full tile spans. */
export const tileHeight = 8;

/** How many leaves each hash of a level stands for. */
const leavesPerHash = (level: number): number => tileWidth ** level;

/** Hashes that a level has in a tree of `size` leaves. */
export const hashesAtLevel = (size: number, level: number): number => Math.floor(size / leavesPerHash(level));

/** The tiles of a tree that are not full, one a level at most: what it needs to grow. From level 0 up. */
export function partialTilesOf(size: number): readonly (TileName & { readonly width: number })[] {
  const partial: (TileName & { readonly width: number })[] = [];
  for (let level = 0; hashesAtLevel(size, level) > 0; level += 1) {
    const count = hashesAtLevel(size, level);
    const width = count % tileWidth;
    if (width > 0) partial.push({ level, index: Math.floor(count / tileWidth), width });
  }
  return partial;
}

/** Root of a complete subtree, given the hashes of one height in it: their number is a power of two. */
export function foldComplete(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    const above: Hash[] = [];
    for (let index = 0; index + 1 < row.length; index += 2) {
      const [left, right] = [row[index], row[index + 1]];
      if (left !== undefined && right !== undefined) above.push(nodeHashOf(left, right));
    }
    row = above;
  }
  const [root] = row;
  if (root === undefined) throw new RangeError('a subtree has at least one hash');
  return root;
}
