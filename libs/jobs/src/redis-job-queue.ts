import { type BulkJobOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { isPermanentRecord } from './failure-record.ts';
import { InvalidJob, QueueUnavailable } from './job-errors.ts';
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
    checkCount(jobs);
    if (jobs.length === 0) return;
    await withinTime(this.#queue.addBulk(jobs.map((job) => this.#toBull(job))));
  }

  async restore(jobs: readonly JobRequest<Payload>[]): Promise<readonly Restored[]> {
    const known = await this.#knownOf(jobs);
    await this.enqueue(jobs.filter((_, index) => known[index] === 'unknown'));
    const restored: Restored[] = [];
    for (const [index, job] of jobs.entries()) {
      const found = known[index];
      // Of the finished there are few: those that failed, or whose effect was lost with a database.
      if (found === 'finished') restored.push(await withinTime(this.#again(job)));
      else restored.push(found === 'unknown' ? 'added' : 'present');
    }
    return restored;
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

  /** One round trip for all of them, over the keys that BullMQ documents. */
  async #knownOf(jobs: readonly JobRequest<Payload>[]): Promise<readonly ('unknown' | 'unfinished' | 'finished')[]> {
    checkCount(jobs);
    await withinTime(this.#queue.waitUntilReady());
    const pipeline = this.#redis.pipeline();
    for (const { jobId } of jobs) {
      pipeline.exists(this.#queue.toKey(jobId));
      for (const state of ['completed', 'failed']) pipeline.zscore(this.#queue.toKey(state), jobId);
    }
    const replies = (await withinTime(pipeline.exec())) ?? [];
    const failure = replies.flatMap(([error]) => (error === null ? [] : [error])).at(0);
    if (failure !== undefined) throw new QueueUnavailable('Redis did not take the call', { cause: failure });
    return jobs.map((_, index) => {
      const [exists, completed, failed] = replies.slice(index * 3, index * 3 + 3).map(([, reply]) => reply);
      if (completed !== null || failed !== null) return 'finished';
      return exists === 1 ? 'unfinished' : 'unknown';
    });
  }

  /** Two processes may do this at once: removing and adding are idempotent, and a running job cannot be removed. */
  async #again(job: JobRequest<Payload>): Promise<Restored> {
    const known = await this.#queue.getJob(job.jobId);
    if (isPermanentRecord(known?.failedReason)) return 'failedForGood';
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

function checkCount(jobs: readonly unknown[]): void {
  if (jobs.length > maxJobsPerCall) throw new InvalidJob(`at most ${maxJobsPerCall} jobs at once`);
}
