import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { diskFull, StackUnavailable } from '../stack-unavailable.ts';
import { errorCode } from '../error-code.ts';
import { findProgram } from './find-program.ts';
import { identifyProcess } from './process-identity.ts';
import { runToEnd } from './run-to-end.ts';

const downloadTimeoutMs = 15 * 60_000;
const downloadNeedsBytes = 256 * 1024 * 1024;
/** Pinned: the version built into an old Maven knows fewer options. */
const dependencyPlugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.11.0';

export interface MavenFetch {
  /** Name of the folder in the cache; holds the version, so that another version is another folder. */
  readonly folder: string;
  /** For sentences, e.g. `Apache Kafka 4.3.1`. */
  readonly title: string;
  readonly goal: 'copy-dependencies' | 'unpack';
  readonly settings: readonly string[];
  readonly pom: string;
  /** A file that a complete folder has. */
  readonly proof: string;
  /** About how many jars come down on an empty machine, the plugin's own included, to turn each into a share of the progress. */
  readonly expectedFiles: number;
  /** What the user may do instead of installing Maven. */
  readonly otherwise: string;
}

export interface MavenContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onProgress: (message: string, fraction: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** CONSILIUM_CACHE, else `consilium` in the user's cache folder. */
function cacheDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  const own = environment['CONSILIUM_CACHE'];
  if (own !== undefined && own !== '') return own;
  const xdg = environment['XDG_CACHE_HOME'];
  const caches = xdg !== undefined && xdg !== '' ? xdg : join(environment['HOME'] ?? homedir(), '.cache');
  return join(caches, 'consilium');
}

/**
 * The cached folder, fetched by Maven when it is not there. The download goes to a folder beside it and gets the final
 * name only when it is complete, so an interrupted one is never used; two processes may fetch at once.
 */
export async function fetchByMaven(fetch: MavenFetch, context: MavenContext): Promise<string> {
  const cache = cacheDirectory(context.environment);
  const folder = join(cache, fetch.folder);
  if (existsSync(join(folder, fetch.proof))) return folder;
  const home = context.environment['MAVEN_HOME'];
  const maven = findProgram('mvn', context.environment, [home === undefined ? undefined : join(home, 'bin')]);
  if (maven === undefined) {
    throw new StackUnavailable(
      'maven-missing',
      `${fetch.title} is not in ${cache} yet and Maven, which fetches it, was not found`,
      `install Maven (for example apt-get install maven, or brew install maven), ${fetch.otherwise}`,
    );
  }
  const partial = `${folder}.partial-${process.pid}-${randomUUID().slice(0, 8)}`;
  try {
    await mkdir(partial, { recursive: true });
    await removeAbandoned(cache);
    await refuseFullDisk(cache);
    await inTurn(() => runMaven(maven, fetch, partial, context));
    await moveIntoPlace(partial, folder, fetch.proof);
  } catch (error) {
    if (errorCode(error) === 'ENOSPC') throw diskFull(cache, error);
    throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

let turn: Promise<unknown> = Promise.resolve();

/** One Maven at a time: they share a local repository, which Maven 3 does not lock, and most of their downloads. */
function inTurn(work: () => Promise<void>): Promise<void> {
  const done = turn.then(work);
  turn = done.catch(() => undefined);
  return done;
}

async function runMaven(maven: string, fetch: MavenFetch, partial: string, context: MavenContext): Promise<void> {
  context.signal?.throwIfAborted();
  context.onProgress(`downloading ${fetch.title} with Maven`, 0);
  await writeFile(join(partial, 'pom.xml'), fetch.pom);
  let files = 0;
  const { code, output } = await runToEnd(
    maven,
    [
      '-B',
      '-C',
      '-f',
      'pom.xml',
      `${dependencyPlugin}:${fetch.goal}`,
      `-DoutputDirectory=${partial}`,
      ...fetch.settings,
    ],
    {
      environment: context.environment,
      timeoutMs: downloadTimeoutMs,
      workingDirectory: partial,
      signal: context.signal,
      onLine: (line) => {
        const jar = /Downloaded from .*\/([^/]+\.jar) \(([^)]*)\)/.exec(line);
        if (jar === null) return;
        files += 1;
        const share = Math.min(files / fetch.expectedFiles, 0.99);
        context.onProgress(`downloading ${fetch.title}: ${jar[1] ?? ''} (${jar[2] ?? ''})`, share);
      },
    },
  );
  if (code === 0 && existsSync(join(partial, fetch.proof))) return;
  context.signal?.throwIfAborted();
  if (/No space left on device/i.test(output)) throw diskFull(partial);
  const line = output.split('\n').find((one) => one.startsWith('[ERROR]')) ?? output.trim().split('\n').at(-1) ?? '';
  throw new StackUnavailable(
    'download-failed',
    `Maven could not fetch ${fetch.title} ("${line.replace('[ERROR]', '').trim().slice(0, 300)}")`,
    `check that this machine reaches Maven Central or the mirror in ~/.m2/settings.xml and start again, ${fetch.otherwise}`,
  );
}

async function moveIntoPlace(partial: string, folder: string, proof: string): Promise<void> {
  try {
    await rename(partial, folder);
  } catch (error) {
    // Another process was faster, or an older, broken folder is in the way.
    if (existsSync(join(folder, proof))) return;
    if (!existsSync(folder)) throw error;
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  }
}

/** Partial folders of processes that died in the middle. */
async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = /\.partial-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || identifyProcess(Number(pid)) !== undefined) continue;
    await rm(join(cache, name), { recursive: true, force: true });
  }
}

async function refuseFullDisk(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < downloadNeedsBytes) throw diskFull(folder);
}
