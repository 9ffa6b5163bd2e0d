/** Each thing that can be wrong ends in one sentence with its remedy, and leaves nothing running. */
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { isPortFree } from './embedded/free-port.ts';
import type { RunningStack, StackOptions } from './running-stack.ts';
import { startStack } from './start-stack.ts';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'consilium-failures-'));
const data = join(folder, 'data');
/** Accepts connections and nothing more; stands in for the servers that a case is not about. */
let standIn: Server;
let standInPort = 0;

beforeAll(async () => {
  // The user that Postgres runs as must pass through.
  chmodSync(folder, 0o711);
  standIn = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => standIn.listen(0, '127.0.0.1', resolve));
  standInPort = (standIn.address() as AddressInfo).port;
  const stack = await start({});
  await stack.stop();
});
afterAll(() => {
  standIn.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Postgres and Redis on the folder of this file, with Kafka given, unless the case says otherwise. */
function start(
  environment: Readonly<Record<string, string>>,
  options: Partial<StackOptions> = {},
): Promise<RunningStack> {
  const own = {
    CONSILIUM_STACK: 'embedded',
    DATABASE_URL: '',
    REDIS_URL: '',
    KAFKA_BROKERS: `127.0.0.1:${standInPort}`,
  };
  return startStack({
    ...{ purpose: 'run', repositoryRoot: folder, dataDirectory: data },
    environment: { ...process.env, ...own, ...environment },
    ...options,
  });
}

const onlyPostgres = (): { REDIS_URL: string } => ({ REDIS_URL: `redis://127.0.0.1:${standInPort}` });
const onlyRedis = (): { DATABASE_URL: string } => ({ DATABASE_URL: `postgres://127.0.0.1:${standInPort}/x` });
const onlyKafka = (): Record<string, string> => ({ ...onlyPostgres(), ...onlyRedis(), KAFKA_BROKERS: '' });

/** Every server works in a folder below the data folder, whatever it calls itself. */
function runningBelow(path: string): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`).startsWith(path);
    } catch {
      return false;
    }
  });
}

/** The failure, after making sure that nothing of the stack runs and the folder may be used again. */
async function failure(starting: Promise<RunningStack>): Promise<unknown> {
  const outcome = await starting.then(
    async (stack) => stack.stop().then(() => 'started'),
    (error: unknown) => error,
  );
  expect(runningBelow(folder)).toEqual([]);
  expect(existsSync(join(data, 'running.json'))).toBe(false);
  return outcome;
}

async function without(file: string, work: () => Promise<void>): Promise<void> {
  renameSync(file, `${file}.away`);
  try {
    await work();
  } finally {
    rmSync(file, { recursive: true, force: true });
    renameSync(`${file}.away`, file);
  }
}

describe('a port that is demanded', () => {
  it('and taken', async () => {
    expect(await failure(start(onlyPostgres(), { ports: { postgres: standInPort } }))).toMatchObject({
      reason: 'port-taken',
      message:
        `Port ${standInPort} of 127.0.0.1, which PostgreSQL was told to use, is taken by another program: ` +
        'stop that program or choose another port.',
    });
  });

  it('and free is used', async () => {
    const port = 19_876;
    expect(await isPortFree(port)).toBe(true);
    const stack = await start(onlyRedis(), { ports: { redis: port } });
    expect([stack.servers.redis?.port, new URL(stack.urls.redisUrl).port]).toEqual([port, String(port)]);
    await stack.stop();
  });
});

describe('a remembered port', () => {
  it('that is taken by now gives way to another', async () => {
    const first = await start(onlyRedis());
    const { port = -1 } = first.servers.redis ?? {};
    await first.stop();
    const squatter = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const second = await start(onlyRedis());
    expect(second.servers.redis?.port).not.toBe(port);
    await second.stop();
    squatter.close();
  });
});

describe('the disk', () => {
  it('without room', async () => {
    expect(await failure(start({}, { minimumFreeBytes: Number.MAX_SAFE_INTEGER }))).toMatchObject({
      reason: 'disk-full',
      message: expect.stringMatching(new RegExp(`^The disk that holds ${data} is full: free at least 1 GB there`)),
    });
  });
});

describe('the data folder of PostgreSQL', () => {
  const cluster = join(data, 'postgres');

  it('without its version file', async () => {
    await without(join(cluster, 'PG_VERSION'), async () => {
      expect(await failure(start({}))).toMatchObject({
        reason: 'data-corrupt',
        message:
          `The data folder of PostgreSQL, ${cluster}, has no PG_VERSION file: ` +
          'restore the folder from a backup, or move it away to begin anew with an empty journal.',
      });
    });
  });

  it('of another major version', async () => {
    await without(join(cluster, 'PG_VERSION'), async () => {
      writeFileSync(join(cluster, 'PG_VERSION'), '16\n');
      expect(await failure(start({}))).toMatchObject({
        reason: 'data-other-version',
        sentence: `The data folder ${cluster} was written by PostgreSQL 16, and this is PostgreSQL 18`,
      });
    });
  });

  it('with a missing control file is quoted in the words of Postgres', async () => {
    await without(join(cluster, 'global', 'pg_control'), async () => {
      expect(await failure(start({}))).toMatchObject({
        reason: 'server-failed',
        sentence: expect.stringMatching(
          /^PostgreSQL ended with code 2, its last words were ".*could not open file ".*global\/pg_control"/,
        ),
        remedy: `read ${join(data, 'logs', 'postgres.log')}, or move ${cluster} away to begin with an empty PostgreSQL`,
      });
    });
  });

  it('begun by an initdb that was killed is begun again', async () => {
    await without(cluster, async () => {
      mkdirSync(join(`${cluster}.partial`, 'base'), { recursive: true });
      const stack = await start(onlyPostgres());
      expect(existsSync(join(cluster, 'PG_VERSION'))).toBe(true);
      await stack.stop();
    });
  });

  it('below a folder that the user postgres cannot enter goes to a refuge, and its remains with it', async () => {
    if (userInfo().uid !== 0) {
      process.stderr.write('not run: only root starts Postgres as another user\n');
      return;
    }
    const closed = mkdtempSync(join(folder, 'closed-'));
    const stack = await start(onlyPostgres(), { purpose: 'test', dataDirectory: closed });
    const why = stack.chosen.find(({ server }) => server === 'postgres')?.why ?? '';
    const refuge = / cannot enter the checkout, so it works in (\S+)$/.exec(why)?.[1] ?? '';
    const clusters = readdirSync(refuge).filter((name) => existsSync(join(refuge, name, 'postgres', 'PG_VERSION')));
    expect(clusters).not.toEqual([]);
    await stack.stop();
    expect(readdirSync(closed)).toEqual([]);
    rmSync(closed, { recursive: true });
    const left = readdirSync(refuge).filter((name) => existsSync(join(refuge, name, 'postgres', 'PG_VERSION')));
    expect(left).toHaveLength(clusters.length - 1);
  });
});

describe('the data folder of Kafka', () => {
  const broker = join(data, 'kafka', 'data');

  it.each([
    ['no', undefined],
    ['a broken', 'version=1\ncluster.id\n'],
  ])('with %s meta.properties', async (how, content) => {
    mkdirSync(join(broker, '__cluster_metadata-0'), { recursive: true });
    if (content !== undefined) writeFileSync(join(broker, 'meta.properties'), content);
    expect(await failure(start(onlyKafka()))).toMatchObject({
      reason: 'data-corrupt',
      message:
        `The data folder of Apache Kafka, ${broker}, has ${how} meta.properties: restore the folder from a backup, ` +
        'or move it away: events are published again from the journal in Postgres.',
    });
    rmSync(broker, { recursive: true });
  });
});

describe('the data folder of Redis', () => {
  it('with an append-only file that cannot be read is quoted in the words of Redis', async () => {
    const files = readdirSync(join(data, 'redis'), { recursive: true, encoding: 'utf8' });
    const appended = join(data, 'redis', files.find((name) => name.endsWith('.aof')) ?? '');
    appendFileSync(appended, 'this is no command\r\n'.repeat(100));
    expect(await failure(start({}))).toMatchObject({
      reason: 'server-failed',
      sentence: expect.stringMatching(
        /^Redis ended with code 1, its last words were ".*(Bad file format|Unrecoverable)/,
      ),
    });
    rmSync(join(data, 'redis'), { recursive: true });
  });
});

describe('what the stack itself remembers', () => {
  it('when it is broken', async () => {
    await without(join(data, 'stack.json'), async () => {
      writeFileSync(join(data, 'stack.json'), '{"ports":');
      expect(await failure(start({}))).toMatchObject({
        reason: 'data-corrupt',
        sentence: `${join(data, 'stack.json')}, which holds the passwords of the servers, is broken`,
      });
    });
  });
});

describe('a missing part', () => {
  it('stops the servers that had been started beside it', async () => {
    const environment = { KAFKA_BROKERS: '', PATH: join(folder, 'empty'), JAVA_HOME: '' };
    expect(await failure(start(environment, { purpose: 'test', dataDirectory: folder }))).toMatchObject({
      reason: 'java-missing',
    });
    expect(readdirSync(folder)).toEqual(['data']);
  });
});

describe('servers given by the environment', () => {
  it('are used as they are, and nothing is started', async () => {
    const urls = { ...onlyPostgres(), ...onlyRedis(), KAFKA_BROKERS: `127.0.0.1:${standInPort}` };
    const stack = await start(urls, { dataDirectory: join(folder, 'unused') });
    expect(stack.urls).toEqual({
      databaseUrl: urls.DATABASE_URL,
      kafkaBrokers: urls.KAFKA_BROKERS,
      redisUrl: urls.REDIS_URL,
    });
    expect(stack.chosen.map(({ how }) => how)).toEqual(['environment', 'environment', 'environment']);
    expect(stack.servers).toEqual({});
    expect(existsSync(join(folder, 'unused'))).toBe(false);
    await stack.stop();
  });

  it('that do not answer are named, and nothing is started', async () => {
    expect(await failure(start({ DATABASE_URL: 'postgres://user:secret@127.0.0.1:1/x' }))).toMatchObject({
      reason: 'environment-unreachable',
      message:
        'DATABASE_URL is set, but nothing answers at 127.0.0.1:1: ' +
        'start that server, or unset DATABASE_URL to have one started.',
    });
  });
});
