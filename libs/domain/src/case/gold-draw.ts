import type { Protocol } from '../project/protocol.ts';

/**
 * Whether a claim is for a gold case, if there is one for its annotator. By a number that they can neither know nor change: it stays
 * the same until they have claimed a case, so asking again draws nothing anew.
 *
 * @param drawn 32 bits of a keyed hash of the annotator and of how many cases they have claimed: 0 to 2^32 - 1
 */
export const drawsGold = (drawn: number, { goldShare }: Pick<Protocol, 'goldShare'>): boolean =>
  drawn / 2 ** 32 < goldShare;
