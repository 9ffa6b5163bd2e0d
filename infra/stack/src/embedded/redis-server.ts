import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddedServer } from './embedded-server.ts';
import { redisAnswers } from './redis-answers.ts';

const startTimeoutMs = 30_000;

export interface RedisSettings {
  readonly program: string;
  readonly directory: string;
  readonly port: number;
  readonly password: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Redis or Valkey for BullMQ: nothing may be evicted, and a crash loses at most a second of jobs. */
export async function prepareRedis(settings: RedisSettings): Promise<EmbeddedServer> {
  const { directory, port, password } = settings;
  const configuration = join(directory, 'redis.conf');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(configuration, redisConfiguration(settings), { mode: 0o600 });
  return {
    server: 'redis',
    port,
    ports: [port],
    dataDirectory: directory,
    startTimeoutMs,
    url: `redis://:${password}@127.0.0.1:${port}`,
    beforeLaunch: () => Promise.resolve(),
    program: () => ({
      command: settings.program,
      args: [configuration],
      environment: settings.environment,
      workingDirectory: directory,
      gentleSignal: 'SIGTERM',
    }),
    isReady: () => redisAnswers('127.0.0.1', port, password),
    symptoms: {
      portClash: /Address already in use/i,
      telling: /Bad file format|Fatal|Error|Can't|Failed|Unrecoverable|corrupt/i,
    },
  };
}

/** Without a password any local user could make this server write files in the name of its owner. */
function redisConfiguration({ directory, port, password }: RedisSettings): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${directory}"`,
    'daemonize no',
    'databases 16',
    'maxmemory-policy noeviction',
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    '',
  ].join('\n');
}
