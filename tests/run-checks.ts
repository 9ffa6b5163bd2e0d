/**
 * `npm test`: static checks two at a time, then unit, integration and whole-system tests, and one last line for all.
 *
 * Cheap first: a static check that fails ends the run before any server is started. Kinds of tests all run, whatever
 * the kind before them found.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from './runner/run-script.ts';
import { hasSucceeded, lastLine, oneFailed, onePassed, readTally, sum, tallyFileVariable } from './runner/tally.ts';
import type { Tally } from './runner/tally.ts';
import { startTestStack } from './runner/test-stack.ts';

const staticLimitMs = 10 * 60_000;
const testsLimitMs = 20 * 60_000;
const sideBySide = 2;
const staticScripts = ['build', 'lint', 'types', 'format:check', 'boundaries', 'unused'];
const testsOnServers = ['test:integration', 'test:system'];

const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => abort.abort());

const found = await runAll();
const tally = abort.signal.aborted ? sum([found, oneFailed]) : found;
process.stdout.write(`${lastLine(tally)}\n`);
process.exitCode = hasSucceeded(tally) ? 0 : 1;

async function runAll(): Promise<Tally> {
  const checked = await runStaticChecks();
  if (!hasSucceeded(checked) || abort.signal.aborted) return checked;
  return sum([checked, ...(await runTests())]);
}

async function runStaticChecks(): Promise<Tally> {
  const waiting = [...staticScripts];
  const tallies: Tally[] = [];
  const workThrough = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined && !abort.signal.aborted; name = waiting.shift()) {
      const { succeeded, durationMs, output } = await runScript(name, {
        print: 'capture',
        limitMs: staticLimitMs,
        signal: abort.signal,
      });
      process.stdout.write(`${succeeded ? 'ok    ' : 'FAILED'} ${name} (${seconds(durationMs)})\n`);
      if (!succeeded) process.stdout.write(`${output.trim()}\n\n`);
      tallies.push(succeeded ? onePassed : oneFailed);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, workThrough));
  return sum(tallies);
}

async function runTests(): Promise<readonly Tally[]> {
  const folder = mkdtempSync(join(tmpdir(), 'consilium-tally-'));
  try {
    const unit = await runJest('test:unit', folder, {});
    return abort.signal.aborted ? [unit] : [unit, ...(await runTestsOnServers(folder))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Integration and whole-system tests share one stack, and run one kind after the other. */
async function runTestsOnServers(folder: string): Promise<readonly Tally[]> {
  const tallies: Tally[] = [];
  const stack = await startTestStack(abort.signal).catch((error: unknown) => {
    process.stdout.write(`FAILED stack: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  });
  if (stack === undefined) return [oneFailed];
  try {
    for (const name of testsOnServers) {
      if (abort.signal.aborted) break;
      tallies.push(await runJest(name, folder, stack.environment));
    }
  } finally {
    await stack.stop();
  }
  return tallies;
}

async function runJest(name: string, folder: string, environment: Readonly<Record<string, string>>): Promise<Tally> {
  process.stdout.write(`\n${name}\n`);
  const file = join(folder, `${name.replace(':', '-')}.json`);
  const { succeeded, durationMs, output } = await runScript(name, {
    print: 'inherit',
    limitMs: testsLimitMs,
    environment: { ...environment, [tallyFileVariable]: file },
    signal: abort.signal,
  });
  const counted = readTally(file);
  const tally = succeeded ? (counted ?? oneFailed) : withFailure(counted);
  process.stdout.write(`${output}${name} (${seconds(durationMs)}): ${lastLine(tally)}\n`);
  return tally;
}

/** Jest can fail without a failed test: no test found, a crash, a set-up that could not start the servers. */
function withFailure(counted: Tally | undefined): Tally {
  if (counted === undefined) return oneFailed;
  return counted.failed > 0 ? counted : sum([counted, oneFailed]);
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
