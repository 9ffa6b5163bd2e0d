/** `npm start`: everything on this machine, until Ctrl-C. Exit codes: 0 in order, 1 with a sentence why not, 130 interrupted. */
import { fileURLToPath } from 'node:url';
import { DemonstrationFailed } from '@consilium/demo';
import { StackUnavailable } from '@consilium/stack';
import { closingWords } from './closing-words.ts';
import { showDemonstration } from './show-demonstration.ts';
import { showGroundedDemonstration } from './show-grounded-demonstration.ts';
import { Consilium } from './start-consilium.ts';
import { StartFailed } from './start-failed.ts';
import { readStartOptions, usage } from './start-options.ts';
import type { StartOptions } from './start-options.ts';
import { Terminal } from './terminal.ts';

class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const nodeMajorNeeded = 24;
const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));
const terminal = new Terminal(process.stdout);
const ending = new AbortController();

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const options = readStartOptions(process.argv.slice(2));
    if (options === 'help') {
      terminal.line(usage);
      return 0;
    }
    if (Number(process.versions.node.split('.')[0]) < nodeMajorNeeded) {
      throw new StartFailed(
        `This is Node ${process.versions.node}: use npm start, which brings Node ${nodeMajorNeeded}.`,
      );
    }
    return await serve(options);
  } catch (error) {
    return explain(error);
  }
}

async function serve(options: StartOptions): Promise<number> {
  const consilium = new Consilium({
    ...options,
    repositoryRoot,
    environment: process.env,
    terminal,
    signal: ending.signal,
    onLost: (failure) => ending.abort(failure),
  });
  listenForSignals(consilium);
  let exitCode = 0;
  let isServing = false;
  try {
    const serving = await consilium.start();
    if (options.demonstration !== 'none') {
      const limit = options.demonstration === 'all' ? undefined : options.demonstration.firstCases;
      const { CONSILIUM_TOPIC_PREFIX: topicPrefix } = process.env;
      const asExpected = await showDemonstration({ serving, limit, topicPrefix, terminal, signal: ending.signal });
      if (!asExpected) exitCode = 1;
      await showGroundedDemonstration({
        serving,
        repositoryRoot,
        environment: process.env,
        terminal,
        signal: ending.signal,
      });
    }
    for (const line of closingWords(serving, process.cwd())) terminal.line(line);
    isServing = true;
    await new Promise<void>((resolve) => ending.signal.addEventListener('abort', () => resolve()));
    ending.signal.throwIfAborted();
  } catch (error) {
    // What was lost or interrupted shows as many kinds of failure; its reason is the one to tell.
    const reason: unknown = ending.signal.aborted ? ending.signal.reason : error;
    if (!(isServing && reason instanceof Interrupted)) exitCode = explain(reason);
  } finally {
    terminal.line('Stopping ...');
    await consilium.stop();
  }
  terminal.line('Everything is stopped.');
  return exitCode;
}

function listenForSignals(consilium: Consilium): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (ending.signal.aborted && signal === 'SIGINT') {
        consilium.kill();
        process.exit(130);
      }
      ending.abort(new Interrupted());
    });
  }
}

function explain(error: unknown): number {
  if (error instanceof Interrupted) return 130;
  if (error instanceof StackUnavailable && error.reason === 'interrupted') return 130;
  process.stderr.write(`\n${sentenceOf(error)}\n`);
  return 1;
}

/** Ours are one sentence already. Of anything else the stack is shown: it is a fault of this program. */
function sentenceOf(error: unknown): string {
  if (error instanceof StartFailed || error instanceof StackUnavailable) return error.message;
  if (error instanceof DemonstrationFailed) {
    return `The demonstration stopped: ${error.message}. Run npm start again to go on, or npm start -- --no-demo without it.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
