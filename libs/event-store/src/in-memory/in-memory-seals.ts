import type { Sealing, SealStore, StoredCheckpoint, TilePlace } from '../seal-store.ts';
import { EpochFenced, SealRefused } from '../store-errors.ts';

export interface InMemorySealsOptions {
  readonly epoch: () => number;
  readonly lastGlobalSeq: () => number;
}

/** Tiles and checkpoints of the in-memory event store. */
export class InMemorySeals implements SealStore {
  readonly #options: InMemorySealsOptions;
  readonly #tiles = new Map<string, readonly Uint8Array[]>();
  readonly #checkpoints: StoredCheckpoint[] = [];

  constructor(options: InMemorySealsOptions) {
    this.#options = options;
  }

  async lastCheckpoint(): Promise<StoredCheckpoint | undefined> {
    return this.#checkpoints.at(-1);
  }

  async checkpointsAfter(size: number, limit: number): Promise<readonly StoredCheckpoint[]> {
    return this.#checkpoints.filter((checkpoint) => checkpoint.size > size).slice(0, limit);
  }

  async readTile(place: TilePlace): Promise<readonly Uint8Array[]> {
    return this.#tiles.get(keyOf(place)) ?? [];
  }

  async seal(epoch: number, { sizeBefore, checkpoint, tiles }: Sealing): Promise<void> {
    const { epoch: currentEpoch, lastGlobalSeq } = this.#options;
    if (epoch !== currentEpoch()) throw new EpochFenced(epoch);
    const { size } = checkpoint;
    if (sizeBefore !== (this.#checkpoints.at(-1)?.size ?? 0) || size <= sizeBefore || size > lastGlobalSeq()) {
      throw new SealRefused(`a head of ${String(size)} does not come next`);
    }
    for (const { hashes, ...place } of tiles) {
      const before = this.#tiles.get(keyOf(place)) ?? [];
      const keeps = before.every((hash, index) => Buffer.from(hash).equals(hashes[index] ?? Buffer.alloc(0)));
      if (!keeps || hashes.length < 1 || hashes.length > 256 || hashes.some(({ length }) => length !== 32)) {
        throw new SealRefused(`tile ${keyOf(place)} has other hashes`);
      }
    }
    for (const { hashes, ...place } of tiles) this.#tiles.set(keyOf(place), hashes);
    this.#checkpoints.push(checkpoint);
  }
}

const keyOf = ({ level, index }: TilePlace): string => `${level}/${index}`;
