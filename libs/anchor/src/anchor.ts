/** A signed head of the log as it is kept outside: its size, and the C2SP note. */
export interface AnchoredHead {
  /** Leaves: the number of the last event in it. */
  readonly size: number;
  readonly note: string;
}

/**
 * A place outside the database where checkpoints are kept, best one that lets nobody change or remove them. Whoever can
 * change the database must not be able to change the anchor: then history cannot be rewritten unseen before the newest
 * checkpoint in it.
 */
export interface Anchor {
  /** The largest; undefined while there is none. @throws AnchorUnavailable */
  newest(): Promise<AnchoredHead | undefined>;
  /** The same again changes nothing. @throws AnchorUnavailable; AnchorConflict where another head of this size is there */
  put(head: AnchoredHead): Promise<void>;
  /**
   * All of them, the smallest first, one at a time. What is there and is no head is named to `onStranger`.
   * @throws AnchorUnavailable
   */
  heads(onStranger: (name: string) => void): AsyncGenerator<AnchoredHead>;
}

/** The anchor cannot be reached, is full, or gives no access. It may pass by itself. */
export class AnchorUnavailable extends Error {
  override readonly name = 'AnchorUnavailable';
}

/** Two heads of one size: the log has split, or somebody has changed the anchor. */
export class AnchorConflict extends Error {
  override readonly name = 'AnchorConflict';

  constructor(size: number) {
    super(`the anchor has another checkpoint of size ${String(size)}`);
  }
}
