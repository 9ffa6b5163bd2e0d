import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { parentWatch } from './parent-watch.ts';

describe('parentWatch', () => {
  it('calls back once when standard input ends', async () => {
    const stdin = new PassThrough();
    let calls = 0;
    const called = new Promise<void>((resolve) => {
      parentWatch({
        stdin,
        onParentGone: () => {
          calls += 1;
          resolve();
        },
      });
    });
    stdin.write('ignored');
    stdin.end();
    await called;
    stdin.destroy();
    expect(calls).toBe(1);
  });

  it('ends a process whose parent was killed without a word', async () => {
    // The parent kills itself after starting a child that holds the other end of our pipe until it ends.
    const watch = JSON.stringify(new URL('parent-watch.ts', import.meta.url).href);
    const child = `
      import { parentWatch } from ${watch};
      setInterval(() => undefined, 1_000);
      parentWatch({ onParentGone: () => process.exit(0) });
      process.stdout.write('watching');`;
    const parent = `
      import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(child)}], {
        stdio: ['pipe', 'pipe', 'ignore', 1],
      });
      child.stdout.once('data', () => process.kill(process.pid, 'SIGKILL'));`;
    const started = spawn(process.execPath, ['--input-type=module', '-e', parent], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [signal] = await Promise.all([
      new Promise((resolve) => started.once('exit', (_code, name) => resolve(name))),
      // Ends only when nobody holds the pipe any more.
      new Promise((resolve) => started.stdout.resume().once('end', resolve)),
    ]);
    expect(signal).toBe('SIGKILL');
  });
});
