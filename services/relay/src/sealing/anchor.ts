import type { StoredCheckpoint } from '@consilium/event-store';

/**
 * A place outside the database where checkpoints are kept, best one that lets nobody change or remove them. Whoever can
 * change the database must not be able to change the anchor: then history cannot be rewritten unseen before the newest
 * checkpoint in it.
 */
export interface Anchor {
  /** The largest; undefined while there is none. @throws AnchorUnavailable */
  newest(): Promise<StoredCheckpoint | undefined>;
  /** The same again changes nothing. @throws AnchorUnavailable; AnchorConflict where another head of this size is there */
  put(checkpoint: StoredCheckpoint): Promise<void>;
}

/** The anchor cannot be reached, is full, or gives no access. It may pass by itself. */
export class AnchorUnavailable extends Error {
  override readonly name = 'AnchorUnavailable';
}

/** Two heads of one size: the log has split, or somebody has changed the anchor. */
export class AnchorConflict extends Error {
  override readonly name = 'AnchorConflict';
}
