import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, type Stats } from 'node:fs';
import { chmod, chown, cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { StackUnavailable } from '../stack-unavailable.ts';
import type { Account } from './postgres-account.ts';
import { runToEnd } from './run-to-end.ts';

const probeTimeoutMs = 5_000;

/** Where data and binaries go when the account cannot reach the places wished for; tried in this order. */
export const refuges: readonly string[] = ['/var/lib/consilium', join(tmpdir(), 'consilium'), '/tmp/consilium'];

export interface PostgresFolders {
  /** Holds bin, lib and share. */
  readonly binaries: string;
  /** The cluster, in a parent that the account can pass through. */
  readonly cluster: string;
  /** Set when a folder had to be elsewhere than asked for. */
  readonly note?: string;
}

export interface FolderWish {
  readonly binaries: string;
  readonly cluster: string;
  /** Undefined where no other user is needed. */
  readonly account: Account | undefined;
  /** Tells the clusters of several checkouts apart in a refuge. */
  readonly stackId: string;
}

/**
 * Root starts Postgres as another user, who must be able to reach the binaries and the data: impossible below a folder
 * of mode 0700, such as a checkout in /root. Binaries are then copied and the cluster is kept in a refuge.
 */
export async function reachableFolders(wish: FolderWish): Promise<PostgresFolders> {
  const { binaries, cluster, account } = wish;
  if (account === undefined) return { binaries, cluster };
  const [seesBinaries, seesCluster] = await Promise.all([
    canReach(account, join(binaries, 'bin', 'postgres')),
    canReach(account, dirname(cluster)),
  ]);
  if (seesBinaries && seesCluster) return { binaries, cluster };
  const refuge = await firstUsable(account);
  if (refuge === undefined) throw unreachable(seesBinaries ? dirname(cluster) : binaries);
  const elsewhere = {
    binaries: seesBinaries ? binaries : await copyBinaries(binaries, refuge),
    cluster: seesCluster ? cluster : join(refugeOf(refuge, wish.stackId), 'postgres'),
  };
  await mkdir(dirname(elsewhere.cluster), { recursive: true, mode: 0o711 });
  return { ...elsewhere, note: `the user postgres cannot enter the checkout, so it works in ${refuge}` };
}

/** Creates the folder of a new cluster, owned by the account, readable by nobody else. */
export async function makeClusterFolder(folder: string, account: Account | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  if (account !== undefined) await chown(folder, account.uid, account.gid);
}

/** The folder of one stack in a refuge; it holds nothing but that stack's cluster. */
export function refugeOf(refuge: string, stackId: string): string {
  return join(refuge, stackId);
}

async function canReach(account: Account, path: string): Promise<boolean> {
  // Asking the system beats reading modes: access lists and mounts count too.
  const options = { environment: {}, timeoutMs: probeTimeoutMs, account, workingDirectory: '/' };
  const { code } = await runToEnd('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], options);
  return code === 0;
}

async function firstUsable(account: Account): Promise<string | undefined> {
  for (const refuge of refuges) {
    try {
      await mkdir(refuge, { recursive: true, mode: 0o711 });
      if (isOurs(await stat(refuge)) && (await canReach(account, refuge))) return refuge;
    } catch {
      // A read-only disk, or no right to write there: the next one may do.
    }
  }
  return undefined;
}

/** In a folder that others may write to, somebody could have put binaries of his own. */
function isOurs({ uid, mode }: Stats): boolean {
  return uid === userInfo().uid && (mode & 0o022) === 0;
}

/** Copied once a version. */
async function copyBinaries(binaries: string, refuge: string): Promise<string> {
  const target = join(refuge, `postgresql-${packageVersion(dirname(binaries))}`);
  if (existsSync(join(target, 'bin', 'postgres'))) return target;
  const partial = `${target}.partial-${randomUUID().slice(0, 8)}`;
  try {
    await cp(binaries, partial, { recursive: true, verbatimSymlinks: true });
    await chmod(partial, 0o755);
    await rename(partial, target);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return target;
}

/** Name and version of the npm package, as a part of a folder's name. */
function packageVersion(folder: string): string {
  const description: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const version = typeof description === 'object' && description !== null && 'version' in description;
  return `${basename(folder)}-${version ? String(description.version) : 'unknown'}`;
}

function unreachable(folder: string): StackUnavailable {
  return new StackUnavailable(
    'folder-unreachable',
    `PostgreSQL must run as the user postgres, who cannot reach ${folder}`,
    `open it (chmod o+x on ${folder} and the folders above it), move the checkout, start as another user than root, or set DATABASE_URL`,
  );
}
