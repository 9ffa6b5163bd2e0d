import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerName } from '../running-stack.ts';
import { identifyProcess, type ProcessIdentity } from './process-identity.ts';

const pollMs = 5;

/** How to run one server. */
export interface ServerProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly gentleSignal: NodeJS.Signals;
  /** Another user to run as, where this process is root. */
  readonly account?: { readonly uid: number; readonly gid: number } | undefined;
}

/** A spawned server: a session of its own, so that a Ctrl-C in the terminal reaches only the owner of the stack. */
export class ServerProcess {
  readonly server: ServerName;
  readonly gentleSignal: NodeJS.Signals;
  readonly identity: ProcessIdentity | undefined;
  #exit: string | undefined;

  private constructor(server: ServerName, gentleSignal: NodeJS.Signals, child: ChildProcess) {
    this.server = server;
    this.gentleSignal = gentleSignal;
    this.identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
    if (child.pid !== undefined && this.identity === undefined) this.#exit = 'ended at once';
  }

  /** Output goes straight into the file, without passing through this process, so it survives this process. */
  static spawn(server: ServerName, program: ServerProgram, logFile: string, onExit: () => void): ServerProcess {
    const log = openSync(logFile, 'a', 0o600);
    try {
      const child = spawn(program.command, program.args, {
        cwd: program.workingDirectory,
        env: program.environment,
        detached: true,
        stdio: ['ignore', log, log],
        ...program.account,
      });
      const started = new ServerProcess(server, program.gentleSignal, child);
      child.on('error', (error) => {
        started.#end(error.message, onExit);
      });
      child.on('exit', (code, signal) => {
        started.#end(signal === null ? `ended with code ${String(code)}` : `was ended by ${signal}`, onExit);
      });
      child.unref();
      return started;
    } finally {
      closeSync(log);
    }
  }

  /** How the process ended, for people; undefined while it runs. */
  get exit(): string | undefined {
    return this.#exit;
  }

  /** Until then the number of a dead process counts as in use, by Postgres among others. */
  async waitUntilReaped(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (this.#exit === undefined && performance.now() < deadline) await delay(pollMs);
  }

  #end(how: string, onExit: () => void): void {
    this.#exit = how;
    onExit();
  }
}
