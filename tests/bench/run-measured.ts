import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

const sampleMs = 50;
const saidMaximum = 2_000;

export interface MeasuredRun {
  /** Milliseconds of the whole process, its start included. */
  readonly ms: number;
  /** The most that was resident, in bytes, of the process with its threads. */
  readonly peakBytes: number;
  readonly stdout: string;
}

/**
 * Runs a Node program in a process of its own and watches its memory.
 * @throws when it ends with another code than 0, with the last of what it said
 */
export async function runMeasured(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<MeasuredRun> {
  const start = performance.now();
  const child = spawn(process.execPath, [program, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said = `${said}${part.toString('utf8')}`.slice(-saidMaximum);
  });
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, peakOf(child.pid));
  }, sampleMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  const stdout = Buffer.concat(parts).toString('utf8');
  if (code !== 0) {
    throw new Error(`${args[0] ?? program} ended with ${String(code)}: ${said}${stdout.slice(0, saidMaximum)}`);
  }
  return { ms: performance.now() - start, peakBytes, stdout };
}

function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024;
  } catch {
    // It has ended.
    return 0;
  }
}
