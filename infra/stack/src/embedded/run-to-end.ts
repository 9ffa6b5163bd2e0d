import { spawn } from 'node:child_process';

const outputLimit = 256 * 1024;

export interface RunOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The program is killed after this time. */
  readonly timeoutMs: number;
  readonly workingDirectory?: string;
  readonly account?: { readonly uid: number; readonly gid: number } | undefined;
  readonly input?: string;
  /** Called with each whole line of standard output and standard error. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
  /** Called with the process id as soon as there is one. */
  readonly onSpawn?: (pid: number) => void;
}

export interface RunResult {
  /** Undefined when the program could not be started, was killed, or ran out of time. */
  readonly code: number | undefined;
  /** The last 256 KiB of standard output and standard error together, for quoting. */
  readonly output: string;
  /** The last 256 KiB of standard output alone, for parsing. */
  readonly stdout: string;
}

/** Runs a program and waits for its end. Never rejects: a program that cannot be run has no exit code. */
export function runToEnd(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  return new Promise((resolve) => {
    let output = '';
    let stdout = '';
    let partial = '';
    const child = spawn(command, args, {
      cwd: options.workingDirectory,
      env: options.environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...options.account,
    });
    if (child.pid !== undefined) options.onSpawn?.(child.pid);
    const take = (chunk: Buffer): void => {
      const text = chunk.toString('utf8');
      output = (output + text).slice(-outputLimit);
      const lines = (partial + text).split('\n');
      partial = lines.pop() ?? '';
      for (const line of lines) options.onLine?.(line);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      stdout = (stdout + chunk.toString('utf8')).slice(-outputLimit);
      take(chunk);
    });
    child.stderr.on('data', take);
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => {
      resolve({ code: undefined, output: `${output}${error.message}`, stdout });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? undefined, output, stdout });
    });
  });
}
