/** The conversation with the docker command, held with a stand-in: no engine is needed, and none is touched. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RunningStack } from '../running-stack.ts';
import { startStack } from '../start-stack.ts';

jest.setTimeout(60_000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-compose-'));
  // The user that Postgres runs as must pass through.
  chmodSync(folder, 0o711);
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'docker-compose.yml'), 'services: {}\n');
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ services }));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const services = {
  postgres: { environment: { POSTGRES_PASSWORD: 'p' }, ports: [{ target: 5432, published: '15432' }] },
  kafka: { environment: { KAFKA_ADVERTISED_LISTENERS: 'HOST://localhost:29092' } },
  valkey: { ports: [{ target: 6379, published: '16379' }] },
};

/** Writes each call down and plays an engine on which postgres runs already. */
function dockerCommand(up: string): void {
  const script = `#!/bin/sh
    echo "$*" >> ${folder}/calls
    case "$*" in
      version*) echo 28.2.2 ;;
      *config*) echo 'WARN: a variable is not set' >&2; /bin/cat ${folder}/config.json ;;
      *"ps --services"*) echo postgres ;;
      *" up "*) ${up} ;;
      *logs*kafka*) echo 'a line of Kafka' ;;
    esac`;
  writeFileSync(join(folder, 'bin', 'docker'), script, { mode: 0o755 });
}

function calls(): readonly string[] {
  const text = existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8') : '';
  const prefix = `compose -f ${join(folder, 'docker-compose.yml')} `;
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.includes(' logs '))
    .map((line) => line.replace(prefix, ''));
}

function start(environment: Readonly<Record<string, string>> = {}): Promise<RunningStack> {
  const own = {
    DATABASE_URL: '',
    KAFKA_BROKERS: '',
    REDIS_URL: '',
    PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
  };
  return startStack({
    ...{ purpose: 'run', repositoryRoot: folder, dataDirectory: join(folder, 'data') },
    environment: { ...process.env, ...own, ...environment },
  });
}

describe('servers from docker compose', () => {
  it('are brought up, found, bounced, and stopped unless they ran before', async () => {
    dockerCommand('true');
    const stack = await start();
    expect(stack.chosen.map(({ how, why }) => `${how}: ${why}`)).toEqual(
      Array(3).fill('docker: a Docker engine (28.2.2) answers'),
    );
    expect(stack.urls).toEqual({
      databaseUrl: 'postgresql://postgres:p@127.0.0.1:15432/postgres',
      kafkaBrokers: 'localhost:29092',
      redisUrl: 'redis://127.0.0.1:16379',
    });
    await stack.servers.kafka?.kill();
    expect(stack.servers.kafka?.running).toBe(false);
    await stack.stop();
    expect(calls()).toEqual([
      'version --format {{.Server.Version}}',
      'config --format json',
      'ps --services --status running',
      'up --detach --wait postgres kafka valkey',
      'kill kafka',
      'stop kafka valkey',
    ]);
  });

  it('give way to embedded ones when they cannot be had and hold no data yet', async () => {
    dockerCommand('echo "failed to resolve reference docker.io/library/postgres" >&2; exit 1');
    await expect(start({ CONSILIUM_STACK: 'docker' })).rejects.toMatchObject({
      reason: 'docker-failed',
      message:
        'The servers could not be started with Docker (docker compose up said "failed to resolve reference ' +
        'docker.io/library/postgres"): remove the cause, or set CONSILIUM_STACK=embedded.',
    });
    const kafka = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => kafka.once('listening', resolve));
    const fallen = await start({ KAFKA_BROKERS: `127.0.0.1:${(kafka.address() as AddressInfo).port}` });
    expect(fallen.chosen.map(({ how }) => how)).toEqual(['embedded', 'environment', 'embedded']);
    expect(fallen.chosen[0]?.why).toMatch(/^The servers could not be started with Docker \(.*\); from the npm package/);
    await fallen.stop();
    kafka.close();
  });

  it('are waited for when their data are there', async () => {
    dockerCommand('true');
    await (await start()).stop();
    dockerCommand('exit 1');
    await expect(start()).rejects.toMatchObject({ reason: 'docker-failed' });
    rmSync(join(folder, 'bin', 'docker'));
    await expect(start({ PATH: join(folder, 'bin') })).rejects.toMatchObject({ reason: 'docker-gone' });
  });
});
