export const limits = {
  /** Another relay takes over this long after the active one fell silent. */
  leaseMs: 2_000,
  renewEveryMs: 500,
  /** By its own clock the holder stops this much before Postgres gives the lease away. */
  leaseMarginMs: 300,
  standbyPollMs: 250,
  idlePollMs: 10,
  eventsPerBatch: 1_000,
  bytesPerBatch: 8 * 1024 * 1024,
} as const;
