import { readFileSync } from 'node:fs';

/** How many checks passed, failed and were left out. A static check counts as one, a Jest test as one. */
export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

export const emptyTally: Tally = { passed: 0, failed: 0, skipped: 0 };
export const onePassed: Tally = { ...emptyTally, passed: 1 };
export const oneFailed: Tally = { ...emptyTally, failed: 1 };

/** Names the file into which the reporter writes its tally instead of printing it, when a runner adds several up. */
export const tallyFileVariable = 'CONSILIUM_TALLY_FILE';

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    emptyTally,
  );
}

/** The one plain line that ends a run: `12 passed, 0 failed`, and `, 3 skipped` only where there are any. */
export function lastLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A run in which nothing passed proved nothing, so it has not succeeded. */
export function hasSucceeded({ passed, failed }: Tally): boolean {
  return failed === 0 && passed > 0;
}

/** @returns undefined when the file is missing or broken: Jest died before it could count. */
export function readTally(file: string): Tally | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isTally(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isTally(value: unknown): value is Tally {
  if (typeof value !== 'object' || value === null) return false;
  const counts = new Map<string, unknown>(Object.entries(value));
  return ['passed', 'failed', 'skipped'].every((name) => Number.isSafeInteger(counts.get(name)));
}
