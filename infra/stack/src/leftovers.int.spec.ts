/** Nothing outlives its owner: kill -9 of the owner, of the watchdog too, and of an owner whose folder is used again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { postgresAnswers } from './docker/postgres-answers.ts';
import { identifyProcess, isAlive, type ProcessIdentity } from './embedded/process-identity.ts';
import { startStack } from './start-stack.ts';

// Several starts a test, on a machine that may have other work.
jest.setTimeout(60_000);

let folder: string;
/** Stands in for Kafka, which takes longest to start and is held by the same watchdog as the others. */
let brokers: Server;
const children: ChildProcess[] = [];

// One folder for all: making a cluster takes longer than all else here.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-leftovers-'));
  // The user that Postgres runs as must pass through.
  chmodSync(folder, 0o711);
  brokers = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => brokers.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) {
      await new Promise((resolve) => child.once('exit', resolve));
    }
  }
});
afterAll(() => {
  brokers.close();
  rmSync(folder, { recursive: true, force: true });
});

/** For cases in which one server, the quickest, is as good as two. */
const onlyRedis = (): NodeJS.ProcessEnv => ({ DATABASE_URL: `postgres://${environment()['KAFKA_BROKERS'] ?? ''}/x` });

function environment(): NodeJS.ProcessEnv {
  const { port } = brokers.address() as AddressInfo;
  const own = { CONSILIUM_STACK: 'embedded', DATABASE_URL: '', REDIS_URL: '', KAFKA_BROKERS: `127.0.0.1:${port}` };
  return { ...process.env, ...own, NODE_OPTIONS: '', TMPDIR: folder };
}

interface Owner {
  readonly child: ChildProcess;
  readonly urls: { readonly databaseUrl: string; readonly redisUrl: string };
  readonly servers: readonly ProcessIdentity[];
  readonly watchdog: ProcessIdentity;
}

/** Runs the command and waits for its line of JSON. */
async function startOwner(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Owner> {
  const program = fileURLToPath(new URL('./stack-command.ts', import.meta.url));
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...environment(), ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      resolve(chunk.toString());
    });
    child.once('exit', () => {
      reject(new Error(errors));
    });
  });
  const urls = JSON.parse(line) as Owner['urls'];
  const data = args.includes('--data') ? join(folder, 'data') : testFolders()[0];
  const left = JSON.parse(readFileSync(join(data ?? '', 'running.json'), 'utf8')) as { processes: ProcessIdentity[] };
  return { child, urls, servers: left.processes, watchdog: watchdogOf(child.pid ?? -1) };
}

function watchdogOf(owner: number): ProcessIdentity {
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const status = readOrNothing(`/proc/${name}/status`);
    if (!new RegExp(`^PPid:\t${owner}$`, 'm').test(status)) continue;
    const identity = identifyProcess(Number(name));
    if (identity !== undefined && readOrNothing(`/proc/${name}/cmdline`).includes('watchdog-main')) return identity;
  }
  throw new Error('no watchdog was found');
}

function readOrNothing(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function testFolders(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('consilium-test-'))
    .map((name) => join(folder, name));
}

async function kill({ child }: Owner): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Jest's own limit ends the wait when it never becomes true. */
async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(20);
}

const data = (): readonly string[] => ['--data', join(folder, 'data')];
const noneLeft = ({ servers, watchdog }: Owner): boolean => ![...servers, watchdog].some(isAlive);

describe('when the owner of a stack dies', () => {
  it('of kill -9, the watchdog stops the servers in order, and the data serve the next start', async () => {
    const owner = await startOwner(data());
    expect(owner.servers).toHaveLength(2);
    await kill(owner);
    await eventually(() => noneLeft(owner));
    // An orderly stop: Postgres removes its lock file then, and only then.
    expect(existsSync(join(folder, 'data', 'postgres', 'postmaster.pid'))).toBe(false);
    const next = await startOwner(data());
    expect(next.urls).toEqual(owner.urls);
  });

  it('together with its watchdog, the next start ends what is left before it begins', async () => {
    const owner = await startOwner(data());
    process.kill(owner.watchdog.pid, 'SIGSTOP');
    await kill(owner);
    process.kill(owner.watchdog.pid, 'SIGKILL');
    expect(owner.servers.filter(isAlive)).toHaveLength(2);
    const next = await startOwner(data());
    expect(owner.servers.filter(isAlive)).toEqual([]);
    expect(next.urls).toEqual(owner.urls);
    expect(await postgresAnswers('127.0.0.1', Number(new URL(next.urls.databaseUrl).port))).toBe(true);
  });

  it('a test stack goes with its folder, also when nobody but the next test stack can tell', async () => {
    const owner = await startOwner(['--test'], onlyRedis());
    await kill(owner);
    await eventually(() => noneLeft(owner) && testFolders().length === 0);

    const second = await startOwner(['--test'], onlyRedis());
    process.kill(second.watchdog.pid, 'SIGSTOP');
    await kill(second);
    process.kill(second.watchdog.pid, 'SIGKILL');
    const abandoned = testFolders();
    expect(abandoned).toHaveLength(1);
    await startOwner(['--test'], onlyRedis());
    expect(second.servers.filter(isAlive)).toEqual([]);
    expect(testFolders().filter((name) => abandoned.includes(name))).toEqual([]);
  });

  it('a watchdog that is killed alone is replaced', async () => {
    const owner = await startOwner(data());
    process.kill(owner.watchdog.pid, 'SIGKILL');
    await eventually(() => {
      try {
        return watchdogOf(owner.child.pid ?? -1).pid !== owner.watchdog.pid;
      } catch {
        return false;
      }
    });
    await kill(owner);
    await eventually(() => noneLeft(owner));
  });
});

describe('signals', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s stops everything in order', async (signal) => {
    const owner = await startOwner(data());
    const ended = new Promise((resolve) => owner.child.once('exit', resolve));
    owner.child.kill(signal);
    expect(await ended).toBe(0);
    await eventually(() => noneLeft(owner));
    expect(existsSync(join(folder, 'data', 'postgres', 'postmaster.pid'))).toBe(false);
    expect(existsSync(join(folder, 'data', 'running.json'))).toBe(false);
  });

  it('give up a start half way', async () => {
    const interruption = new AbortController();
    const starting = startStack({
      purpose: 'test',
      repositoryRoot: folder,
      dataDirectory: folder,
      environment: environment(),
      signal: interruption.signal,
      onProgress: ({ message }) => {
        if (message === 'starting PostgreSQL') interruption.abort();
      },
    });
    await expect(starting).rejects.toMatchObject({ reason: 'interrupted' });
    expect(testFolders()).toEqual([]);
  });
});

describe('a data folder', () => {
  it('has one owner at a time', async () => {
    const owner = await startOwner(data());
    const second = startStack({
      ...{ purpose: 'run', repositoryRoot: folder, dataDirectory: join(folder, 'data'), environment: environment() },
    });
    await expect(second).rejects.toMatchObject({
      reason: 'already-running',
      sentence: `The data folder ${join(folder, 'data')} is in use by process ${owner.child.pid ?? -1}`,
    });
    expect(owner.servers.filter(isAlive)).toHaveLength(2);
  });

  it('never leads to a stranger being ended whose process id stands in an old record', async () => {
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    children.push(stranger);
    const pid = stranger.pid ?? -1;
    const owner = await startOwner(data());
    await kill(owner);
    await eventually(() => noneLeft(owner));
    const record = { pid, born: 'another boot/1', server: 'redis', gentleSignal: 'SIGKILL' };
    writeFileSync(
      join(folder, 'data', 'running.json'),
      JSON.stringify({ owner: { pid, born: 'another boot/1' }, processes: [record] }),
    );
    // Postgres itself would refuse to start on such a lock file as long as that process lives.
    writeFileSync(join(folder, 'data', 'postgres', 'postmaster.pid'), `${pid}\n${join(folder, 'data', 'postgres')}\n`);
    await startOwner(data());
    expect(identifyProcess(pid)).toBeDefined();
  });
});
