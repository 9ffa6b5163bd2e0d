/** What the stack says and leaves behind when Java, Maven or Redis are missing, old or fail: with small stand-in programs. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findJava } from './java.ts';
import { fetchByMaven, type MavenFetch } from './maven.ts';
import { findRedis } from './redis-program.ts';

let folder: string;
let programs: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-programs-'));
  programs = join(folder, 'bin');
  cache = join(folder, 'cache');
  mkdirSync(programs);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A shell script that the search path finds under that name. */
function program(name: string, script: string): string {
  const path = join(programs, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Only the stand-ins are on the path; they themselves call the shell's own commands by full path. */
function environment(): Record<string, string> {
  return { PATH: programs, CONSILIUM_CACHE: cache };
}

const jar: MavenFetch = {
  folder: 'thing-1',
  title: 'Thing 1',
  goal: 'copy-dependencies',
  settings: [],
  pom: '<project/>',
  proof: 'thing.jar',
  expectedFiles: 2,
  otherwise: 'or set THING_URL',
};

describe('Java', () => {
  it('is asked for when there is none', async () => {
    await expect(findJava(environment())).rejects.toMatchObject({
      reason: 'java-missing',
      message: expect.stringMatching(
        /^Apache Kafka needs Java and none was found: install Java 17 or newer .*KAFKA_BROKERS\.$/,
      ),
    });
  });

  it('is refused when it is too old', async () => {
    const java = program('java', `echo 'openjdk version "11.0.2" 2019-01-15' >&2`);
    await expect(findJava(environment())).rejects.toMatchObject({
      reason: 'java-too-old',
      sentence: `Apache Kafka needs Java 17 or newer, but ${java} is Java 11`,
    });
  });

  it('may be an old one in JAVA_HOME when PATH has a good one', async () => {
    const home = join(folder, 'jdk');
    mkdirSync(join(home, 'bin'), { recursive: true });
    writeFileSync(join(home, 'bin', 'java'), `#!/bin/sh\necho 'java version "1.8.0_402"' >&2\n`, { mode: 0o755 });
    const good = program('java', `echo 'openjdk version "21.0.1" 2023-10-17' >&2`);
    expect(await findJava({ ...environment(), JAVA_HOME: home })).toBe(good);
  });
});

describe('fetching by Maven', () => {
  const fetch = (onProgress: (message: string, fraction: number) => void = () => undefined): Promise<string> =>
    fetchByMaven(jar, { environment: environment(), onProgress });
  const downloads = `
    for argument in "$@"; do case "$argument" in -DoutputDirectory=*) target="\${argument#*=}";; esac; done
    echo "Downloaded from central: https://repo.example/a/thing.jar (12 MB at 3 MB/s)"
    : > "$target/thing.jar"`;

  it('asks for Maven when the cache is empty', async () => {
    await expect(fetch()).rejects.toMatchObject({
      reason: 'maven-missing',
      message: `Thing 1 is not in ${cache} yet and Maven, which fetches it, was not found: install Maven (for example apt-get install maven, or brew install maven), or set THING_URL.`,
    });
  });

  it('fetches once, tells how far it is, and needs no Maven afterwards', async () => {
    program('mvn', downloads);
    const progress: [string, number][] = [];
    const fetched = await fetch((message, fraction) => progress.push([message, fraction]));
    expect(existsSync(join(fetched, 'thing.jar'))).toBe(true);
    expect(progress).toEqual([
      ['downloading Thing 1 with Maven', 0],
      ['downloading Thing 1: thing.jar (12 MB at 3 MB/s)', 0.5],
    ]);
    rmSync(join(programs, 'mvn'));
    expect(await fetch()).toBe(fetched);
  });

  it('serves two at once', async () => {
    program('mvn', downloads);
    const [first, second] = await Promise.all([fetch(), fetch()]);
    expect(first).toBe(second);
    expect(readdirSync(cache)).toEqual(['thing-1']);
  });

  it('quotes Maven when it fails and keeps nothing of the half download', async () => {
    program('mvn', `${downloads}\necho "[ERROR] Could not transfer artifact a:thing from central"; exit 1`);
    await expect(fetch()).rejects.toMatchObject({
      reason: 'download-failed',
      sentence: 'Maven could not fetch Thing 1 ("Could not transfer artifact a:thing from central")',
    });
    expect(readdirSync(cache)).toEqual([]);
  });

  it('recognises a full disk', async () => {
    program('mvn', 'echo "[ERROR] thing.jar: No space left on device"; exit 1');
    await expect(fetch()).rejects.toMatchObject({ reason: 'disk-full' });
    expect(readdirSync(cache)).toEqual([]);
  });

  it('removes what a killed process left, and only that', async () => {
    program('mvn', downloads);
    mkdirSync(join(cache, 'thing-1.partial-999999999-dead'), { recursive: true });
    mkdirSync(join(cache, `thing-1.partial-${process.pid}-live`), { recursive: true });
    await fetch();
    expect(readdirSync(cache).toSorted()).toEqual(['thing-1', `thing-1.partial-${process.pid}-live`]);
  });
});

describe('Redis', () => {
  const find = (): ReturnType<typeof findRedis> =>
    findRedis({ environment: environment(), onProgress: () => undefined });

  it('may be Valkey', async () => {
    const path = program('valkey-server', 'echo "Valkey server v=8.1.0 sha=00000000:0"');
    expect(await find()).toEqual({ path, origin: `${path} (8.1.0)` });
  });

  it('is asked for when there is neither a new enough one nor Maven', async () => {
    program('redis-server', 'echo "Redis server v=5.0.14 sha=00000000:0"');
    await expect(find()).rejects.toMatchObject({
      reason: 'redis-missing',
      message: expect.stringMatching(
        /^Neither Redis nor Valkey nor Maven was found: install Redis 6\.2 or newer.*REDIS_URL\.$/,
      ),
    });
  });
});
