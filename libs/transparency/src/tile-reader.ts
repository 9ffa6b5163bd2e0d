import type { Subtree } from './complete-subtrees.ts';
import type { Hash } from './merkle-hashes.ts';
import { foldComplete, type Tile, tileHeight, type TileName, tileWidth } from './tile.ts';
import { BrokenTile } from './tree-errors.ts';

/** Gives the hashes of a tile, at least as many as the tree asked about has there. */
export type TileReader = (tile: TileName) => Promise<readonly Hash[]>;

/** The hash of a complete subtree, from the one tile that holds its row. @throws BrokenTile, and what `read` throws */
export async function subtreeHash({ height, index }: Subtree, read: TileReader): Promise<Hash> {
  const level = Math.floor(height / tileHeight);
  const width = 2 ** (height - level * tileHeight);
  const first = index * width;
  const tile = { level, index: Math.floor(first / tileWidth) };
  const offset = first % tileWidth;
  const hashes = (await read(tile)).slice(offset, offset + width);
  if (hashes.length < width) throw new BrokenTile(`tile ${String(level)}/${String(tile.index)} is too short`);
  return foldComplete(hashes);
}

/** Asks for each tile once: of every level, a proof takes up to eight hashes from the same one. */
export function remembering(read: TileReader): TileReader {
  const asked = new Map<string, Promise<readonly Hash[]>>();
  return async (tile) => {
    const known = asked.get(keyOf(tile)) ?? read(tile);
    asked.set(keyOf(tile), known);
    return known;
  };
}

/** Gives tiles that have grown and are not stored yet, and asks `read` for all others. */
export function readerOver(grown: readonly Tile[], read: TileReader): TileReader {
  const fresh = new Map(grown.map((tile) => [keyOf(tile), tile.hashes]));
  return async (tile) => fresh.get(keyOf(tile)) ?? read(tile);
}

const keyOf = ({ level, index }: TileName): string => `${String(level)}/${String(index)}`;
