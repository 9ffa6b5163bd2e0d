import type { Readable, Writable } from 'node:stream';
import type { AuditorConfig } from '../config.ts';

export interface Surroundings {
  readonly config: AuditorConfig;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/** One command of `consilium`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Everything about it: its forms, options, exit codes. */
  readonly usage: string;
  /** @returns the exit code. @throws CommandFailed, and what it works with throws */
  run(args: readonly string[], surroundings: Surroundings): Promise<number>;
}
