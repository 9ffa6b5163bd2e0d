import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StackUrls } from '@consilium/stack';
import type { DataPaths } from './data-paths.ts';
import type { Seeded } from './seed-people.ts';
import { StartFailed } from './start-failed.ts';

export interface ServiceSpec {
  readonly name: string;
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** In the order in which they are stopped: nothing new comes in, and what came in is still published. */
const serviceNames = ['api', 'quality', 'projector', 'relay'] as const;

export interface ServiceSettings {
  readonly repositoryRoot: string;
  readonly urls: StackUrls;
  readonly paths: DataPaths;
  readonly seeded: Pick<Seeded, 'jwksFile' | 'issuer' | 'audience'>;
  readonly apiPort: number;
}

/** What every process of ours needs to find the servers; besides what the environment has. */
export function commonEnvironment({
  databaseUrl,
  kafkaBrokers,
  redisUrl,
}: StackUrls): Readonly<Record<string, string>> {
  return { DATABASE_URL: databaseUrl, KAFKA_BROKERS: kafkaBrokers, REDIS_URL: redisUrl, NODE_ENV: 'production' };
}

export function serviceSpecs(settings: ServiceSettings): readonly ServiceSpec[] {
  const { repositoryRoot, urls, paths, seeded, apiPort } = settings;
  return serviceNames.map((name) => ({
    name,
    script: join(repositoryRoot, 'services', name, 'dist/main.js'),
    environment: {
      ...commonEnvironment(urls),
      CONSILIUM_MODE: 'development',
      CONSILIUM_EXIT_WITH_PARENT: '1',
      CONSILIUM_KEY_FILE: paths.keyFile,
      CONSILIUM_SEAL_KEY_FILE: paths.sealKeyFile,
      CONSILIUM_ANCHOR_FOLDER: paths.anchorFolder,
      CONSILIUM_JWKS: seeded.jwksFile,
      CONSILIUM_ISSUER: seeded.issuer,
      CONSILIUM_AUDIENCE: seeded.audience,
      HOST: '127.0.0.1',
      PORT: name === 'api' ? String(apiPort) : '0',
    },
  }));
}

/** @throws StartFailed naming the first part that is not built */
export function refuseUnbuilt(repositoryRoot: string): void {
  const programs = [
    ...serviceNames.map((name) => `${name}/dist/main.js`),
    'api/dist/migrate.js',
    'api/dist/issue-token.js',
  ];
  const missing = programs.find((program) => !existsSync(join(repositoryRoot, 'services', program)));
  if (missing !== undefined) throw new StartFailed(`services/${missing} is not there: run npm run build.`);
}
