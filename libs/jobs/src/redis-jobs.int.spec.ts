import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger, pause, Registry } from '@consilium/runtime';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { InvalidJob, PermanentJobFailure, QueueUnavailable, RedisUnfit } from './job-errors.ts';
import { gaugeJobCounts, jobMetrics } from './job-metrics.ts';
import type { JobRequest } from './job-queue.ts';
import { JobWorkers, toBoundHandler } from './job-workers.ts';
import type { QueueDefinition } from './queue-definition.ts';
import { checkEviction } from './redis-connection.ts';
import { openRedisGate } from './redis-gate.spec.ts';
import { RedisJobQueue } from './redis-job-queue.ts';

const redisUrl = process.env['CONSILIUM_TEST_REDIS_URL'] ?? '';
const logger = createLogger({ service: 'jobs-test', level: 'silent' });

interface Work {
  readonly number: number;
}
const definition: QueueDefinition<Work> = {
  name: 'work',
  payload: z.strictObject({ number: z.int() }),
  attempts: 3,
  backOffMs: 10,
  lockMs: 1_000,
  maxStalls: 5,
  keepCompleted: { ageSeconds: 60, count: 100 },
  keepFailed: { ageSeconds: 60, count: 100 },
};
const request = (number: number): JobRequest<Work> => ({ jobId: `work-${number}`, payload: { number } });

/** What a test opened, closed after all of them, newest first. */
const toClose: (() => Promise<unknown>)[] = [];
const admin = new Redis(redisUrl, { lazyConnect: true });

beforeAll(() => admin.connect());
afterAll(async () => {
  for (const close of toClose.reverse()) await close();
  admin.disconnect();
});

const newPrefix = (): string => `test-${randomUUID()}`;

function queueOf(prefix: string, url = redisUrl): RedisJobQueue<Work> {
  const queue = new RedisJobQueue(definition, { url, prefix, connectionName: 'test', logger });
  toClose.push(() => queue.close());
  return queue;
}

type Handle = (payload: Work, job: { readonly jobId: string; readonly attempt: number }) => Promise<void>;

async function workersOf(prefix: string, handle: Handle, url = redisUrl) {
  const registry = new Registry();
  const metrics = jobMetrics(registry);
  const workers = new JobWorkers({
    url,
    prefix,
    connectionName: 'test',
    logger,
    queues: [definition],
    handlers: [toBoundHandler({ queue: definition, handle })],
    concurrency: 4,
    mode: 'production',
    metrics,
  });
  await workers.start();
  toClose.push(() => workers.close());
  return { workers, registry };
}

async function eventually<Value>(ask: () => Promise<Value> | Value, expected: Value): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const value = await ask();
    if (JSON.stringify(value) === JSON.stringify(expected)) return;
    await pause(50);
  }
  expect(await ask()).toEqual(expected);
}

const counts = async (
  queue: RedisJobQueue<Work>,
  ...states: readonly (keyof Awaited<ReturnType<typeof queue.counts>>)[]
) => {
  const all = await queue.counts();
  return states.map((state) => all[state]);
};

describe('enqueueing', () => {
  it('runs each job once, however often it is enqueued', async () => {
    const prefix = newPrefix();
    const queue = queueOf(prefix);
    await queue.enqueue([request(1), request(2), request(1)]);
    await queue.enqueue([request(2)]);
    expect(await counts(queue, 'waiting')).toEqual([2]);
    const done: number[] = [];
    await workersOf(prefix, async ({ number }) => {
      done.push(number);
    });
    await eventually(() => counts(queue, 'completed'), [2]);
    // A finished job keeps its id for as long as it is kept.
    await queue.enqueue([request(1)]);
    expect(await counts(queue, 'waiting', 'active', 'completed')).toEqual([0, 0, 2]);
    expect(done.sort()).toEqual([1, 2]);
  });

  it('refuses what the definition does not allow, and takes nothing of the call', async () => {
    const queue = queueOf(newPrefix());
    const bad = { jobId: 'work-3', payload: JSON.parse('{"number":3,"patient":"x"}') as Work };
    await expect(queue.enqueue([request(1), bad])).rejects.toThrow(InvalidJob);
    await expect(queue.enqueue([{ ...request(1), jobId: 'a:b' }])).rejects.toThrow(InvalidJob);
    await expect(queue.enqueue(Array.from({ length: 1_001 }, (_, number) => request(number)))).rejects.toThrow(
      InvalidJob,
    );
    expect(await counts(queue, 'waiting')).toEqual([0]);
  });
});

describe('failing', () => {
  it('is tried again with back-off, then left, with class and code as its only record', async () => {
    const prefix = newPrefix();
    const queue = queueOf(prefix);
    const attempts: number[] = [];
    const { registry } = await workersOf(prefix, async (_payload, { attempt }) => {
      attempts.push(attempt);
      throw Object.assign(new TypeError('Juan Pérez'), { code: '40001' });
    });
    await queue.enqueue([request(1)]);
    await eventually(() => counts(queue, 'failed'), [1]);
    expect(attempts).toEqual([1, 2, 3]);
    const stored = JSON.stringify(await admin.hgetall(`bull:${prefix}-work:work-1`));
    expect(stored).toContain('TypeError 40001');
    expect(stored).not.toContain('Juan');
    const text = await registry.metrics();
    expect(text).toContain('consilium_jobs_total{queue="work",outcome="retried"} 2');
    expect(text).toContain('consilium_jobs_total{queue="work",outcome="failed"} 1');
  });

  it('for good is tried once, and not by restore either', async () => {
    const prefix = newPrefix();
    const queue = queueOf(prefix);
    let runs = 0;
    await workersOf(prefix, async () => {
      runs += 1;
      throw new PermanentJobFailure('TOO_MANY_REGIONS');
    });
    await queue.enqueue([request(1)]);
    await eventually(() => counts(queue, 'failed'), [1]);
    expect(await queue.restore([request(1)])).toEqual(['failedForGood']);
    await pause(200);
    expect(runs).toBe(1);
  });
});

describe('restoring', () => {
  it('adds what Redis forgot, leaves what waits, and runs again what was used up', async () => {
    const prefix = newPrefix();
    const queue = queueOf(prefix);
    expect(await queue.restore([request(1)])).toEqual(['added']);
    expect(await queue.restore([request(1)])).toEqual(['present']);
    let healthy = false;
    let done = 0;
    await workersOf(prefix, async () => {
      if (!healthy) throw new Error('down');
      done += 1;
    });
    await eventually(() => counts(queue, 'failed'), [1]);
    healthy = true;
    expect(await queue.restore([request(1)])).toEqual(['again']);
    await eventually(() => counts(queue, 'failed', 'completed'), [0, 1]);
    expect(done).toBe(1);
    expect(await queue.restore([request(2), request(1), request(3)])).toEqual(['added', 'again', 'added']);
    await eventually(() => done, 4);
    const keys = await admin.keys(`bull:${prefix}-*`);
    await admin.del(keys);
    expect(await queue.restore([request(1)])).toEqual(['added']);
    await eventually(() => done, 5);
  });
});

describe('a worker that is killed', () => {
  it('has its job run again by another', async () => {
    const prefix = newPrefix();
    const queue = queueOf(prefix);
    // A process of its own, killed with -9 in the middle of the job.
    const program = `
      import { createLogger, Registry } from '@consilium/runtime';
      import { consensusQueue, JobWorkers, jobMetrics, toBoundHandler } from '@consilium/jobs';
      import { z } from 'zod';
      const queue = { ...consensusQueue, name: 'work', payload: z.looseObject({}), lockMs: 1000 };
      const handle = async () => { process.stdout.write('running'); await new Promise(() => undefined); };
      const workers = new JobWorkers({ url: process.env.REDIS_URL, prefix: process.env.PREFIX, connectionName: 'killed',
        logger: createLogger({ service: 'killed', level: 'silent' }), queues: [queue], concurrency: 1, mode: 'production',
        handlers: [toBoundHandler({ queue, handle })], metrics: jobMetrics(new Registry()) });
      await workers.start();`;
    const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], {
      env: { ...process.env, REDIS_URL: redisUrl, PREFIX: prefix, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const running = new Promise((resolve) => child.stdout.once('data', resolve));
    await queue.enqueue([request(1)]);
    await running;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
    const attempts: string[] = [];
    await workersOf(prefix, async (_payload, { jobId }) => {
      attempts.push(jobId);
    });
    await eventually(() => counts(queue, 'completed'), [1]);
    expect(attempts).toEqual(['work-1']);
  });
});

describe('Redis going away and coming back', () => {
  it('fails producers fast meanwhile, and costs no job and no place', async () => {
    const prefix = newPrefix();
    const gate = await openRedisGate(redisUrl);
    toClose.push(() => gate.close());
    const queue = queueOf(prefix, gate.url);
    const done = new Set<number>();
    const { workers } = await workersOf(
      prefix,
      async ({ number }) => {
        await pause(20);
        done.add(number);
      },
      gate.url,
    );
    await queue.enqueue(Array.from({ length: 40 }, (_, number) => request(number)));
    gate.shut();
    await expect(queue.enqueue([request(100)])).rejects.toThrow(QueueUnavailable);
    await expect(workers.ping()).rejects.toThrow(QueueUnavailable);
    gate.open();
    await eventually(async () => {
      try {
        await queue.enqueue([request(100)]);
        return 'taken';
      } catch {
        return 'refused';
      }
    }, 'taken');
    await eventually(() => done.size, 41);
    await eventually(() => counts(queue, 'waiting', 'active', 'failed'), [0, 0, 0]);
    await workers.ping();
    // Of the producer, and of the worker two: BullMQ cannot close one that is just reconnecting.
    await eventually(() => gate.connections(), 3);
  });

  it('fails the first enqueue within its time when Redis was never there', async () => {
    const gate = await openRedisGate(redisUrl);
    toClose.push(() => gate.close());
    gate.shut();
    const queue = queueOf(newPrefix(), gate.url);
    await expect(queue.enqueue([request(1)])).rejects.toThrow(QueueUnavailable);
  });
});

it('close waits for the job that runs', async () => {
  const prefix = newPrefix();
  const queue = queueOf(prefix);
  let begun = false;
  let ended = false;
  const { workers } = await workersOf(prefix, async () => {
    begun = true;
    await pause(300);
    ended = true;
  });
  await queue.enqueue([request(1)]);
  await eventually(() => begun, true);
  await workers.close();
  expect(ended).toBe(true);
  expect(await counts(queue, 'completed', 'active')).toEqual([1, 0]);
});

describe('a Redis that may forget jobs', () => {
  it('is refused in production and warned of in development', async () => {
    const evicting = { info: async () => '# Memory\r\nmaxmemory_policy:allkeys-lru\r\n' } as unknown as Redis;
    await expect(checkEviction(evicting, 'production', logger)).rejects.toThrow(RedisUnfit);
    await checkEviction(evicting, 'development', logger);
    await checkEviction(admin, 'production', logger);
  });
});

it('counts are metrics, and absent while Redis is away', async () => {
  const prefix = newPrefix();
  const gate = await openRedisGate(redisUrl);
  toClose.push(() => gate.close());
  const queue = queueOf(prefix, gate.url);
  const registry = new Registry();
  gaugeJobCounts(registry, new Map([['work', queue]]));
  await queue.enqueue([request(1), request(2)]);
  expect(await registry.metrics()).toContain('consilium_queue_jobs{queue="work",state="waiting"} 2');
  gate.shut();
  expect(await registry.metrics()).not.toContain('consilium_queue_jobs{');
});
