import { type Hash, nodeHashOf, emptyRoot } from './merkle-hashes.ts';
import { foldComplete, hashesAtLevel, partialTilesOf, type Tile, tileWidth } from './tile.ts';
import type { TileReader } from './tile-reader.ts';
import { BrokenTile } from './tree-errors.ts';

/** The right edge of a tree: all that is needed to grow it. At most 255 hashes a level. */
export interface TreeEdge {
  /** Leaves. */
  readonly size: number;
  /** By level from 0 up: the hashes of its last tile, none where that is full. */
  readonly partial: readonly (readonly Hash[])[];
}

export interface GrownTree {
  readonly edge: TreeEdge;
  /** Every tile that is new or has more hashes than before, as it is now. */
  readonly written: readonly Tile[];
}

export const emptyTree: TreeEdge = { size: 0, partial: [] };

/** The edge of a stored tree. @throws BrokenTile, and what `read` throws */
export async function edgeOf(size: number, read: TileReader): Promise<TreeEdge> {
  const partial: (readonly Hash[])[] = [];
  for (const { level, index, width } of partialTilesOf(size)) {
    const hashes = (await read({ level, index })).slice(0, width);
    if (hashes.length < width) throw new BrokenTile(`tile ${String(level)}/${String(index)} is too short`);
    partial[level] = hashes;
  }
  return { size, partial: Array.from(partial, (hashes: readonly Hash[] | undefined) => hashes ?? []) };
}

/** Appends leaves. Nothing of what is given changes. */
export function growTree(edge: TreeEdge, leafHashes: readonly Hash[]): GrownTree {
  const written: Tile[] = [];
  const partial: (readonly Hash[])[] = [];
  let added = leafHashes;
  for (let level = 0; level < edge.partial.length || added.length > 0; level += 1) {
    const before = edge.partial[level] ?? [];
    const row = [...before, ...added];
    const firstIndex = Math.floor(hashesAtLevel(edge.size, level) / tileWidth);
    const full: Hash[] = [];
    for (let start = 0; start < row.length && row.length > before.length; start += tileWidth) {
      const hashes = row.slice(start, start + tileWidth);
      written.push({ level, index: firstIndex + start / tileWidth, hashes });
      if (hashes.length === tileWidth) full.push(foldComplete(hashes));
    }
    partial.push(row.slice(full.length * tileWidth));
    added = full;
  }
  return { edge: { size: edge.size + leafHashes.length, partial }, written };
}

/** Root of the tree that has this edge. */
export function rootOfEdge({ partial }: TreeEdge): Hash {
  let root: Hash | undefined;
  // Hashes further down stand for fewer leaves and are further to the right.
  for (const hashes of partial) {
    for (const hash of completeRoots(hashes)) root = root === undefined ? hash : nodeHashOf(hash, root);
  }
  return root ?? emptyRoot();
}

/** Roots of the complete subtrees over a row of hashes, from the right: the smallest first. */
function completeRoots(hashes: readonly Hash[]): readonly Hash[] {
  const roots: Hash[] = [];
  let end = hashes.length;
  for (let width = 1; end > 0; width *= 2) {
    if (Math.floor(hashes.length / width) % 2 === 0) continue;
    roots.push(foldComplete(hashes.slice(end - width, end)));
    end -= width;
  }
  return roots;
}
