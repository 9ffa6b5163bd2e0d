import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A process id together with the instant of its birth. The id alone is reused by the system, so it is never enough to
 * send a signal on the strength of a file: the process may have become a stranger.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; equal for two readings of the same process, different for any other process. */
  readonly born: string;
}

const probeTimeoutMs = 5_000;
const pollMs = 20;

/** The identity of a live process; undefined when there is none, or only a zombie. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const born = process.platform === 'linux' ? bornOnLinux(pid) : bornByPs(pid);
  return born === undefined ? undefined : { pid, born };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.born === identity.born;
}

/** Sends the signal if, and only if, the process is still the one that was recorded. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch {
    // It went away between the check and the signal, which is what was wanted.
  }
}

/** True once the process is gone, false when it still lives after the time given. */
async function waitUntilGone(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (isAlive(identity)) {
    if (performance.now() > deadline) return false;
    await delay(pollMs);
  }
  return true;
}

/** The gentle signal first, SIGKILL when that does not help within graceMs. */
export async function endProcess(identity: ProcessIdentity, gentle: NodeJS.Signals, graceMs: number): Promise<void> {
  signalProcess(identity, gentle);
  if (await waitUntilGone(identity, graceMs)) return;
  signalProcess(identity, 'SIGKILL');
  await waitUntilGone(identity, probeTimeoutMs);
}

function bornOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the name in brackets, which may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    if (state === 'Z' || state === 'X') return undefined;
    // Field 22 of proc(5), counted in ticks since boot, hence the boot id beside it.
    return `${bootId()}/${fields[19] ?? ''}`;
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return '';
  }
}

function bornByPs(pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' },
    timeout: probeTimeoutMs,
  });
  const line = stdout.trim();
  const space = line.indexOf(' ');
  if (status !== 0 || space < 0 || line.startsWith('Z')) return undefined;
  return line.slice(space).trim();
}
