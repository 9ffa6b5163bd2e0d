import { setTimeout as delay } from 'node:timers/promises';
import { serverTitles, type ServerHandle, type ServerName } from '../running-stack.ts';
import { diskFull, interrupted, StackUnavailable } from '../stack-unavailable.ts';
import type { EmbeddedServer } from './embedded-server.ts';
import { portTaken } from './free-port.ts';
import { readLogTail, rotateLog } from './log-file.ts';
import { endProcess, isAlive, signalProcess } from './process-identity.ts';
import { ServerProcess } from './server-process.ts';
import { gentleStopMs, type GuardedProcess } from './watchdog-protocol.ts';

const pollMs = 20;
const passingTroubleMs = 15_000;
const quotedCharacters = 300;

/** Is told of every process, in time for it to be ended should this process die. */
export interface ProcessKeeper {
  readonly watch: (process: GuardedProcess) => void;
  readonly forget: (pid: number) => void;
}

export interface HandleOptions {
  readonly logFile: string;
  readonly keeper: ProcessKeeper;
  readonly onLost: (failure: StackUnavailable) => void;
  /** The data and the log go with the stack, so no advice may point to them. */
  readonly disposable: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Starts, stops and kills one embedded server, always on the same port and data. */
export class EmbeddedServerHandle implements ServerHandle {
  readonly #target: EmbeddedServer;
  readonly #options: HandleOptions;
  #process: ServerProcess | undefined;
  /** True from a finished start to the beginning of a wanted stop: an exit in between is a loss. */
  #serving = false;
  #discarded = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(target: EmbeddedServer, options: HandleOptions) {
    this.#target = target;
    this.#options = options;
  }

  get server(): ServerName {
    return this.#target.server;
  }

  get port(): number {
    return this.#target.port;
  }

  get url(): string {
    return this.#target.url;
  }

  get logFile(): string {
    return this.#options.logFile;
  }

  get pid(): number | undefined {
    return this.running ? this.#process?.identity?.pid : undefined;
  }

  get running(): boolean {
    const identity = this.#process?.identity;
    return identity !== undefined && this.#process?.exit === undefined && isAlive(identity);
  }

  start(): Promise<void> {
    return this.#inTurn(() => this.#start());
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#stop());
  }

  kill(): Promise<void> {
    return this.#inTurn(() => this.#kill());
  }

  restart(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  /** For test stacks, whose data go with them: no orderly shutdown, and no start after it. */
  discard(): Promise<void> {
    this.#discarded = true;
    return this.#inTurn(async () => {
      const identity = this.#process?.identity;
      this.#serving = false;
      // SIGQUIT is Postgres's immediate shutdown: no checkpoint, but its shared memory is given back.
      const signal = this.server === 'postgres' ? 'SIGQUIT' : 'SIGKILL';
      if (identity !== undefined) await endProcess(identity, signal, gentleStopMs);
      this.#forget();
    });
  }

  #inTurn(operation: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(operation);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #start(): Promise<void> {
    if (this.running) return;
    if (this.#unwanted()) throw interrupted();
    this.#forget();
    const patience = performance.now() + passingTroubleMs;
    for (;;) {
      rotateLog(this.logFile);
      await this.#target.beforeLaunch();
      const failure = await this.#launch();
      if (failure === undefined) return;
      const passing = this.#target.symptoms.passing;
      const again = passing !== undefined && readLogTail(this.logFile).some((line) => passing.test(line));
      if (!again || performance.now() > patience) throw failure;
      await delay(pollMs * 10);
    }
  }

  /** One attempt; answers why it failed, with nothing left running. */
  async #launch(): Promise<StackUnavailable | undefined> {
    const launched = ServerProcess.spawn(this.server, this.#target.program(), this.logFile, () => {
      if (this.#serving && this.#process === launched) this.#lost(launched);
    });
    this.#process = launched;
    const { identity } = launched;
    if (identity !== undefined) {
      const { server, gentleSignal } = launched;
      this.#options.keeper.watch({ ...identity, server, gentleSignal });
    }
    const deadline = performance.now() + this.#target.startTimeoutMs;
    // The loop also yields once before the first look, so that a failed spawn has been reported.
    for (;;) {
      await delay(pollMs);
      if (launched.exit !== undefined || identity === undefined) return this.#failed(launched.exit ?? 'did not run');
      if (this.#unwanted()) return this.#giveUp(interrupted());
      if (await this.#target.isReady(identity.pid)) break;
      if (performance.now() > deadline) {
        return this.#giveUp(this.#explain(`did not answer within ${this.#target.startTimeoutMs / 1000} s`));
      }
    }
    this.#serving = true;
    return undefined;
  }

  async #stop(): Promise<void> {
    this.#serving = false;
    const running = this.#process;
    if (running?.identity !== undefined) await endProcess(running.identity, running.gentleSignal, gentleStopMs);
    this.#forget();
  }

  async #kill(): Promise<void> {
    this.#serving = false;
    if (this.#process?.identity !== undefined) {
      signalProcess(this.#process.identity, 'SIGKILL');
      await this.#process.waitUntilReaped(gentleStopMs);
    }
    this.#forget();
  }

  #unwanted(): boolean {
    return this.#discarded || this.#options.signal?.aborted === true;
  }

  async #giveUp(failure: StackUnavailable): Promise<StackUnavailable> {
    await this.#kill();
    return failure;
  }

  #failed(how: string): StackUnavailable {
    this.#forget();
    return this.#explain(how);
  }

  #lost(process: ServerProcess): void {
    this.#serving = false;
    const failure = this.#explain(process.exit ?? 'ended');
    this.#forget();
    this.#options.onLost(failure);
  }

  #forget(): void {
    const pid = this.#process?.identity?.pid;
    if (pid !== undefined) this.#options.keeper.forget(pid);
    this.#process = undefined;
  }

  #explain(how: string): StackUnavailable {
    const { server, symptoms, dataDirectory } = this.#target;
    const lines = readLogTail(this.logFile);
    if (lines.some((line) => /No space left on device|ENOSPC/i.test(line))) return diskFull(dataDirectory);
    if (lines.some((line) => symptoms.portClash.test(line))) return portTaken(server, this.port);
    const line = lines.findLast((one) => symptoms.telling.test(one)) ?? lines.at(-1) ?? 'it printed nothing';
    return new StackUnavailable(
      'server-failed',
      `${serverTitles[server]} ${how}, its last words were "${line.trim().slice(0, quotedCharacters)}"`,
      this.#options.disposable
        ? 'remove the cause and start again'
        : `read ${this.logFile}, or move ${dataDirectory} away to begin with an empty ${serverTitles[server]}`,
    );
  }
}
