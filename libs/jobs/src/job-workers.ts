import { pause } from '@consilium/runtime';
import { type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { failureRecord } from './failure-record.ts';
import { PermanentJobFailure } from './job-errors.ts';
import { bindHandlers, type BoundHandler, type JobHandler } from './job-handler.ts';
import type { JobMetrics } from './job-metrics.ts';
import { queueNameOnRedis } from './queue-definition.ts';
import { checkEviction, connectRedis, type RedisTarget, withinTime } from './redis-connection.ts';

export interface JobWorkersOptions extends RedisTarget {
  readonly prefix: string;
  /** The queues this process serves. */
  readonly queues: readonly { readonly name: string }[];
  readonly handlers: readonly BoundHandler[];
  /** Jobs of one queue at the same time in this process: 1 to 100. */
  readonly concurrency: number;
  readonly mode: 'development' | 'production';
  readonly metrics: JobMetrics;
}

/** How long close() waits for running jobs; after that they are left, and run again elsewhere when their lock ends. */
const closeTimeoutMs = 10_000;
const pingTimeoutMs = 2_000;

/** Makes a handler fit for a list of handlers: its payload is parsed here. A payload that does not fit fails for good. */
export function toBoundHandler<Payload>({ queue, handle }: JobHandler<Payload>): BoundHandler {
  return {
    queue,
    run: async (data, job) => {
      const parsed = queue.payload.safeParse(data);
      if (!parsed.success) throw new PermanentJobFailure('INVALID_PAYLOAD');
      await handle(parsed.data, job);
    },
  };
}

/** Runs the jobs of some queues in this process, from start() to close(). Reconnects for ever when Redis goes away. */
export class JobWorkers {
  readonly #options: JobWorkersOptions;
  readonly #handlers: readonly BoundHandler[];
  readonly #redis: Redis;
  #workers: readonly Worker[] = [];

  /** @throws JobWiringError unless each queue has exactly one handler */
  constructor(options: JobWorkersOptions) {
    this.#options = options;
    this.#handlers = bindHandlers(options.queues, options.handlers);
    this.#redis = connectRedis(options, 'worker');
  }

  /** @throws RedisUnfit in production where Redis may evict, QueueUnavailable */
  async start(): Promise<void> {
    await checkEviction(this.#redis, this.#options.mode, this.#options.logger);
    this.#workers = this.#handlers.map((handler) => this.#workOn(handler));
  }

  /** @throws QueueUnavailable where Redis does not answer within 2 s; the connection may not know yet that it was lost */
  async ping(): Promise<void> {
    await withinTime(this.#redis.ping(), pingTimeoutMs);
  }

  /** Takes no more jobs and waits for the running ones, 10 s at most. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => this.#closeOne(worker)));
    this.#redis.disconnect();
  }

  #workOn(handler: BoundHandler): Worker {
    const { prefix, concurrency, logger } = this.#options;
    const { queue } = handler;
    const worker = new Worker(queueNameOnRedis(prefix, queue), (job) => this.#run(handler, job), {
      connection: this.#redis,
      concurrency,
      lockDuration: queue.lockMs,
      stalledInterval: queue.lockMs,
      maxStalledCount: queue.maxStalls,
      runRetryDelay: 1_000,
    });
    worker.on('error', (error) => {
      logger.debug({ error, queue: queue.name }, 'a worker lost touch with Redis');
    });
    worker.on('stalled', (jobId) => {
      logger.warn({ jobId, queue: queue.name }, 'a job lost its worker and runs again');
    });
    return worker;
  }

  async #run({ queue, run }: BoundHandler, job: Job): Promise<void> {
    const { logger, metrics } = this.#options;
    const jobId = job.id ?? 'unknown';
    const attempt = job.attemptsMade + 1;
    const stop = metrics.seconds.startTimer({ queue: queue.name });
    try {
      await run(job.data, { jobId, attempt });
      metrics.jobs.inc({ queue: queue.name, outcome: 'done' });
    } catch (error) {
      const permanent = error instanceof PermanentJobFailure;
      const last = permanent || attempt >= queue.attempts;
      metrics.jobs.inc({ queue: queue.name, outcome: permanent ? 'failedForGood' : last ? 'failed' : 'retried' });
      const fields = { error, jobId, attempt, queue: queue.name };
      // Nothing heals a permanent failure, so a person has to look; the others come back by themselves.
      if (permanent) logger.error(fields, 'a job can never succeed');
      else logger.warn(fields, last ? 'a job used up its attempts' : 'a job failed and will be tried again');
      throw failureRecord(error);
    } finally {
      stop();
    }
  }

  /** BullMQ waits for ever for the end of a connection that is just reconnecting; a process that ends may not. */
  async #closeOne(worker: Worker): Promise<void> {
    const waited = new AbortController();
    const late = pause(closeTimeoutMs, waited.signal).then(() => 'late' as const);
    const closed = worker.close().then(
      () => 'closed' as const,
      () => 'closed' as const,
    );
    if ((await Promise.race([closed, late])) === 'late') {
      this.#options.logger.warn('jobs or connections did not end in time; what still ran runs again elsewhere');
    }
    waited.abort();
  }
}
