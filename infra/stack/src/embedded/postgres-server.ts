import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chown, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initdbOptions, postgresOwner, postgresSettings } from '../postgres-settings.ts';
import { diskFull, StackUnavailable } from '../stack-unavailable.ts';
import type { EmbeddedServer } from './embedded-server.ts';
import type { Account } from './postgres-account.ts';
import { makeClusterFolder } from './postgres-folders.ts';
import { clearStaleLock, postmasterIsReady } from './postmaster-file.ts';
import { runToEnd } from './run-to-end.ts';

const postgresMajor = '18';
const initTimeoutMs = 120_000;
/** A cluster killed under load replays up to a checkpoint's worth of journal. */
const startTimeoutMs = 120_000;

export interface PostgresSettings {
  /** Holds bin, lib and share. */
  readonly binaries: string;
  readonly cluster: string;
  readonly account: Account | undefined;
  readonly port: number;
  readonly password: string;
  /** Skips the flush at the end of initdb, not those of the running server. */
  readonly disposable: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

export async function preparePostgres(settings: PostgresSettings): Promise<EmbeddedServer> {
  const { cluster, port, password } = settings;
  if (!existsSync(cluster) || readdirSync(cluster).length === 0) await createCluster(settings);
  refuseForeignCluster(cluster);
  return {
    server: 'postgres',
    port,
    ports: [port],
    dataDirectory: cluster,
    startTimeoutMs,
    url: `postgresql://${postgresOwner}:${password}@127.0.0.1:${port}/${postgresOwner}`,
    beforeLaunch: () => clearStaleLock(cluster),
    program: () => ({
      command: program(settings, 'postgres'),
      args: ['-D', cluster, '-p', String(port), ...serverSettings.flatMap((setting) => ['-c', setting])],
      environment: postgresEnvironment(settings),
      workingDirectory: cluster,
      // Fast shutdown: sessions are ended, then a checkpoint is written. SIGTERM would wait for clients to leave.
      gentleSignal: 'SIGINT',
      account: settings.account,
    }),
    isReady: (pid) => Promise.resolve(postmasterIsReady(cluster, pid)),
    symptoms: {
      portClash: /could not bind IPv4 address|Address already in use/i,
      // The sessions of a killed postmaster need a moment to notice.
      passing: /pre-existing shared memory block .* is still in use/i,
      telling: /\b(PANIC|FATAL|ERROR):/,
    },
  };
}

/** No Unix socket, so none can be left behind. */
const serverSettings: readonly string[] = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  ...postgresSettings,
];

function program({ binaries }: PostgresSettings, name: string): string {
  return join(binaries, 'bin', name);
}

/** Nothing of the caller's PG* variables may leak in: PGDATA, PGPORT and others would change what is run. */
function postgresEnvironment({ environment }: PostgresSettings): Readonly<Record<string, string | undefined>> {
  return { PATH: environment['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

/** Built beside the final place and moved there last, so an interrupted creation is simply done again. */
async function createCluster(settings: PostgresSettings): Promise<void> {
  const { cluster, account, password } = settings;
  const partial = `${cluster}.partial`;
  const passwordFile = `${cluster}.pwfile`;
  await rm(partial, { recursive: true, force: true });
  await makeClusterFolder(partial, account);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== undefined) await chown(passwordFile, account.uid, account.gid);
  try {
    await run(settings, partial, 'initdb', [
      ...['--pgdata', partial, '--username', postgresOwner, '--pwfile', passwordFile],
      ...['--auth-host=scram-sha-256', '--auth-local=reject', '--no-instructions', ...initdbOptions],
      ...(settings.disposable ? ['--no-sync'] : []),
    ]);
    await run(
      settings,
      partial,
      'postgres',
      ['--single', '-D', partial, 'postgres'],
      `CREATE DATABASE ${postgresOwner}\n`,
    );
    await rm(cluster, { recursive: true, force: true });
    await rename(partial, cluster);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(partial, { recursive: true, force: true });
  }
}

async function run(
  settings: PostgresSettings,
  folder: string,
  name: string,
  args: readonly string[],
  input = '',
): Promise<void> {
  const { code, output } = await runToEnd(program(settings, name), args, {
    environment: postgresEnvironment(settings),
    timeoutMs: initTimeoutMs,
    workingDirectory: folder,
    account: settings.account,
    signal: settings.signal,
    input,
  });
  if (code === 0) return;
  if (/No space left on device/i.test(output)) throw diskFull(folder);
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((one) => /error|fatal|panic/i.test(one)) ?? lines.at(-1) ?? 'it printed nothing';
  throw new StackUnavailable(
    'server-failed',
    `A new PostgreSQL cluster could not be made in ${folder}, ${name} said "${line.trim().slice(0, 300)}"`,
    'remove the cause, or start a Docker engine, or set DATABASE_URL',
  );
}

/** Throws when the folder is not a cluster of this major version. */
function refuseForeignCluster(cluster: string): void {
  const file = join(cluster, 'PG_VERSION');
  const version = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (version === postgresMajor) return;
  if (version !== undefined && /^\d+(\.\d+)?$/.test(version)) {
    throw new StackUnavailable(
      'data-other-version',
      `The data folder ${cluster} was written by PostgreSQL ${version}, and this is PostgreSQL ${postgresMajor}`,
      `dump it with PostgreSQL ${version} and restore the dump here, or move the folder away to begin anew`,
    );
  }
  throw new StackUnavailable(
    'data-corrupt',
    `The data folder of PostgreSQL, ${cluster}, has ${version === undefined ? 'no' : 'a broken'} PG_VERSION file`,
    'restore the folder from a backup, or move it away to begin anew with an empty journal',
  );
}
