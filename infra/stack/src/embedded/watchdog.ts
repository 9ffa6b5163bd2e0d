import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GuardedProcess, WatchdogMessage } from './watchdog-protocol.ts';

const respawnLimit = 5;

/** The owner's end of the watchdog: tells it which processes must go when this process goes. */
export class Watchdog {
  readonly #removeFolders: readonly string[];
  readonly #commands: WatchdogMessage[] = [];
  readonly #guarded = new Map<number, GuardedProcess>();
  #child: ChildProcess;
  #respawns = 0;
  #released = false;

  /** Folders to remove after the owner's death: those of a test stack. */
  constructor(removeFolders: readonly string[]) {
    this.#removeFolders = removeFolders;
    this.#child = this.#spawn();
  }

  watch(process: GuardedProcess): void {
    this.#guarded.set(process.pid, process);
    this.#send({ type: 'watch', process });
  }

  forget(pid: number): void {
    this.#guarded.delete(pid);
    this.#send({ type: 'forget', pid });
  }

  /** A command to run after the owner's death, e.g. to stop containers. */
  runAtEnd(command: string, args: readonly string[]): void {
    const message = { type: 'runAtEnd', command, args } as const;
    this.#commands.push(message);
    this.#send(message);
  }

  release(): void {
    this.#released = true;
    this.#send({ type: 'release' });
    this.#child.stdin?.end();
  }

  #spawn(): ChildProcess {
    const { NODE_OPTIONS: _, ...environment } = process.env;
    const child = spawn(process.execPath, [watchdogProgram()], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: environment,
    });
    this.#child = child;
    // Neither the process nor its pipe may keep the owner alive: jest waits for the last handle.
    child.unref();
    if (child.stdin instanceof Socket) child.stdin.unref();
    child.stdin.on('error', () => undefined);
    child.on('error', () => undefined);
    child.on('exit', () => {
      if (this.#released || this.#respawns >= respawnLimit) return;
      this.#respawns += 1;
      this.#spawn();
    });
    this.#send({ type: 'removeFolders', folders: this.#removeFolders });
    for (const command of this.#commands) this.#send(command);
    for (const process of this.#guarded.values()) this.#send({ type: 'watch', process });
    return child;
  }

  #send(message: WatchdogMessage): void {
    if (this.#child.stdin?.writable === true) this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }
}

/** The same file kind as this one: TypeScript from the sources (Node 24 runs it), JavaScript once built. */
function watchdogProgram(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(`./watchdog-main${extname(fileURLToPath(here))}`, here));
}
