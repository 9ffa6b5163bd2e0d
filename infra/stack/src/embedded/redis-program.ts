import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { StackUnavailable } from '../stack-unavailable.ts';
import { findPrograms } from './find-program.ts';
import { fetchByMaven, type MavenContext } from './maven.ts';
import { runToEnd } from './run-to-end.ts';

const embeddedRedisVersion = '1.4.4';
const probeTimeoutMs = 5_000;
/** BullMQ's recommended minimum. */
const oldestRedis: readonly [number, number] = [6, 2];

/** The file inside the artefact for each platform it covers. */
const binaries: Readonly<Record<string, string>> = {
  'linux-x64': 'redis-server-6.2.6-v5-linux-amd64',
  'linux-arm64': 'redis-server-6.2.7-linux-arm64',
  'linux-ia32': 'redis-server-6.2.7-linux-386',
  'darwin-x64': 'redis-server-6.2.6-v5-darwin-amd64',
  'darwin-arm64': 'redis-server-6.2.6-v5-darwin-arm64',
};

const remedy =
  'install Redis 6.2 or newer, or Valkey (for example apt-get install redis-server, or brew install redis), ' +
  'or start a Docker engine, or set REDIS_URL';

export interface RedisProgram {
  readonly path: string;
  /** Half a sentence: where it comes from. */
  readonly origin: string;
}

/** A server on PATH that is new enough, else the binary out of a Maven artefact. */
export async function findRedis(context: MavenContext): Promise<RedisProgram> {
  const { environment } = context;
  for (const path of ['redis-server', 'valkey-server'].flatMap((name) => findPrograms(name, environment))) {
    const version = await readVersion(path, environment);
    if (version !== undefined && isNewEnough(version)) return { path, origin: `${path} (${version.join('.')})` };
  }
  return extractRedis(context);
}

async function extractRedis(context: MavenContext): Promise<RedisProgram> {
  const platform = `${process.platform}-${process.arch}`;
  const binary = binaries[platform];
  if (binary === undefined) {
    throw new StackUnavailable('redis-missing', `No Redis was found, and none can be fetched for ${platform}`, remedy);
  }
  const folder = await fetchRedis(binary, context).catch((error: unknown) => {
    if (!(error instanceof StackUnavailable) || error.reason !== 'maven-missing') throw error;
    throw new StackUnavailable('redis-missing', 'Neither Redis nor Valkey nor Maven was found', remedy, {
      cause: error,
    });
  });
  const path = join(folder, binary);
  await chmod(path, 0o755);
  const version = await readVersion(path, context.environment);
  if (version !== undefined) {
    return { path, origin: `${version.join('.')} from the Maven artefact embedded-redis, as none newer is on PATH` };
  }
  const { output } = await runToEnd(path, ['--version'], {
    environment: context.environment,
    timeoutMs: probeTimeoutMs,
  });
  throw new StackUnavailable(
    'redis-missing',
    `No Redis is on PATH, and the one fetched does not run here ("${output.trim().slice(0, 200)}")`,
    remedy,
  );
}

async function fetchRedis(binary: string, context: MavenContext): Promise<string> {
  return fetchByMaven(
    {
      folder: `redis-${embeddedRedisVersion}-${process.platform}-${process.arch}`,
      title: 'Redis',
      goal: 'unpack',
      settings: [
        `-Dartifact=com.github.codemonstur:embedded-redis:${embeddedRedisVersion}`,
        `-Dmdep.unpack.includes=${binary}`,
      ],
      pom: emptyPom,
      proof: binary,
      expectedFiles: 12,
      otherwise: 'or install Redis or Valkey, or start a Docker engine, or set REDIS_URL',
    },
    context,
  );
}

const emptyPom = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>consilium</groupId>
  <artifactId>redis-runtime</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
</project>
`;

async function readVersion(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly number[] | undefined> {
  const { code, output } = await runToEnd(path, ['--version'], { environment, timeoutMs: probeTimeoutMs });
  return code === 0 ? parseRedisVersion(output) : undefined;
}

/** From `Redis server v=6.2.11 sha=...` or `Valkey server v=8.1.0 sha=...`. */
export function parseRedisVersion(output: string): readonly number[] | undefined {
  const match = /v=(\d+)\.(\d+)\.(\d+)/.exec(output);
  return match?.slice(1).map(Number);
}

function isNewEnough([major = 0, minor = 0]: readonly number[]): boolean {
  return major > oldestRedis[0] || (major === oldestRedis[0] && minor >= oldestRedis[1]);
}
