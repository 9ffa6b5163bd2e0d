import type { ServerName } from '../running-stack.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** A process that must not outlive the one that started it. */
export interface GuardedProcess extends ProcessIdentity {
  readonly server: ServerName;
  /** What asks this program to end in order. */
  readonly gentleSignal: NodeJS.Signals;
}

/** How long each program gets between the gentle signal and SIGKILL. */
export const gentleStopMs = 15_000;

/** Clients go first, the journal's server last. */
export const stopOrder: readonly ServerName[] = ['redis', 'kafka', 'postgres'];

/** One JSON object a line, from the owner of the stack to its watchdog; the end of the pipe means the owner is gone. */
export type WatchdogMessage =
  /** Test stacks are ended at once and their folders removed. */
  | { readonly type: 'removeFolders'; readonly folders: readonly string[] }
  /** For servers that are no processes of this machine. */
  | { readonly type: 'runAtEnd'; readonly command: string; readonly args: readonly string[] }
  | { readonly type: 'watch'; readonly process: GuardedProcess }
  | { readonly type: 'forget'; readonly pid: number }
  /** The owner has stopped everything itself. */
  | { readonly type: 'release' };

/**
 * The watchdog runs the same version as its owner, so the shape needs no check. A line that is no JSON is the last words
 * of an owner that was killed while it wrote, and means nothing.
 */
export function decodeWatchdogMessage(line: string): WatchdogMessage | undefined {
  try {
    return JSON.parse(line) as WatchdogMessage;
  } catch {
    return undefined;
  }
}
