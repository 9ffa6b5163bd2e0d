import { type BulkJobOptions, type Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { isPermanentRecord } from './failure-record.ts';
import { InvalidJob } from './job-errors.ts';
import type { JobCounts, JobQueue, JobRequest, Restored } from './job-queue.ts';
import { type QueueDefinition, queueNameOnRedis, type Retention } from './queue-definition.ts';
import { connectRedis, type RedisTarget, withinTime } from './redis-connection.ts';

export const maxJobsPerCall = 1_000;
const jobIdPattern = /^[A-Za-z0-9_-]{1,200}$/;

export class RedisJobQueue<Payload> implements JobQueue<Payload> {
  readonly #definition: QueueDefinition<Payload>;
  readonly #redis: Redis;
  readonly #queue: Queue<unknown, void, string, unknown, void, string>;

  constructor(definition: QueueDefinition<Payload>, options: RedisTarget & { readonly prefix: string }) {
    this.#definition = definition;
    this.#redis = connectRedis(options, 'producer');
    this.#queue = new Queue(queueNameOnRedis(options.prefix, definition), { connection: this.#redis });
    // The connection reports its own errors; without a listener the queue's copy of them would end the process.
    this.#queue.on('error', () => undefined);
  }

  async enqueue(jobs: readonly JobRequest<Payload>[]): Promise<void> {
    if (jobs.length > maxJobsPerCall) throw new InvalidJob(`at most ${maxJobsPerCall} jobs at once`);
    if (jobs.length === 0) return;
    await withinTime(this.#queue.addBulk(jobs.map((job) => this.#toBull(job))));
  }

  async restore(job: JobRequest<Payload>): Promise<Restored> {
    const known = await withinTime(this.#queue.getJob(job.jobId));
    if (known === undefined) {
      await this.enqueue([job]);
      return 'added';
    }
    return withinTime(this.#again(known, job));
  }

  async counts(): Promise<JobCounts> {
    const counts = await withinTime(this.#queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'completed'));
    const of = (state: string): number => counts[state] ?? 0;
    return {
      waiting: of('waiting'),
      active: of('active'),
      delayed: of('delayed'),
      failed: of('failed'),
      completed: of('completed'),
    };
  }

  async close(): Promise<void> {
    await this.#queue.close().catch(() => undefined);
    this.#redis.disconnect();
  }

  /** Two processes may do this at once: removing and adding are idempotent, and a running job cannot be removed. */
  async #again(known: Job, job: JobRequest<Payload>): Promise<Restored> {
    const state = await known.getState();
    if (state !== 'failed' && state !== 'completed' && state !== 'unknown') return 'present';
    if (state === 'failed' && isPermanentRecord(known.failedReason)) return 'failedForGood';
    await this.#queue.remove(job.jobId);
    await this.enqueue([job]);
    return 'again';
  }

  #toBull({ jobId, payload }: JobRequest<Payload>): { name: string; data: unknown; opts: BulkJobOptions } {
    if (!jobIdPattern.test(jobId))
      throw new InvalidJob('a job id has 1 to 200 letters, digits, hyphens and underscores');
    const parsed = this.#definition.payload.safeParse(payload);
    if (!parsed.success) throw new InvalidJob(`the payload is none of ${this.#definition.name}`);
    const { name, attempts, backOffMs, keepCompleted, keepFailed } = this.#definition;
    return {
      name,
      data: parsed.data,
      opts: {
        jobId,
        attempts,
        backoff: { type: 'exponential', delay: backOffMs, jitter: 0.5 },
        removeOnComplete: kept(keepCompleted),
        removeOnFail: kept(keepFailed),
        // The record of a failure is its class and code.
        stackTraceLimit: 0,
        sizeLimit: 10_000,
      },
    };
  }
}

const kept = ({ ageSeconds, count }: Retention): { age: number; count: number } => ({ age: ageSeconds, count });
