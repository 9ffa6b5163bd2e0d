import { createHash } from 'node:crypto';
import { emptyTree, growTree, type TreeEdge } from './grow-tree.ts';
import { type Hash, leafHashOf } from './merkle-hashes.ts';
import type { TileReader } from './tile-reader.ts';

/** Distinct leaves of the length that the log's have. */
export const leafOf = (index: number): Uint8Array =>
  Buffer.concat([Buffer.from(String(index).padStart(8, '0')), createHash('sha256').update(String(index)).digest()]);

/** The definition of RFC 9162 section 2.1.1, word for word and slow: what everything else is compared with. */
export function definedRoot(leaves: readonly Uint8Array[]): Hash {
  const sha256 = (...parts: readonly Uint8Array[]): Hash => createHash('sha256').update(Buffer.concat(parts)).digest();
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), only);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.of(1), definedRoot(leaves.slice(0, split)), definedRoot(leaves.slice(split)));
}

/** A tree kept in memory as the journal keeps it in a table: only tiles. */
export class SampleTree {
  readonly tiles = new Map<string, readonly Hash[]>();
  edge: TreeEdge = emptyTree;

  /** Appends leaves until the tree has this many. */
  growTo(size: number): this {
    const { edge, written } = growTree(
      this.edge,
      Array.from({ length: size - this.edge.size }, (_, index) => leafHashOf(leafOf(this.edge.size + index))),
    );
    this.edge = edge;
    for (const { level, index, hashes } of written) this.tiles.set(`${String(level)}/${String(index)}`, hashes);
    return this;
  }

  readonly read: TileReader = async ({ level, index }) =>
    Promise.resolve(this.tiles.get(`${String(level)}/${String(index)}`) ?? []);
}
