import { type Logger, pause } from '@consilium/runtime';
import { Redis } from 'ioredis';
import { QueueUnavailable, RedisUnfit } from './job-errors.ts';

export interface RedisTarget {
  readonly url: string;
  /** Shown by CLIENT LIST. */
  readonly connectionName: string;
  readonly logger: Logger;
}

const connectTimeoutMs = 5_000;
const longestReconnectPauseMs = 500;
/** Of one command of a producer, its wait for a connection included. */
const producerTimeoutMs = 5_000;

/**
 * One connection that reconnects for ever. A worker's commands wait for it; a producer's fail at once while it is down, so
 * that whoever enqueues can say so and try again.
 */
export function connectRedis({ url, connectionName, logger }: RedisTarget, use: 'worker' | 'producer'): Redis {
  const redis = new Redis(url, {
    connectionName,
    connectTimeout: connectTimeoutMs,
    keepAlive: 10_000,
    disconnectTimeout: 500,
    maxRetriesPerRequest: use === 'worker' ? null : 0,
    enableOfflineQueue: use === 'worker',
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 10), longestReconnectPauseMs),
  });
  // Without a listener an error of the connection would end the process; one line an outage is enough.
  let reported = false;
  redis.on('error', (error) => {
    if (!reported) logger.warn({ error }, 'Redis cannot be reached; connecting again');
    reported = true;
  });
  redis.on('ready', () => {
    if (reported) logger.info('Redis answers again');
    reported = false;
  });
  return redis;
}

/** Settles as `work` does, or throws QueueUnavailable after `limitMs` or when Redis refused or dropped the call. */
export async function withinTime<Result>(work: Promise<Result>, limitMs: number = producerTimeoutMs): Promise<Result> {
  const stop = new AbortController();
  const late = pause(limitMs, stop.signal).then(() => {
    throw new QueueUnavailable(`Redis did not answer within ${limitMs} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw error instanceof QueueUnavailable
      ? error
      : new QueueUnavailable('Redis did not take the call', { cause: error });
  } finally {
    stop.abort();
    late.catch(() => undefined);
  }
}

/**
 * Under any policy but noeviction a full Redis drops keys of queues, and with them jobs.
 * @throws RedisUnfit where `mode` is production; in development it is a warning
 */
export async function checkEviction(redis: Redis, mode: 'development' | 'production', logger: Logger): Promise<void> {
  const memory = await withinTime(redis.info('memory'));
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? 'unknown';
  if (policy === 'noeviction') return;
  const message = `Redis may forget jobs: maxmemory-policy is ${policy}, set it to noeviction`;
  if (mode === 'production') throw new RedisUnfit(message);
  logger.warn(message);
}
