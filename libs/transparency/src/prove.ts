import { completeSubtrees, type LeafRange, splitOf } from './complete-subtrees.ts';
import { emptyRoot, type Hash, nodeHashOf } from './merkle-hashes.ts';
import { remembering, subtreeHash, type TileReader } from './tile-reader.ts';
import { OutsideTree } from './tree-errors.ts';

/** Root of the first `size` leaves (RFC 9162 section 2.1.1). @throws OutsideTree, BrokenTile */
export async function rootOf(size: number, read: TileReader): Promise<Hash> {
  demandCount(size, 0, Number.MAX_SAFE_INTEGER);
  return size === 0 ? emptyRoot() : rangeHash({ from: 0, to: size }, remembering(read));
}

/**
 * PATH of RFC 9162 section 2.1.3.1: that leaf `index` (from 0) is in the tree of `size` leaves. At most 53 hashes, the
 * lowest first. @throws OutsideTree, BrokenTile
 */
export async function inclusionProof(index: number, size: number, read: TileReader): Promise<readonly Hash[]> {
  demandCount(size, 1, Number.MAX_SAFE_INTEGER);
  demandCount(index, 0, size - 1);
  return hashesOf(inclusionRanges(index, size), read);
}

/**
 * PROOF of RFC 9162 section 2.1.4.1: that the tree of `size` leaves continues that of `oldSize`. Empty for equal sizes.
 * @throws OutsideTree, also for an old size of 0, with which everything is consistent; BrokenTile
 */
export async function consistencyProof(oldSize: number, size: number, read: TileReader): Promise<readonly Hash[]> {
  demandCount(size, 1, Number.MAX_SAFE_INTEGER);
  demandCount(oldSize, 1, size);
  return hashesOf(consistencyRanges(oldSize, size), read);
}

function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  const ranges: LeafRange[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  return ranges.reverse();
}

function consistencyRanges(oldSize: number, size: number): readonly LeafRange[] {
  const ranges: LeafRange[] = [];
  let [from, to] = [0, size];
  while (oldSize !== to) {
    const middle = from + splitOf(to - from);
    if (oldSize <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  // Where the old tree is itself a part of the new one, whoever checks has its root already.
  if (from > 0) ranges.push({ from, to });
  return ranges.reverse();
}

async function hashesOf(ranges: readonly LeafRange[], read: TileReader): Promise<readonly Hash[]> {
  const readOnce = remembering(read);
  return Promise.all(ranges.map(async (range) => rangeHash(range, readOnce)));
}

async function rangeHash(range: LeafRange, read: TileReader): Promise<Hash> {
  const hashes = await Promise.all(completeSubtrees(range).map(async (subtree) => subtreeHash(subtree, read)));
  return hashes.reduceRight((right, left) => nodeHashOf(left, right));
}

function demandCount(value: number, least: number, most: number): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new OutsideTree(`${String(value)} is not between ${String(least)} and ${String(most)}`);
  }
}
