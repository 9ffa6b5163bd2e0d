import { errorCode } from './error-code.ts';

/** Why the three servers could not be had. Each code is one situation with one remedy. */
export type StackUnavailableReason =
  | 'already-running'
  | 'data-corrupt'
  | 'data-other-version'
  | 'disk-full'
  | 'docker-failed'
  | 'docker-gone'
  | 'download-failed'
  | 'environment-invalid'
  | 'environment-unreachable'
  | 'folder-unreachable'
  | 'interrupted'
  | 'java-missing'
  | 'java-too-old'
  | 'maven-missing'
  | 'platform-unsupported'
  | 'port-taken'
  | 'postgres-missing'
  | 'postgres-user-missing'
  | 'redis-missing'
  | 'server-failed';

/**
 * The stack cannot be used, and nothing was left running.
 *
 * `message` is the one sentence to show: what is wrong, a colon, what to do. A caller prints it without a stack trace.
 */
export class StackUnavailable extends Error {
  override readonly name = 'StackUnavailable';
  readonly reason: StackUnavailableReason;
  /** What is wrong, without a full stop. */
  readonly sentence: string;
  /** What the reader can do about it, without a full stop. */
  readonly remedy: string;

  constructor(reason: StackUnavailableReason, sentence: string, remedy: string, options?: ErrorOptions) {
    super(`${sentence}: ${remedy}.`, options);
    this.reason = reason;
    this.sentence = sentence;
    this.remedy = remedy;
  }
}

/** The error that a full disk shows as, wherever it was met: in our own writes or in the log of a server. */
export function diskFull(folder: string, cause?: unknown): StackUnavailable {
  return new StackUnavailable(
    'disk-full',
    `The disk that holds ${folder} is full`,
    'free at least 1 GB there, or choose other folders with CONSILIUM_DATA (data), CONSILIUM_CACHE (downloads) and TMPDIR (tests)',
    { cause },
  );
}

/** The caller's signal was raised before the servers answered. */
export function interrupted(): StackUnavailable {
  return new StackUnavailable('interrupted', 'The start was interrupted', 'start again');
}

/** A system error met in our own writes to the folder, as a sentence; anything else unchanged. */
export function explainFolderError(error: unknown, folder: string): unknown {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, error);
  if (code === undefined || !['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) return error;
  return new StackUnavailable(
    'folder-unreachable',
    `The data folder ${folder} cannot be written (${code})`,
    'make it writable for this user, or choose another with CONSILIUM_DATA',
    { cause: error },
  );
}
