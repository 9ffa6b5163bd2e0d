/**
 * `node infra/stack/dist/stack-command.js [--test] [--data <folder>]`: starts the three servers, prints their URLs as
 * one line of JSON on standard output, and serves until Ctrl-C. Progress and reasons go to standard error.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startStack } from './start-stack.ts';
import { StackUnavailable } from './stack-unavailable.ts';

const { values } = parseArgs({ options: { test: { type: 'boolean', default: false }, data: { type: 'string' } } });
const interruption = new AbortController();
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interruption.abort();
      resolve();
    });
  }
});

try {
  const stack = await startStack({
    purpose: values.test ? 'test' : 'run',
    repositoryRoot: fileURLToPath(new URL('../../..', import.meta.url)),
    environment: process.env,
    ...(values.data === undefined ? {} : { dataDirectory: values.data }),
    onProgress: ({ message, fraction }) => {
      process.stderr.write(`${String(Math.round(fraction * 100)).padStart(3)} % ${message}\n`);
    },
    onServerLost: (failure) => {
      process.stderr.write(`${failure.message}\n`);
    },
    signal: interruption.signal,
  });
  for (const { server, how, why } of stack.chosen) process.stderr.write(`${server}: ${how}, ${why}\n`);
  process.stdout.write(`${JSON.stringify(stack.urls)}\n`);
  const keepAlive = setInterval(() => undefined, 60_000);
  await interrupted;
  clearInterval(keepAlive);
  await stack.stop();
} catch (error) {
  if (!(error instanceof StackUnavailable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.reason === 'interrupted' ? 130 : 1;
}
