import type { Writable } from 'node:stream';
import { InvalidRatings } from '@consilium/consensus';
import { exitCodes } from '../command-failed.ts';
import type { RowProblem } from './read-columns.ts';

const mostNamed = 50;

/** What is wrong with the files of one call; of many problems the first ones are named and all are counted. */
export class RowProblems {
  readonly #named: RowProblem[] = [];
  #count = 0;

  readonly add = (problem: RowProblem): void => {
    this.#count += 1;
    if (this.#named.length < mostNamed) this.#named.push(problem);
  };

  get count(): number {
    return this.#count;
  }

  get named(): readonly RowProblem[] {
    return this.#named;
  }
}

interface Output {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Says what is wrong with the rows, as JSON and for people. @returns the exit code */
export function refuseRows(problems: RowProblems, { stdout, stderr }: Output): number {
  writeJson(stdout, { problemCount: problems.count, problems: problems.named });
  for (const { file, line, message } of problems.named) stderr.write(`${file}:${String(line)}: ${message}\n`);
  const rest = problems.count - problems.named.length;
  if (rest > 0) stderr.write(`and ${String(rest)} more.\n`);
  stderr.write('Nothing was computed. With --skip-bad-rows the other rows are.\n');
  return exitCodes.doesNotHold;
}

/** Computes and writes the answer, or says by its code why there is none. @returns the exit code */
export async function answer(compute: () => unknown, { stdout, stderr }: Output): Promise<number> {
  try {
    writeJson(stdout, await compute());
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof InvalidRatings)) throw error;
    writeJson(stdout, { problemCount: 1, problems: [{ code: error.problem, subject: error.subject }] });
    stderr.write(`${error.message}\n`);
    return exitCodes.doesNotHold;
  }
}

function writeJson(stdout: Writable, value: unknown): void {
  stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
