import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
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
 * Postgres refuses to start while the process named in postmaster.pid lives and belongs to the same user, even when the
 * system has given that number to a stranger since. Only a process that was started on this very cluster counts.
 */
export async function clearStaleLock(cluster: string): Promise<void> {
  const pid = Number(readLines(cluster)[pidLine]);
  const identity = Number.isInteger(pid) && pid > 0 ? identifyProcess(pid) : undefined;
  if (identity === undefined) return;
  if (commandLine(pid).includes(cluster)) await endProcess(identity, 'SIGINT', gentleStopMs);
  else await rm(join(cluster, 'postmaster.pid'), { force: true });
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
