import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { rotateLog } from '../embedded/log-file.ts';
import { runToEnd } from '../embedded/run-to-end.ts';
import { serverTitles, type ServerHandle, type ServerName } from '../running-stack.ts';
import { StackUnavailable } from '../stack-unavailable.ts';

const pollMs = 100;
const startTimeoutMs = 120_000;
const commandTimeoutMs = 120_000;

export interface ContainerSettings {
  readonly server: ServerName;
  readonly port: number;
  readonly logFile: string;
  readonly docker: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Arguments of the docker command for each operation, e.g. `['kill', '<id>']`. */
  readonly commands: Readonly<Record<'start' | 'stop' | 'kill' | 'logs', readonly string[]>>;
  readonly answers: () => Promise<boolean>;
}

/** One server in a container that runs already. The engine keeps its port and its data over restarts. */
export class ContainerHandle implements ServerHandle {
  readonly #settings: ContainerSettings;
  #running = true;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(settings: ContainerSettings) {
    this.#settings = settings;
    this.#followLog();
  }

  get server(): ServerName {
    return this.#settings.server;
  }

  get port(): number {
    return this.#settings.port;
  }

  get logFile(): string {
    return this.#settings.logFile;
  }

  get pid(): undefined {
    return undefined;
  }

  get running(): boolean {
    return this.#running;
  }

  start(): Promise<void> {
    return this.#inTurn(() => this.#start());
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#end('stop'));
  }

  kill(): Promise<void> {
    return this.#inTurn(() => this.#end('kill'));
  }

  restart(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#end('stop');
      await this.#start();
    });
  }

  #inTurn(operation: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(operation);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #start(): Promise<void> {
    if (this.#running) return;
    await this.#docker('start');
    this.#followLog();
    await this.untilItAnswers();
    this.#running = true;
  }

  async #end(how: 'stop' | 'kill'): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    await this.#docker(how);
  }

  /** Rejects with StackUnavailable after two minutes. */
  async untilItAnswers(): Promise<void> {
    const deadline = performance.now() + startTimeoutMs;
    while (!(await this.#settings.answers())) {
      if (performance.now() > deadline) throw this.#failed(`did not answer within ${startTimeoutMs / 1000} s`);
      await delay(pollMs);
    }
  }

  async #docker(operation: 'start' | 'stop' | 'kill'): Promise<void> {
    const { docker, commands, environment } = this.#settings;
    const { code, output } = await runToEnd(docker, commands[operation], { environment, timeoutMs: commandTimeoutMs });
    if (code !== 0) throw this.#failed(`could not ${operation} ("${output.trim().split('\n').at(-1) ?? ''}")`);
  }

  /** `docker logs --follow` ends with the container, so it is begun again with each start. */
  #followLog(): void {
    const { docker, commands, environment, logFile } = this.#settings;
    rotateLog(logFile);
    const log = openSync(logFile, 'a', 0o600);
    const follower = spawn(docker, commands.logs, { env: environment, stdio: ['ignore', log, log] });
    closeSync(log);
    follower.on('error', () => undefined);
    follower.unref();
  }

  #failed(what: string): StackUnavailable {
    const { server, logFile } = this.#settings;
    return new StackUnavailable('docker-failed', `The container of ${serverTitles[server]} ${what}`, `read ${logFile}`);
  }
}
