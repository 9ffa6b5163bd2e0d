/** Records applied in one transaction. */
export const recordsPerTransaction = 1_000;
/** Partitions handled at the same time: as many as may share a transaction. */
export const partitionsAtATime = 48;
/**
 * Connections to Postgres: for the transactions under way, to ask which generation is active, for metrics, and two more while
 * a generation of a newer shape is built.
 */
export const connections = 6;
/** How long after a switch the new generation is followed at the latest. */
export const generationPollMs = 1_000;
/** A gap that is still there when read again so often is no matter of order: something is lost. */
export const gapReadings = 3;
