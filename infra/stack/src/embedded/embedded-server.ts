import type { ServerName } from '../running-stack.ts';
import type { ServerProgram } from './server-process.ts';

/** What the three embedded servers do each in their own way. One object a port and data folder. */
export interface EmbeddedServer {
  readonly server: ServerName;
  readonly port: number;
  /** All ports it listens on. */
  readonly ports: readonly number[];
  readonly dataDirectory: string;
  /** How long a start may take, recovery after a crash included. */
  readonly startTimeoutMs: number;
  readonly url: string;
  /** Before each launch: clears what a crash left behind. */
  readonly beforeLaunch: () => Promise<void>;
  readonly program: () => ServerProgram;
  /** True once clients are served by the process with this id. */
  readonly isReady: (pid: number) => Promise<boolean>;
  readonly symptoms: Symptoms;
}

/** What to look for in the log of a server that did not start. */
export interface Symptoms {
  readonly portClash: RegExp;
  /** Another try a moment later will do, e.g. processes of a killed server have not all gone yet. */
  readonly passing?: RegExp;
  /** Lines worth quoting; without a hit the last line is quoted. */
  readonly telling: RegExp;
}
