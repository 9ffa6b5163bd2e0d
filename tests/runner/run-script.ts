import { spawn } from 'node:child_process';

export type ScriptResult = {
  readonly succeeded: boolean;
  readonly durationMs: number;
  /** What the script printed, stdout and stderr in order; empty when it printed to the terminal itself. */
  readonly output: string;
};

export type ScriptOptions = {
  /** `inherit` shows long steps as they go; `capture` keeps steps that run side by side apart. */
  readonly print: 'inherit' | 'capture';
  /** Past this the script and everything it started are killed, and it has failed. */
  readonly limitMs: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

/** Runs one script of package.json to its end. Never rejects: a script that cannot start has failed. */
export async function runScript(name: string, options: ScriptOptions): Promise<ScriptResult> {
  const startedMs = performance.now();
  const chunks: Buffer[] = [];
  // A process group of its own, so that what the script started can be stopped with it.
  const child = spawn('npm', ['run', '--silent', name], {
    stdio: options.print === 'inherit' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.environment },
    detached: true,
  });
  const stop = (): void => {
    killGroup(child.pid);
  };
  const timer = setTimeout(() => {
    chunks.push(Buffer.from(`\n${name} ran longer than ${options.limitMs / 60_000} min and was stopped.\n`));
    stop();
  }, options.limitMs);
  options.signal.addEventListener('abort', stop);
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const succeeded = await new Promise<boolean>((resolve) => {
    child.on('close', (code) => resolve(code === 0));
    child.on('error', (error) => {
      chunks.push(Buffer.from(`${name} could not be started: ${error.message}\n`));
      resolve(false);
    });
  });
  clearTimeout(timer);
  options.signal.removeEventListener('abort', stop);
  return { succeeded, durationMs: performance.now() - startedMs, output: Buffer.concat(chunks).toString('utf8') };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
