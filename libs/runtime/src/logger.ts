import { pino } from 'pino';
import type { DestinationStream, Logger as PinoLogger } from 'pino';

/** `error` only if a person must act now; `warn` for what heals by itself but should not go on. */
export type Logger = PinoLogger;

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LoggerOptions {
  readonly service: string;
  /** @default 'info' */
  readonly level?: LogLevel;
  /** @default standard output, written at once: the last lines of a dying process are the ones that matter */
  readonly destination?: DestinationStream;
}

/** Fields that may carry a secret or a patient's words, at the top, one level and two levels down. */
const secretNames = [
  'authorization',
  'cookie',
  'token',
  'leaseToken',
  'password',
  'secret',
  'key',
  'payload',
  'payloadBytes',
];
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** One JSON line a message, with `service`, `level` by name and `time` in ISO 8601. */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: secretPaths, censor: '[redacted]' },
    serializers: { error: describeError },
    errorKey: 'error',
  };
  return pino(options, destination ?? pino.destination({ dest: 1, sync: true }));
}

const longestCauseChain = 5;

/** What an error says of itself; never its other fields, which may hold rows, requests or connection strings. */
export function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? error : 'not an error' };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause =
    error.cause === undefined || depth === longestCauseChain ? {} : { cause: describeError(error.cause, depth + 1) };
  return { name: error.name, message: error.message, ...code, stack: error.stack, ...cause };
}
