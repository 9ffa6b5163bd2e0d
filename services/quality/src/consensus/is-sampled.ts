import { createHash } from 'node:crypto';

/**
 * Whether a case is one of those that are adjudicated though its reads agree. By the id of the event that completed them: the same
 * for every worker and every replay, and known to nobody while they read.
 *
 * @param share 0 (none) to 1 (all)
 */
export const isSampled = (eventId: string, share: number): boolean =>
  createHash('sha256').update(`consilium/sample/v1\0${eventId}`).digest().readUInt32BE(0) / 2 ** 32 < share;
