export interface BackOffOptions {
  /** Of the first attempt. @default 100 @minimum 1 */
  readonly firstMs?: number;
  /** @default 5000 */
  readonly longestMs?: number;
}

/**
 * How long to wait before the next try: doubles with every attempt up to the longest, and a random half of it is left
 * out, so that processes that failed together do not come back together.
 *
 * @param attempt how many tries have failed, from 1
 * @param random gives a number from 0 to below 1, as Math.random
 * @returns whole milliseconds from half of the full wait to all of it
 */
export function backOff(attempt: number, random: () => number, options: BackOffOptions = {}): number {
  const { firstMs = 100, longestMs = 5_000 } = options;
  const doublings = Math.min(Math.max(attempt, 1) - 1, 30);
  const fullMs = Math.min(firstMs * 2 ** doublings, longestMs);
  return Math.round(fullMs / 2 + (random() * fullMs) / 2);
}
