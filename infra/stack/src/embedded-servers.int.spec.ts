/** The three real servers: what they promise, and that each survives being bounced, on the same port with the same data. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { Client } from 'pg';
import { isAlive, identifyProcess } from './embedded/process-identity.ts';
import { serverNames, type RunningStack, type ServerHandle, type StackProgress } from './running-stack.ts';
import { startStack } from './start-stack.ts';

// A Kafka that was killed takes some seconds to be admitted again.
jest.setTimeout(120_000);

const topic = 'embedded-servers-spec';
const folder = mkdtempSync(join(tmpdir(), 'consilium-servers-'));
const progress: StackProgress[] = [];
const lost: string[] = [];
let stack: RunningStack;
// The user that Postgres runs as must pass through.
chmodSync(folder, 0o711);

const start = (): Promise<RunningStack> =>
  startStack({
    purpose: 'run',
    repositoryRoot: folder,
    dataDirectory: join(folder, 'data'),
    environment: {
      ...process.env,
      CONSILIUM_STACK: 'embedded',
      DATABASE_URL: '',
      KAFKA_BROKERS: '',
      REDIS_URL: '',
    },
    onProgress: (step) => progress.push(step),
    onServerLost: ({ message }) => lost.push(message),
  });

beforeAll(async () => {
  stack = await start();
});
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function inPostgres<Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer> {
  const client = new Client({ connectionString: stack.urls.databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function inRedis<Answer>(work: (client: Redis) => Promise<Answer>): Promise<Answer> {
  const client = new Redis(stack.urls.redisUrl, { lazyConnect: true, maxRetriesPerRequest: 0 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

function kafka(): Kafka {
  return new Kafka({ brokers: stack.urls.kafkaBrokers.split(','), logLevel: logLevel.NOTHING });
}

async function writeEverywhere(value: string): Promise<void> {
  await inPostgres(async (client) => {
    await client.query('CREATE TABLE IF NOT EXISTS written (value text)');
    await client.query('INSERT INTO written VALUES ($1)', [value]);
  });
  await inRedis((client) => client.rpush('written', value));
  const admin = kafka().admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }] });
  await admin.disconnect();
  const producer = kafka().producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, acks: -1, messages: [{ key: 'k', value }] });
  await producer.disconnect();
}

/** How many values each server holds. */
async function countEverywhere(): Promise<Record<string, number>> {
  const postgres = await inPostgres((client) => client.query('SELECT value FROM written'));
  const redis = await inRedis((client) => client.llen('written'));
  const admin = kafka().admin();
  await admin.connect();
  const [partition] = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  return { postgres: postgres.rows.length, kafka: Number(partition?.high), redis };
}

function handles(): readonly ServerHandle[] {
  return serverNames.flatMap((server) => stack.servers[server] ?? []);
}

describe('the embedded stack', () => {
  it('says what it chose and why, and how far it was', () => {
    expect(stack.chosen.map(({ server, how }) => `${server} ${how}`)).toEqual([
      'postgres embedded',
      'kafka embedded',
      'redis embedded',
    ]);
    for (const { why } of stack.chosen) expect(why).toMatch(/^CONSILIUM_STACK is embedded; \S/);
    expect(progress.at(-1)?.fraction).toBe(1);
    expect(progress.map(({ fraction }) => fraction)).toEqual(
      progress.map(({ fraction }) => fraction).toSorted((a, b) => a - b),
    );
  });

  it('runs PostgreSQL 18 with durability on and passwords asked for', async () => {
    const settings = await inPostgres(async (client) => {
      const { rows } = await client.query<{ name: string; setting: string }>(
        `SELECT name, setting FROM pg_settings WHERE name = ANY ($1)`,
        [
          [
            'server_version_num',
            'fsync',
            'synchronous_commit',
            'full_page_writes',
            'max_connections',
            'listen_addresses',
          ],
        ],
      );
      return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
    });
    expect(settings).toEqual({
      server_version_num: expect.stringMatching(/^18\d{4}$/),
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      max_connections: '200',
      listen_addresses: '127.0.0.1',
    });
    const url = new URL(stack.urls.databaseUrl);
    url.password = 'wrong';
    await expect(new Client({ connectionString: url.href }).connect()).rejects.toMatchObject({ code: '28P01' });
  });

  it('runs Redis for queues: nothing evicted, appended to disk, passwords asked for', async () => {
    const policy = await inRedis((client) => client.config('GET', 'maxmemory-policy'));
    const appended = await inRedis((client) => client.config('GET', 'append*'));
    expect(policy).toEqual(['maxmemory-policy', 'noeviction']);
    expect(appended).toEqual(expect.arrayContaining(['yes', 'everysec']));
    const url = new URL(stack.urls.redisUrl);
    const stranger = new Redis({ port: Number(url.port), lazyConnect: true, retryStrategy: () => null });
    stranger.on('error', () => undefined);
    await expect(stranger.ping()).rejects.toThrow();
    stranger.disconnect();
  });

  it('runs a Kafka that creates no topic by accident', async () => {
    const admin = kafka().admin();
    await admin.connect();
    try {
      await expect(admin.fetchTopicMetadata({ topics: ['never-created'] })).rejects.toMatchObject({
        type: 'UNKNOWN_TOPIC_OR_PARTITION',
      });
    } finally {
      await admin.disconnect();
    }
  });

  it('keeps what was acknowledged when every server is killed, and serves it on the same ports', async () => {
    await writeEverywhere('before the kill');
    const pids = handles().map(({ pid }) => identifyProcess(pid ?? -1));
    const urls = { ...stack.urls };

    await Promise.all(handles().map((handle) => handle.kill()));
    expect(pids.map((identity) => identity !== undefined && isAlive(identity))).toEqual([false, false, false]);
    expect(handles().map(({ running, pid }) => [running, pid])).toEqual(Array(3).fill([false, undefined]));
    await Promise.all(handles().map((handle) => handle.start()));

    expect(stack.urls).toEqual(urls);
    expect(await countEverywhere()).toEqual({ postgres: 1, kafka: 1, redis: 1 });
    expect(lost).toEqual([]);
  });

  it('waits for the last session of a killed Postgres before it starts another on the same data', async () => {
    const client = new Client({ connectionString: stack.urls.databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const session = rows[0]?.pid ?? -1;
    process.kill(session, 'SIGSTOP');
    await stack.servers.postgres?.kill();
    const starting = stack.servers.postgres?.start().then(() => 'started');
    expect(await Promise.race([starting, new Promise((resolve) => setTimeout(resolve, 500, 'waiting'))])).toBe(
      'waiting',
    );
    process.kill(session, 'SIGCONT');
    expect(await starting).toBe('started');
  });

  it('does what is asked of a server one after the other', async () => {
    const quick = handles().filter(({ server }) => server !== 'kafka');
    const before = quick.map(({ pid }) => pid);
    await Promise.all(quick.flatMap((handle) => [handle.stop(), handle.start(), handle.start(), handle.restart()]));
    const after = quick.map(({ pid }) => pid);
    expect(after).toEqual([expect.any(Number), expect.any(Number)]);
    for (const [index, pid] of after.entries()) expect(pid).not.toBe(before[index]);
    expect(await countEverywhere()).toEqual({ postgres: 1, kafka: 1, redis: 1 });
  });

  it('tells of a server that goes away by itself, with its last words', async () => {
    const pid = stack.servers.redis?.pid ?? -1;
    process.kill(pid, 'SIGTERM');
    while (lost.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(lost).toEqual([
      expect.stringMatching(/^Redis ended with code 0, its last words were ".*": read .*redis\.log, or move /),
    ]);
    expect(readFileSync(stack.servers.redis?.logFile ?? '', 'utf8')).toContain('Received SIGTERM');
    await stack.servers.redis?.start();
    expect(await inRedis((client) => client.llen('written'))).toBe(1);
  });

  it('finds ports, passwords and data again at the next start', async () => {
    const urls = { ...stack.urls };
    await stack.stop();
    stack = await start();
    expect(stack.urls).toEqual(urls);
    expect(await countEverywhere()).toEqual({ postgres: 1, kafka: 1, redis: 1 });
  });
});
