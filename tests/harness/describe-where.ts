import { describe } from '@jest/globals';

/**
 * A suite for machines that have what it needs. Elsewhere it counts as skipped, and the run prints why.
 *
 * @param able Whether this machine has it.
 * @param reason A sentence: what is not tried, and what to install.
 */
export function describeWhere(able: boolean, reason: string): (name: string, suite: () => void) => void {
  if (able) return describe;
  process.stderr.write(`${reason}\n`);
  return describe.skip;
}
