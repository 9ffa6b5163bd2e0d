import type { SealLimits } from '../sealing/sealer.ts';

/** DESIGN: a checkpoint for each 1,000 events, or 60 s. */
export const sealLimits: SealLimits = { events: 1_000, everyMs: 60_000, anchorPauseMs: 10_000 };

export const limits = {
  /** Another relay takes over this long after the active one fell silent. */
  leaseMs: 2_000,
  renewEveryMs: 500,
  /** By its own clock the holder stops this much before Postgres gives the lease away. */
  leaseMarginMs: 300,
  standbyPollMs: 250,
  idlePollMs: 10,
  /**
   * From the beginning of one batch to the beginning of the next, at least, unless a batch was full. A batch costs each of
   * Postgres, Kafka, the projector and quality about the same whether it has one event or fifty.
   */
  turnMs: 60,
  eventsPerBatch: 1_000,
  bytesPerBatch: 8 * 1024 * 1024,
} as const;
