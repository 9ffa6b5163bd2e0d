import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, isTransient, readText } from '@consilium/postgres';

export interface Cluster {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A new cluster made by the programs of the running server, so that its transaction ids begin anew. Undefined where the server
 * is elsewhere (in a container, on another machine) and its programs are out of reach.
 */
export async function startYoungerCluster(server: Database): Promise<Cluster | undefined> {
  const [row] = await server.query({
    text: "SELECT setting AS programs, current_setting('data_directory') AS data FROM pg_config() WHERE name = 'BINDIR'",
  });
  if (row === undefined) return undefined;
  const [initdb, postgres] = ['initdb', 'postgres'].map((name) => join(readText(row, 'programs'), name));
  const data = readText(row, 'data');
  if (initdb === undefined || postgres === undefined || !existsSync(initdb) || !existsSync(data)) return undefined;

  const { uid, gid } = await stat(data);
  const folder = await mkdtemp(join(tmpdir(), 'consilium-restore-'));
  await chown(folder, uid, gid);
  const options: SpawnOptions = {
    cwd: folder,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    ...(process.getuid?.() === uid ? {} : { uid, gid }),
  };
  const cluster = join(folder, 'data');
  await ended(spawn(initdb, ['-D', cluster, '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--no-sync'], options));
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${String(port)}`];
  const running = spawn(postgres, ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])], options);
  const url = `postgres://owner@127.0.0.1:${String(port)}/postgres`;
  await answers(url, running);
  return {
    url,
    stop: async () => {
      const exit = once(running, 'exit');
      running.kill('SIGINT');
      await exit;
      await rm(folder, { recursive: true });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error(`initdb ended with ${String(child.exitCode)}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port was free');
  return address.port;
}

async function answers(url: string, running: ChildProcess): Promise<void> {
  const database = new Database({ url, applicationName: 'consilium-test' });
  for (;;) {
    if (running.exitCode !== null) throw new Error(`the new cluster ended with ${String(running.exitCode)}`);
    try {
      await database.query({ text: 'SELECT 1' });
      break;
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await database.close();
}
