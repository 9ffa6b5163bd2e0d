/** Real processes: small programs that stand in for a service. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ServiceProcess } from './service-process.ts';

const health = `
  import { createServer } from 'node:http';
  const server = createServer((request, response) => response.end('{}'));
  server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ msg: 'listening', port: server.address().port })));
`;
let folder: string;
let service: ServiceProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-service-'));
});
afterEach(async () => {
  service?.kill();
  await pause(0);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

const told: string[] = [];
function make(program: string): ServiceProcess {
  const script = join(folder, 'service.mjs');
  writeFileSync(script, program);
  told.length = 0;
  service = new ServiceProcess({ name: 'stand-in', script, environment: { STAND_IN: 'yes' } }, folder, {
    onRestart: (name, how, pauseMs) => told.push(`${name} ${how} again in ${pauseMs}`),
    onGivenUp: (name, how) => told.push(`${name} ${how} given up`),
  });
  return service;
}

const never = new AbortController().signal;

function isRunning(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let poll = 0; poll < 400 && !isSo(); poll += 1) await pause(25);
  expect(isSo()).toBe(true);
}

describe('a service', () => {
  it('is started with its environment and found by the port that it says', async () => {
    const started = make(`console.log(process.env.STAND_IN);${health}`);
    const port = await started.start(never);
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).ok).toBe(true);
    expect(readFileSync(started.logFile, 'utf8')).toMatch(/^yes\n/);
    await started.stop();
    expect(isRunning(started.pid)).toBe(false);
    expect(told).toEqual([]);
  });

  it('that ends before it is ready again and again fails the start with the last fault it told', async () => {
    const started = make(
      `console.log('{"level":"fatal","msg":"cannot go on","error":{"message":"DATABASE_URL is wrong"}}');
       console.log('{"level":"info","msg":"stopped"}');
       process.exit(3);`,
    );
    await expect(started.start(never)).rejects.toThrow(
      `The service stand-in ended before it was ready (cannot go on: DATABASE_URL is wrong): see ${started.logFile}.`,
    );
    expect(told).toEqual([]);
  });

  it('that ends before it is ready is tried again', async () => {
    const once = join(folder, 'once');
    const started = make(
      `import { existsSync, writeFileSync } from 'node:fs';
       if (!existsSync('${once}')) { writeFileSync('${once}', ''); process.exit(1); }${health}`,
    );
    expect(await started.start(never)).toBeGreaterThan(0);
    await started.stop();
    expect(told).toEqual([]);
  });

  it('that ends later is started again, after longer and longer pauses, and given up at last', async () => {
    // Ready at first, gone for good from the second run on.
    const once = join(folder, 'once');
    const started = make(
      `import { existsSync, writeFileSync } from 'node:fs';
       if (existsSync('${once}')) process.exit(7);
       writeFileSync('${once}', '');${health}`,
    );
    await started.start(never);
    process.kill(started.pid ?? 0, 'SIGKILL');
    await until(() => told.length === 2);
    expect(told).toEqual(['stand-in SIGKILL again in 500', 'stand-in exit code 7 again in 1000']);
    await started.stop();
    await pause(1_200);
    expect(told).toHaveLength(2);
    expect(isRunning(started.pid)).toBe(false);
  });

  it('that would not end when asked to can be killed', async () => {
    const started = make(`process.on('SIGTERM', () => undefined);${health}`);
    await started.start(never);
    started.kill();
    await until(() => !isRunning(started.pid));
    expect(told).toEqual([]);
  });

  it('is not waited for once the start is given up', async () => {
    const abort = new AbortController();
    const starting = make('setInterval(() => undefined, 1000);').start(abort.signal);
    abort.abort(new Error('given up'));
    await expect(starting).rejects.toThrow('given up');
  });
});
