import type { PoolConfig } from 'pg';
import { makeValueParsers } from './value-parsers.ts';

/** One role for each program that touches the database: it holds the grants and row policies of that program, no login. */
export const databaseRoles = [
  'consilium_api',
  'consilium_relay',
  'consilium_projector',
  'consilium_quality',
  'consilium_auditor',
] as const;
export type DatabaseRole = (typeof databaseRoles)[number];

export interface DatabaseOptions {
  /** postgres://user:password@host:port/database; must not carry `options`, which are set here. */
  readonly url: string;
  /** Taken on at connection; the login user must be a member. Absent: the login user itself (migrations, tests). */
  readonly role?: DatabaseRole;
  /** Shown in pg_stat_activity, for instance `consilium-api`. */
  readonly applicationName: string;
  /** Most connections at a time. @default 10 @minimum 1 @maximum 200 */
  readonly poolSize?: number;
  /** The server gives up a statement after this time. @default 30000 @minimum 1 */
  readonly statementTimeoutMs?: number;
  /** The server ends a session that keeps a transaction open and idle for this time. @default 15000 @minimum 1 */
  readonly idleInTransactionTimeoutMs?: number;
  /** Longest wait for a connection, a free one or a new one. @default 5000 @minimum 1 */
  readonly connectTimeoutMs?: number;
  /** Told when an idle connection dies (a restarted server, for instance); the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
}

/** The client gives up this much later than the server: it then knows that the server or the way to it is dead. */
const clientGraceMs = 5_000;

function within(name: string, value: number, minimum: number, maximum: number): number {
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new RangeError(`${name} must be an integer from ${minimum} to ${maximum}`);
  }
  return value;
}

const longestTimeoutMs = 3_600_000;

/** Checks the options and says them in pg's words. */
export function poolConfigOf(options: DatabaseOptions): PoolConfig {
  if (/[?&]options=/.test(options.url)) {
    throw new Error('the database URL must not carry `options`: they would replace the role set here');
  }
  const statementTimeoutMs = within('statementTimeoutMs', options.statementTimeoutMs ?? 30_000, 1, longestTimeoutMs);
  const settings = [
    ...(options.role === undefined ? [] : [`-c role=${options.role}`]),
    // The append function relies on each of its statements seeing what was committed before that statement.
    '-c default_transaction_isolation=read\\ committed',
    // Short statements only: compiling them costs more than it gains.
    '-c jit=off',
  ];
  return {
    connectionString: options.url,
    application_name: options.applicationName,
    options: settings.join(' '),
    max: within('poolSize', options.poolSize ?? 10, 1, 200),
    connectionTimeoutMillis: within('connectTimeoutMs', options.connectTimeoutMs ?? 5_000, 1, longestTimeoutMs),
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + clientGraceMs,
    idle_in_transaction_session_timeout: within(
      'idleInTransactionTimeoutMs',
      options.idleInTransactionTimeoutMs ?? 15_000,
      1,
      longestTimeoutMs,
    ),
    keepAlive: true,
    types: makeValueParsers(),
  };
}
