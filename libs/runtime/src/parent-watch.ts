import type { Readable } from 'node:stream';

/** Set to 1 by a parent that gives its children a pipe as standard input and wants none to outlive it. */
export const exitWithParentVariable = 'CONSILIUM_EXIT_WITH_PARENT';

export interface ParentWatchOptions {
  readonly onParentGone: () => void;
  /** @default process.stdin */
  readonly stdin?: Readable & { readonly unref?: () => unknown };
}

/**
 * Calls back once when standard input ends. The kernel closes the parent's end of the pipe however the parent dies, by
 * SIGKILL too, so nothing is left running. Watching alone does not keep the process alive.
 */
export function parentWatch({ onParentGone, stdin = process.stdin }: ParentWatchOptions): void {
  let called = false;
  const gone = (): void => {
    if (called) return;
    called = true;
    onParentGone();
  };
  stdin.once('end', gone).once('close', gone).once('error', gone);
  stdin.resume();
  stdin.unref?.();
}
