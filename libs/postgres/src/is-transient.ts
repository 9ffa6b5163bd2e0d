import { errorCodeOf, messageOf, sqlState } from './sql-state.ts';

const transientStates: ReadonlySet<string> = new Set([
  sqlState.serializationFailure,
  sqlState.deadlockDetected,
  sqlState.tooManyConnections,
  sqlState.adminShutdown,
  sqlState.crashShutdown,
  sqlState.cannotConnectNow,
  sqlState.idleInTransactionSessionTimeout,
]);

/** Class 08 is "connection exception". */
const connectionClass = '08';

const transientSystemCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  // The socket file of a local server that is not up.
  'ENOENT',
]);

/** What `pg` says, without any code, when a connection dies under a query or cannot be had in time. */
const transientMessages: readonly RegExp[] = [
  /^Connection terminated/,
  /^timeout exceeded when trying to connect/,
  /^Client has encountered a connection error and is not queryable/,
  /^Client was closed and is not queryable/,
  /^Query read timeout/,
];

/**
 * Whether the same statement may well succeed if tried again later: the server was away, restarting or full, or this
 * transaction lost a race. Whether the statement took effect is then unknown, so only repeatable work may be retried.
 */
export function isTransient(error: unknown): boolean {
  const code = errorCodeOf(error);
  if (code !== undefined && (transientStates.has(code) || transientSystemCodes.has(code))) return true;
  if (code?.startsWith(connectionClass) === true && code.length === 5) return true;
  const message = messageOf(error);
  return message !== undefined && transientMessages.some((pattern) => pattern.test(message));
}
