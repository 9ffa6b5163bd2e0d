import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, renameSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { lastFault } from './log-lines.ts';
import { whyNotReady } from './probe-readiness.ts';
import type { ServiceSpec } from './service-specs.ts';
import { StartFailed } from './start-failed.ts';

export interface ServiceEvents {
  /** It ended without having been asked to and is started again after so long. */
  readonly onRestart: (service: string, how: string, pauseMs: number, logFile: string) => void;
  /** It ended too often: it is not started again. */
  readonly onGivenUp: (service: string, how: string, logFile: string) => void;
}

const readyTimeoutMs = 60_000;
const pollMs = 50;
const stopTimeoutMs = 15_000;
const restartsMaximum = 5;
const firstRestartMs = 500;
/** After so long in one piece earlier ends no longer count. */
const steadyMs = 60_000;
const startsMaximum = 3;

/**
 * One service as a process of its own, that never outlives this one: it holds the other end of a pipe. It is in a group of
 * its own, so that Ctrl-C in a terminal does not reach it: it is told when its turn has come.
 */
export class ServiceProcess {
  readonly name: string;
  readonly logFile: string;
  readonly #spec: ServiceSpec;
  readonly #events: ServiceEvents;
  #child: ChildProcess | undefined;
  #startedMs = 0;
  /** Where the log of this run begins. */
  #logStart = 0;
  #restarts = 0;
  #watched = false;
  #stopping = false;

  constructor(spec: ServiceSpec, logs: string, events: ServiceEvents) {
    this.name = spec.name;
    this.logFile = `${logs}/${spec.name}.log`;
    this.#spec = spec;
    this.#events = events;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Resolves with its port once it is ready. One that ends before that is tried again a little later: servers that have only
   * just started refuse a few things at first.
   * @throws StartFailed; the reason of `signal`
   */
  async start(signal: AbortSignal): Promise<number> {
    if (existsSync(this.logFile)) renameSync(this.logFile, `${this.logFile}.previous`);
    let port: number | undefined;
    for (let attempt = 1; port === undefined; attempt += 1) {
      this.#spawn();
      port = await this.#untilReady(signal);
      if (port !== undefined) break;
      if (attempt === startsMaximum) throw await this.#endedTooSoon();
      await pause(firstRestartMs * attempt, undefined, { signal });
    }
    this.#watched = true;
    // It may have ended between its first "ready" and now.
    if (this.#hasEnded()) this.#ended('it ended');
    return port;
  }

  /** Asks it to end, and kills it when it does not in time. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === undefined || this.#hasEnded()) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const timer = setTimeout(() => this.kill(), stopTimeoutMs);
    await gone;
    clearTimeout(timer);
  }

  /** With all that it started. */
  kill(): void {
    this.#stopping = true;
    const pid = this.#child?.pid;
    if (pid === undefined || this.#hasEnded()) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It ended in the meantime.
    }
  }

  #spawn(): void {
    const log = openSync(this.logFile, 'a', 0o600);
    this.#logStart = fstatSync(log).size;
    try {
      const child = spawn(process.execPath, ['--enable-source-maps', this.#spec.script], {
        env: { ...process.env, ...this.#spec.environment },
        detached: true,
        // Its log is a file and not a pipe: it can say why it ended after we are gone.
        stdio: ['pipe', log, log],
      });
      child.stdin?.on('error', () => undefined);
      child.once('error', (error) => {
        if (this.#child === child) this.#ended(error.message);
      });
      child.once('exit', (code, signal) => {
        if (this.#child === child) this.#ended(signal ?? `exit code ${code ?? 'unknown'}`);
      });
      this.#child = child;
      this.#startedMs = performance.now();
    } finally {
      closeSync(log);
    }
  }

  #hasEnded(): boolean {
    const child = this.#child;
    return child?.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  }

  #ended(how: string): void {
    if (this.#stopping || !this.#watched) return;
    if (performance.now() - this.#startedMs > steadyMs) this.#restarts = 0;
    if (this.#restarts >= restartsMaximum) {
      this.#events.onGivenUp(this.name, how, this.logFile);
      return;
    }
    const pauseMs = firstRestartMs * 2 ** this.#restarts;
    this.#restarts += 1;
    this.#events.onRestart(this.name, how, pauseMs, this.logFile);
    setTimeout(() => {
      if (!this.#stopping) this.#spawn();
    }, pauseMs);
  }

  /** Undefined when it ended instead. */
  async #untilReady(signal: AbortSignal): Promise<number | undefined> {
    const deadlineMs = performance.now() + readyTimeoutMs;
    let port: number | undefined;
    let why: string | undefined = 'it does not listen';
    while (performance.now() < deadlineMs) {
      signal.throwIfAborted();
      if (this.#hasEnded()) return undefined;
      port ??= await this.#listeningPort();
      if (port !== undefined) why = await whyNotReady(port);
      if (why === undefined) return port;
      await pause(pollMs);
    }
    throw new StartFailed(
      `The service ${this.name} was not ready after ${readyTimeoutMs / 1_000} s (${why}): see ${this.logFile}.`,
    );
  }

  async #endedTooSoon(): Promise<StartFailed> {
    const said = lastFault(await readFile(this.logFile, 'utf8').catch(() => ''));
    return new StartFailed(`The service ${this.name} ended before it was ready (${said}): see ${this.logFile}.`);
  }

  async #listeningPort(): Promise<number | undefined> {
    const log = await readFile(this.logFile).catch(() => Buffer.alloc(0));
    const lines = log.subarray(this.#logStart).toString('utf8').split('\n');
    const found = lines.find((line) => line.includes('"msg":"listening"'));
    return found === undefined ? undefined : Number(/"port":(\d+)/.exec(found)?.[1]);
  }
}
