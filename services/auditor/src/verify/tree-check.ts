import { merkleLeafOf } from '@consilium/contracts';
import { emptyTree, equalHashes, growTree, leafHashOf, rootOfEdge, tileWidth } from '@consilium/transparency';
import type { Hash, Tile, TreeEdge } from '@consilium/transparency';
import type { ReportProblem } from '../history/history-source.ts';

export interface StoredTree {
  /** Its bytes as they are; undefined where there is none. */
  tile(place: { readonly level: number; readonly index: number }): Promise<Uint8Array | undefined>;
  countTiles(): Promise<number>;
  /** Leaves of the newest head in the journal: the stored tiles have just these. */
  readonly size: number;
}

/** Computes the Merkle tree anew from the events, and compares the stored tiles with it as they fill up. */
export class TreeCheck {
  readonly #stored: StoredTree | undefined;
  readonly #report: ReportProblem;
  #edge: TreeEdge = emptyTree;
  #waiting: Hash[] = [];

  constructor(stored: StoredTree | undefined, report: ReportProblem) {
    this.#stored = stored;
    this.#report = report;
  }

  /** Leaves so far. */
  get size(): number {
    return this.#edge.size + this.#waiting.length;
  }

  /** The event that comes next. */
  add(globalSeq: number, streamHash: Uint8Array): void {
    this.#waiting.push(leafHashOf(merkleLeafOf(globalSeq, streamHash)));
  }

  /** Root of all leaves so far. */
  async root(): Promise<Hash> {
    await this.grow();
    return rootOfEdge(this.#edge);
  }

  /** To be called after some hundred leaves, so that they do not pile up. */
  async grow(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const sizeBefore = this.#edge.size;
    const { edge, written } = growTree(this.#edge, this.#waiting);
    this.#edge = edge;
    this.#waiting = [];
    if (this.#stored === undefined || sizeBefore >= this.#stored.size) return;
    const stored = this.#stored;
    for (const tile of written) if (tile.hashes.length === tileWidth) await this.#compare(tile, stored);
    if (edge.size === stored.size) {
      for (const tile of lastTilesOf(edge)) await this.#compare(tile, stored);
    }
  }

  /** After the last event: no tile is there that the tree has not. */
  async finish(): Promise<void> {
    await this.grow();
    const stored = this.#stored;
    if (stored === undefined) return;
    const found = await stored.countTiles();
    const expected = tilesOf(stored.size);
    if (found !== expected) {
      this.#report({
        where: 'tree',
        code: 'TILE_COUNT',
        subject: 'tiles',
        message: `there are ${String(found)} tiles, a tree of ${String(stored.size)} events has ${String(expected)}`,
      });
    }
  }

  async #compare({ level, index, hashes }: Tile, stored: StoredTree): Promise<void> {
    const found = (await stored.tile({ level, index })) ?? new Uint8Array(0);
    const subject = `tile ${String(level)}/${String(index)}`;
    const report = (message: string): void => this.#report({ where: 'tree', code: 'TILE_DIFFERS', subject, message });
    const place = hashes.findIndex(
      (hash, at) => !equalHashes(hash, found.subarray(at * hash.length, (at + 1) * hash.length)),
    );
    const expected = hashes.reduce((sum, { length }) => sum + length, 0);
    if (place >= 0) {
      const first = (index * tileWidth + place) * tileWidth ** level + 1;
      report(
        level === 0
          ? `its hash of event ${String(first)} is not that of the event`
          : `its hash from event ${String(first)} on is not that of the events`,
      );
    } else if (found.length !== expected) {
      report(`it has ${String(found.length)} bytes instead of ${String(expected)}`);
    }
  }
}

/** The last tile of every level, where it is not full. */
const lastTilesOf = ({ size, partial }: TreeEdge): readonly Tile[] =>
  partial.flatMap((hashes, level) =>
    hashes.length === 0
      ? []
      : [{ level, index: Math.floor(Math.floor(size / tileWidth ** level) / tileWidth), hashes }],
  );

function tilesOf(size: number): number {
  let count = 0;
  for (let hashes = size; hashes > 0; hashes = Math.floor(hashes / tileWidth)) count += Math.ceil(hashes / tileWidth);
  return count;
}
