import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type ServiceName = 'api' | 'relay' | 'projector' | 'quality';

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));
const readyLimitMs = 60_000;
const stopLimitMs = 30_000;

/** One service as users run it: its own process, from dist, killed with this one. The port stays over restarts. */
export class ServiceProcess {
  readonly name: ServiceName;
  readonly logFile: string;
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #port = 0;

  constructor(name: ServiceName, environment: Readonly<Record<string, string>>, logFile: string) {
    this.name = name;
    this.#environment = environment;
    this.logFile = logFile;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  get isRunning(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /** How the last process ended; undefined while it runs. */
  get ending(): { readonly code: number | null; readonly signal: NodeJS.Signals | null } | undefined {
    const child = this.#child;
    return child === undefined || this.isRunning ? undefined : { code: child.exitCode, signal: child.signalCode };
  }

  /**
   * Resolves once the process listens; see {@link waitUntilReady} for being of use.
   * @param extra Of this one process, and not of those after it.
   */
  async start(extra: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = spawn(process.execPath, [`${repositoryRoot}/services/${this.name}/dist/main.js`], {
      cwd: repositoryRoot,
      env: {
        PATH: process.env['PATH'],
        // As in the image and under `npm start`: libraries skip checks that are meant for their own developers.
        NODE_ENV: 'production',
        ...this.#environment,
        ...extra,
        PORT: String(this.#port),
        CONSILIUM_EXIT_WITH_PARENT: '1',
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    const log = createWriteStream(this.logFile, { flags: 'a' });
    child.stderr.pipe(log, { end: false });
    await new Promise<void>((resolve, reject) => {
      const failed = (): void => {
        reject(new Error(`${this.name} ended before it listened; see ${this.logFile}`));
      };
      child.once('exit', failed);
      let unread = '';
      child.stdout.on('data', (chunk: Buffer) => {
        log.write(chunk);
        if (unread === 'listening') return;
        unread += chunk.toString('utf8');
        const port = /"port":(\d+)[^\n]*"msg":"listening"|"msg":"listening"[^\n]*"port":(\d+)/.exec(unread);
        if (port === null) return;
        unread = 'listening';
        this.#port = Number(port[1] ?? port[2]);
        child.off('exit', failed);
        resolve();
      });
    });
  }

  async waitUntilReady(): Promise<void> {
    const deadline = Date.now() + readyLimitMs;
    let seen = 'no answer';
    while (Date.now() < deadline) {
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.ok === true) return;
      seen = (await answer?.text()) ?? 'no answer';
      if (!this.isRunning) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${this.name} did not become ready: ${seen}; see ${this.logFile}`);
  }

  /** As a crash: no handler of the process runs. */
  async killHard(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Resident memory in bytes, of the process itself (Linux). */
  residentBytes(): number {
    const status = readFileSync(`/proc/${String(this.#child?.pid)}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
  }

  /** One sample of /metrics, or undefined where there is none of this name (labels: exact text within braces). */
  async metric(name: string): Promise<number | undefined> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const line = text
      .split('\n')
      .find((candidate) => candidate.startsWith(`${name} `) || candidate.startsWith(`${name}{`));
    return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.isRunning) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    const giveUp = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
    await exited;
    clearTimeout(giveUp);
  }
}
