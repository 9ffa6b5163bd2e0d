import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DataFolder } from './embedded/data-folder.ts';
import { refuseFullDisk, startEmbedded, type StartedServer } from './embedded/embedded-stack.ts';
import type { EmbeddedServerHandle } from './embedded/server-handle.ts';
import { stopOrder } from './embedded/watchdog-protocol.ts';
import { Watchdog } from './embedded/watchdog.ts';
import {
  serverNames,
  type RunningStack,
  type ServerChoice,
  type ServerName,
  type StackOptions,
} from './running-stack.ts';

export async function startStack(options: StackOptions): Promise<RunningStack> {
  const path = await dataDirectory(options);
  const disposable = options.purpose === 'test';
  const folder = await DataFolder.occupy(path);
  const watchdog = new Watchdog(disposable ? [path] : []);
  const handles = new Set<EmbeddedServerHandle>();
  const stop = async (): Promise<void> => {
    for (const server of stopOrder) {
      const own = [...handles].filter((handle) => handle.server === server);
      await Promise.all(own.map((handle) => (disposable ? handle.discard() : handle.stop())));
    }
    folder.vacate();
    if (disposable) await rm(path, { recursive: true, force: true, maxRetries: 3 });
    watchdog.release();
  };
  const report = progressOf(options);
  try {
    await refuseFullDisk(path, options.minimumFreeBytes);
    const context = {
      ...{ options, folder, report },
      keeper: {
        watch: (process: Parameters<Watchdog['watch']>[0]) => {
          watchdog.watch(process);
          folder.watch(process);
        },
        forget: (pid: number) => {
          watchdog.forget(pid);
          folder.forget(pid);
        },
      },
      refuges: disposable ? [join(path, '..')] : ['/var/lib/consilium'],
      onHandle: (handle: EmbeddedServerHandle) => handles.add(handle),
    };
    const [postgres, kafka, redis] = await all([
      startEmbedded('postgres', context),
      startEmbedded('kafka', context),
      startEmbedded('redis', context),
    ]);
    return {
      urls: { databaseUrl: postgres.handle.url, kafkaBrokers: kafka.handle.url, redisUrl: redis.handle.url },
      chosen: [choice(postgres), choice(kafka), choice(redis)],
      servers: { postgres: postgres.handle, kafka: kafka.handle, redis: redis.handle },
      dataDirectory: path,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for every start, failed ones included, so that a stop afterwards meets all of them. */
async function all<Started extends readonly Promise<StartedServer>[]>(
  starts: readonly [...Started],
): Promise<{ [Index in keyof Started]: StartedServer }> {
  await Promise.allSettled(starts);
  return Promise.all(starts);
}

function choice({ handle, origin }: StartedServer): ServerChoice {
  return { server: handle.server, how: 'embedded', why: origin };
}

async function dataDirectory(options: StackOptions): Promise<string> {
  const given = options.dataDirectory ?? options.environment['CONSILIUM_DATA'];
  if (given !== undefined && given !== '') return resolve(given);
  if (options.purpose === 'run') return join(options.repositoryRoot, '.consilium');
  const folder = await mkdtemp(join(tmpdir(), 'consilium-test-'));
  await chmod(folder, 0o711);
  return folder;
}

function progressOf(options: StackOptions): (server: ServerName, message: string, fraction: number) => void {
  const fractions = new Map<ServerName, number>();
  return (server, message, fraction) => {
    fractions.set(server, Math.max(fraction, fractions.get(server) ?? 0));
    const total = serverNames.reduce((sum, name) => sum + (fractions.get(name) ?? 0), 0) / serverNames.length;
    options.onProgress?.({ server, message, fraction: total });
  };
}
