import { spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  /** Past this it is killed, and has failed. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface ProgramResult {
  readonly succeeded: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

const outputMaximum = 1024 * 1024;

/** Runs one of our own programs to its end, under the Node that runs this. */
export function runProgram({
  args,
  environment,
  stdin = '',
  timeoutMs,
  signal,
}: ProgramOptions): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    // Its own group: Ctrl-C reaches this process, which then decides what ends when.
    const child = spawn(process.execPath, args, { env: environment, detached: true, stdio: 'pipe' });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        output[name] = (output[name] + chunk).slice(-outputMaximum);
      });
    }
    const kill = (): void => void child.kill('SIGKILL');
    const timer = setTimeout(kill, timeoutMs);
    signal.addEventListener('abort', kill, { once: true });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
      resolve({ succeeded: code === 0, ...output });
    });
    // It may end without reading what it is given.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}
