import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerName, ServerSource } from '../running-stack.ts';
import { StackUnavailable } from '../stack-unavailable.ts';
import { errorCode } from '../error-code.ts';
import { refugeOf, refuges } from './postgres-folders.ts';
import { endProcess, identifyProcess, isAlive, type ProcessIdentity } from './process-identity.ts';
import { gentleStopMs, stopOrder, type GuardedProcess } from './watchdog-protocol.ts';

const takeOverAttempts = 10;

/** What a stack keeps from one start to the next. */
export interface Remembered {
  /** Tells the data of this folder apart from those of another that later has the same path. */
  readonly stackId: string;
  readonly postgresPassword: string;
  readonly redisPassword: string;
  readonly ports: Partial<Readonly<Record<ServerName | 'kafkaController', number>>>;
  readonly sources: Partial<Readonly<Record<ServerName, ServerSource>>>;
}

/** Who uses the folder now: present while a stack runs, and left behind by one that was killed. */
interface Occupancy {
  readonly owner: ProcessIdentity;
  readonly processes: readonly GuardedProcess[];
}

/**
 * The folder of one stack. At most one process at a time owns it; the ids of the servers are on disk before anything
 * depends on them, so a later start can end what a killed owner and a killed watchdog left.
 */
export class DataFolder {
  readonly path: string;
  readonly #owner: ProcessIdentity;
  readonly #processes = new Map<number, GuardedProcess>();
  #remembered: Remembered;

  private constructor(path: string, owner: ProcessIdentity) {
    this.path = path;
    this.#owner = owner;
    this.#remembered = readRemembered(path);
    this.#writeRemembered();
  }

  /** Takes the folder, after ending the servers of an owner that no longer lives. */
  static async occupy(path: string): Promise<DataFolder> {
    // The user that Postgres runs as passes through here to its own folder, and may see nothing else. A folder that
    // was there before keeps the mode that somebody gave it.
    if (mkdirSync(path, { recursive: true }) !== undefined) chmodSync(path, 0o711);
    mkdirSync(join(path, 'logs'), { recursive: true, mode: 0o700 });
    const owner = identifyProcess(process.pid) ?? { pid: process.pid, born: '' };
    for (let attempt = 0; attempt < takeOverAttempts; attempt += 1) {
      if (claim(path, owner)) return DataFolder.#open(path, owner);
      await takeOver(path);
    }
    throw alreadyRunning(path, undefined);
  }

  static #open(path: string, owner: ProcessIdentity): DataFolder {
    try {
      return new DataFolder(path, owner);
    } catch (error) {
      rmSync(occupancyFile(path), { force: true });
      throw error;
    }
  }

  get remembered(): Remembered {
    return this.#remembered;
  }

  logFile(server: ServerName): string {
    return join(this.path, 'logs', `${server}.log`);
  }

  rememberPorts(ports: Remembered['ports']): void {
    this.#remembered = { ...this.#remembered, ports: { ...this.#remembered.ports, ...ports } };
    this.#writeRemembered();
  }

  rememberSources(sources: Remembered['sources']): void {
    this.#remembered = { ...this.#remembered, sources };
    this.#writeRemembered();
  }

  watch(process: GuardedProcess): void {
    this.#processes.set(process.pid, process);
    this.#writeOccupancy();
  }

  /** Never throws: a stop must go through on a full disk too, and a record of a dead process does no harm. */
  forget(pid: number): void {
    if (!this.#processes.delete(pid)) return;
    try {
      this.#writeOccupancy();
    } catch {
      // Whoever reads the record compares the birth of each process, and finds it gone.
    }
  }

  /** After everything was stopped: the next start finds a free folder. */
  vacate(): void {
    rmSync(occupancyFile(this.path), { force: true });
  }

  #writeRemembered(): void {
    replaceFile(rememberedFile(this.path), this.#remembered);
  }

  #writeOccupancy(): void {
    // A test stack's folder may be gone already when its last server is forgotten.
    if (!existsSync(this.path)) return;
    replaceFile(occupancyFile(this.path), occupancy(this.#owner, [...this.#processes.values()]));
  }
}

/** Everything that belongs to the stack of this folder: itself, and its places in the refuges of Postgres. */
export function foldersOf(path: string): readonly string[] {
  const stackId = decode<Remembered>(rememberedFile(path))?.stackId;
  return [path, ...(stackId === undefined ? [] : refuges.map((refuge) => refugeOf(refuge, stackId)))];
}

/** Ends what runs in the folder if its owner is dead. Answers whether the folder is now unused. */
export async function reapFolder(path: string): Promise<boolean> {
  const left = readOccupancy(path);
  if (left?.owner !== undefined && isAlive(left.owner)) return false;
  for (const server of stopOrder) {
    const processes = (left?.processes ?? []).filter((one) => one.server === server);
    await Promise.all(processes.map((one) => endProcess(one, one.gentleSignal, gentleStopMs)));
  }
  return true;
}

async function takeOver(path: string): Promise<void> {
  const before = readOccupancy(path);
  if (!(await reapFolder(path))) throw alreadyRunning(path, before?.owner?.pid);
  // Moved away rather than removed: if another starter was faster, the file is now its claim and is put back.
  const stale = `${occupancyFile(path)}.stale-${randomUUID()}`;
  try {
    renameSync(occupancyFile(path), stale);
  } catch {
    return;
  }
  const owner = decode<Occupancy>(stale)?.owner;
  if (owner !== undefined && isAlive(owner)) renameSync(stale, occupancyFile(path));
  else rmSync(stale, { force: true });
}

/** Atomic: a link is made only where no file is, and the content is complete before the link is made. */
function claim(path: string, owner: ProcessIdentity): boolean {
  const draft = `${occupancyFile(path)}.draft-${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(occupancy(owner, [])), { mode: 0o600 });
  try {
    linkSync(draft, occupancyFile(path));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function occupancy(owner: ProcessIdentity, processes: readonly GuardedProcess[]): Occupancy {
  return { owner, processes };
}

function readOccupancy(path: string): Partial<Occupancy> | undefined {
  return decode<Occupancy>(occupancyFile(path));
}

function readRemembered(path: string): Remembered {
  const fresh: Remembered = {
    stackId: randomUUID(),
    postgresPassword: randomBytes(24).toString('hex'),
    redisPassword: randomBytes(24).toString('hex'),
    ports: {},
    sources: {},
  };
  const file = rememberedFile(path);
  if (!existsSync(file)) return fresh;
  const found = decode<Remembered>(file);
  if (found?.postgresPassword === undefined) {
    throw new StackUnavailable(
      'data-corrupt',
      `${file}, which holds the passwords of the servers, is broken`,
      `restore it from a backup, or move ${path} away to begin anew`,
    );
  }
  return { ...fresh, ...found };
}

/** These files are written by this class only, whole or not at all; what is missing or broken reads as undefined. */
function decode<Content>(file: string): Partial<Content> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Content>;
  } catch {
    return undefined;
  }
}

/** The file is always whole: it is written beside and renamed. */
function replaceFile(file: string, content: unknown): void {
  const draft = `${file}.draft-${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

function occupancyFile(path: string): string {
  return join(path, 'running.json');
}

function rememberedFile(path: string): string {
  return join(path, 'stack.json');
}

function alreadyRunning(path: string, pid: number | undefined): StackUnavailable {
  return new StackUnavailable(
    'already-running',
    `The data folder ${path} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}`,
    'stop that one first (Ctrl-C where it runs), or choose another folder with CONSILIUM_DATA',
  );
}
