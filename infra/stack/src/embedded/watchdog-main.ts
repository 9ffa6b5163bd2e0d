/**
 * A small process of its own session that outlives the owner of a stack just long enough to end the servers. It holds
 * the read end of a pipe whose write end only the owner has: however the owner dies, kill -9 included, the pipe ends.
 *
 * If this process is killed too, the servers stay, and the next start reaps them from the record in the data folder.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { endProcess } from './process-identity.ts';
import { runToEnd } from './run-to-end.ts';
import {
  decodeWatchdogMessage,
  gentleStopMs,
  stopOrder,
  type GuardedProcess,
  type WatchdogMessage,
} from './watchdog-protocol.ts';

const commandTimeoutMs = 60_000;

const guarded = new Map<number, GuardedProcess>();
let removeFolders: readonly string[] = [];
const commands: Extract<WatchdogMessage, { type: 'runAtEnd' }>[] = [];
let released = false;

// A Ctrl-C or a closed terminal is the owner's business: it decides when the servers go.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);

for await (const line of createInterface({ input: process.stdin })) receive(line);
await endUnlessReleased();

async function endUnlessReleased(): Promise<void> {
  if (!released) await endEverything();
}

function receive(line: string): void {
  const message = decodeWatchdogMessage(line);
  switch (message?.type) {
    case undefined:
      return;
    case 'removeFolders':
      removeFolders = message.folders;
      return;
    case 'runAtEnd':
      commands.push(message);
      return;
    case 'watch':
      guarded.set(message.process.pid, message.process);
      return;
    case 'forget':
      guarded.delete(message.pid);
      return;
    case 'release':
      released = true;
      return;
    default:
      message satisfies never;
  }
}

async function endEverything(): Promise<void> {
  const disposable = removeFolders.length > 0;
  for (const server of stopOrder) {
    const processes = [...guarded.values()].filter((one) => one.server === server);
    await Promise.all(processes.map((one) => end(one, disposable)));
  }
  for (const { command, args } of commands) {
    await runToEnd(command, args, { environment: process.env, timeoutMs: commandTimeoutMs });
  }
  for (const folder of removeFolders) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function end(one: GuardedProcess, disposable: boolean): Promise<void> {
  if (!disposable) return endProcess(one, one.gentleSignal, gentleStopMs);
  // SIGQUIT is Postgres's immediate shutdown: no checkpoint, but its shared memory is given back.
  return endProcess(one, one.server === 'postgres' ? 'SIGQUIT' : 'SIGKILL', gentleStopMs);
}
