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
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function commandLine(pid: number): string {
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-ww', '-p', String(pid)], {
    encoding: 'utf8',
    timeout: 5_000,
  });
  return stdout;
}
