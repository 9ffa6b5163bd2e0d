/** Where a tile stands in the Merkle tree (C2SP tlog-tiles). */
export interface TilePlace {
  /** From 0, the leaf hashes. */
  readonly level: number;
  /** From 0 within the level. */
  readonly index: number;
}

export interface StoredTile extends TilePlace {
  /** 1 to 256, of 32 bytes each. */
  readonly hashes: readonly Uint8Array[];
}

export interface StoredCheckpoint {
  /** Leaves: the number of the last event in it. */
  readonly size: number;
  /** A C2SP signed note. */
  readonly note: string;
}

/** The Merkle tree over the log, and its signed heads. The tree has exactly the leaves of the newest one. */
export interface SealStore {
  /** Undefined before the first. */
  lastCheckpoint(): Promise<StoredCheckpoint | undefined>;
  /** The heads after `size`, the smallest first, at most `limit` (1 to 1,000). */
  checkpointsAfter(size: number, limit: number): Promise<readonly StoredCheckpoint[]>;
  /** Empty where there is no such tile. */
  readTile(place: TilePlace): Promise<readonly Uint8Array[]>;
  /**
   * Stores a head with all tiles that have grown since that of `sizeBefore` (0 before the first): both or neither.
   * @throws EpochFenced, SealRefused, StoreUnavailable
   */
  seal(epoch: number, sealing: Sealing): Promise<void>;
}

export interface Sealing {
  readonly sizeBefore: number;
  readonly checkpoint: StoredCheckpoint;
  readonly tiles: readonly StoredTile[];
}
