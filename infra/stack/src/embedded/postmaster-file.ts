import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../error-code.ts';
import { endProcess, identifyProcess } from './process-identity.ts';
import { gentleStopMs } from './watchdog-protocol.ts';

/** Line numbers of postmaster.pid, from 0 (PostgreSQL, src/include/utils/pidfile.h). */
const pidLine = 0;
const statusLine = 7;

/** True once the postmaster with this id serves clients: the same sign that pg_ctl waits for. */
export function postmasterIsReady(cluster: string, pid: number): boolean {
  const lines = readLines(cluster);
  return Number(lines[pidLine]) === pid && lines[statusLine]?.trim() === 'ready';
}

/**
 * Postgres refuses to start while the number in postmaster.pid is that of any process of the same user: a stranger that
 * was given the number since, or the remains of a killed postmaster that nobody has waited for (common in containers
 * whose first process is no init). Only a live process that was started on this very cluster counts; it is ended.
 *
 * Sessions of a killed postmaster that still run are not overlooked: they hold the shared memory of the cluster, which
 * Postgres looks for by itself, with or without this file.
 */
export async function clearStaleLock(cluster: string): Promise<void> {
  const pid = Number(readLines(cluster)[pidLine]);
  if (!Number.isInteger(pid) || pid <= 0 || !isNumberInUse(pid)) return;
  const identity = identifyProcess(pid);
  if (identity !== undefined && commandLine(pid).includes(cluster)) await endProcess(identity, 'SIGINT', gentleStopMs);
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

function isNumberInUse(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function readLines(cluster: string): readonly string[] {
  return readOrNothing(join(cluster, 'postmaster.pid')).split('\n');
}

function commandLine(pid: number): string {
  // Slim images have no ps.
  if (process.platform === 'linux') return readOrNothing(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
  return spawnSync('ps', ['-o', 'command=', '-ww', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 }).stdout;
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
