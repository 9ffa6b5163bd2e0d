import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureLocalKeyFile, eventStoreMigrations } from '@consilium/event-store';
import { migrate } from '@consilium/postgres';
import { createTestDatabase } from '@consilium/postgres/testing';
import { readModelMigrations } from '@consilium/read-model';
import { ServiceProcess } from './service-process.ts';
import type { ServiceName } from './service-process.ts';

export interface Servers {
  readonly databaseUrl: string;
  readonly kafkaBrokers: string;
  readonly redisUrl: string;
}

export interface Person {
  readonly name: string;
  readonly role: string;
  readonly personId: string;
  readonly token: string;
}

/** A whole installation of its own on shared servers: own database, topics, queues, keys and people. */
export interface SystemUnderTest {
  readonly organisation: string;
  readonly databaseUrl: string;
  readonly topicPrefix: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly api: ServiceProcess;
  /** The first starts before the second, so it is the active one at first. */
  readonly relays: readonly [ServiceProcess, ServiceProcess];
  readonly projector: ServiceProcess;
  readonly quality: ServiceProcess;
  readonly services: readonly ServiceProcess[];
  person(name: string): Person;
  /** More people, or a person of another organisation. */
  issueTokens(people: readonly { name: string; role: string }[], organisation?: string): Promise<readonly Person[]>;
  stop(): Promise<void>;
}

/** Of the run's shared stack (see tests/runner/test-stack.ts). */
export function serversOfRun(): Servers {
  const read = (name: string): string => {
    const value = process.env[name];
    if (value === undefined) throw new Error(`${name} is not set: whole-system tests run by npm test`);
    return value;
  };
  return {
    databaseUrl: read('CONSILIUM_TEST_DATABASE_URL'),
    kafkaBrokers: read('CONSILIUM_TEST_KAFKA_BROKERS'),
    redisUrl: read('CONSILIUM_TEST_REDIS_URL'),
  };
}

const makeSealKey = fileURLToPath(new URL('../../services/relay/dist/make-seal-key.js', import.meta.url));

const annotators = Array.from({ length: 8 }, (_, index) => ({
  name: `annotator-${String(index + 1)}`,
  role: 'annotator',
}));
const others = ['administrator', 'lead', 'reviewer', 'adjudicator', 'auditor', 'operator'].map((role) => ({
  name: role,
  role,
}));

export async function startSystem(
  servers: Servers,
  extra: Readonly<Record<string, string>> = {},
  /** Services a test does without; they are there, and are not started. */
  leaveOut: readonly ServiceName[] = [],
): Promise<SystemUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'consilium-system-'));
  const organisation = randomUUID();
  const migrations = [...(await eventStoreMigrations()), ...(await readModelMigrations())];
  const database = await createTestDatabase({ migrations, serverUrl: servers.databaseUrl });
  await migrate({ url: database.url, migrations });
  const keyFile = join(folder, 'keys.json');
  await ensureLocalKeyFile(keyFile);
  const sealKeyFile = join(folder, 'seal-keys.json');
  await promisify(execFile)(process.execPath, [makeSealKey, sealKeyFile]);
  const issued = await issueTokens(folder, organisation, [...others, ...annotators]);
  const topicPrefix = `test-${randomUUID().slice(0, 8)}`;
  const environment = {
    DATABASE_URL: database.url,
    KAFKA_BROKERS: servers.kafkaBrokers,
    REDIS_URL: servers.redisUrl,
    CONSILIUM_TOPIC_PREFIX: topicPrefix,
    CONSILIUM_KEY_FILE: keyFile,
    CONSILIUM_SEAL_KEY_FILE: sealKeyFile,
    CONSILIUM_ANCHOR_FOLDER: join(folder, 'anchor'),
    CONSILIUM_MODE: 'development',
    CONSILIUM_JWKS: issued.jwksFile,
    CONSILIUM_ISSUER: issued.issuer,
    CONSILIUM_AUDIENCE: issued.audience,
    LOG_LEVEL: 'info',
    ...extra,
  };
  const make = (name: 'api' | 'relay' | 'projector' | 'quality', suffix = ''): ServiceProcess =>
    new ServiceProcess(name, environment, join(folder, `${name}${suffix}.log`));
  const relays = [make('relay', '-1'), make('relay', '-2')] as const;
  const [api, projector, quality] = [make('api'), make('projector'), make('quality')];
  const services = [...relays, projector, quality, api].filter(({ name }) => !leaveOut.includes(name));
  const stop = async (): Promise<void> => {
    await Promise.all(services.map((service) => service.stop()));
    await database.drop();
    if (process.env['CONSILIUM_KEEP_LOGS'] === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    // A relay makes the topics that the others need.
    const [first, ...others] = services;
    await first?.start();
    await first?.waitUntilReady();
    await Promise.all(others.map((service) => service.start()));
    await Promise.all(others.map((service) => service.waitUntilReady()));
  } catch (error) {
    await Promise.all(services.map((service) => service.killHard()));
    throw error;
  }
  return {
    organisation,
    databaseUrl: database.url,
    topicPrefix,
    environment,
    folder,
    api,
    relays,
    projector,
    quality,
    services,
    person: (name) => {
      const person = issued.people.find((candidate) => candidate.name === name);
      if (person === undefined) throw new Error(`nobody is called ${name}`);
      return person;
    },
    issueTokens: async (people, other = organisation) => (await issueTokens(folder, other, people)).people,
    stop,
  };
}

interface Issued {
  readonly jwksFile: string;
  readonly issuer: string;
  readonly audience: string;
  readonly people: readonly Person[];
}

async function issueTokens(
  folder: string,
  organisation: string,
  people: readonly { name: string; role: string }[],
): Promise<Issued> {
  const program = fileURLToPath(new URL('../../services/api/dist/issue-token.js', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ folder: join(folder, 'secrets'), organisation, people }));
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error('tokens could not be issued');
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as Issued;
}
