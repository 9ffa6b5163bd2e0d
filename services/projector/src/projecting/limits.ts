/** Records applied in one transaction. */
export const recordsPerTransaction = 1_000;
/** Partitions handled at the same time: while one is read and decoded, others are being written. */
export const partitionsAtATime = 4;
/** Connections to Postgres: one a partition, one to ask which generation is active, one for metrics. */
export const connections = partitionsAtATime + 2;
/** How long after a switch the new generation is followed at the latest. */
export const generationPollMs = 1_000;
/** A gap that is still there when read again so often is no matter of order: something is lost. */
export const gapReadings = 3;
