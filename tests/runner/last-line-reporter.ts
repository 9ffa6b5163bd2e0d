import { writeFileSync } from 'node:fs';
import { emptyTally, hasSucceeded, lastLine, tallyFileVariable } from './tally.ts';
import type { Tally } from './tally.ts';

/** What this reporter reads of Jest's result of a whole run. */
type RunResults = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Suites that failed outside their tests: did not compile, threw on import, or in afterAll. */
  readonly numRuntimeErrorTestSuites: number;
};

/**
 * Ends a Jest run with one plain line on stdout, or hands the counts to the runner that adds several runs up.
 * Jest loads reporters by their default export.
 */
export default class LastLineReporter {
  #tally: Tally = emptyTally;

  onRunComplete(_contexts: unknown, results: RunResults): void {
    this.#tally = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    const file = process.env[tallyFileVariable];
    if (file === undefined) process.stdout.write(`${lastLine(this.#tally)}\n`);
    else writeFileSync(file, JSON.stringify(this.#tally));
  }

  /** Jest asks at the end; an error here makes it exit with 1, also where every test was left out. */
  getLastError(): Error | undefined {
    return hasSucceeded(this.#tally) ? undefined : new Error(lastLine(this.#tally));
  }
}
