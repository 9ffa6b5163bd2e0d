import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseApiPort } from './api-port.ts';
import { closingWords } from './closing-words.ts';
import { dataPaths } from './data-paths.ts';
import { readPeople, writePrivately } from './people.ts';
import { serviceSpecs } from './service-specs.ts';
import { describeServers } from './start-consilium.ts';
import { StartFailed } from './start-failed.ts';
import { readStartOptions } from './start-options.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-start-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the command line of npm start', () => {
  it('asks for everything by default', () => {
    expect(readStartOptions([])).toEqual({ data: undefined, port: undefined, demonstration: 'all' });
  });

  it('may leave out the demonstration or shorten it, and choose port and folder', () => {
    expect(readStartOptions(['--no-demo', '--port', '8080', '--data', '/d'])).toEqual({
      data: '/d',
      port: 8_080,
      demonstration: 'none',
    });
    expect(readStartOptions(['--demo-cases', '30'])).toMatchObject({ demonstration: { firstCases: 30 } });
    expect(readStartOptions(['--help', '--port', 'x'])).toBe('help');
  });

  it.each([
    [['--port', '0'], '--port is "0": give a whole number from 1 to 65535.'],
    [['--port', '4e3'], '--port is "4e3"'],
    [['--port', '65536'], '--port is "65536"'],
    [['--demo-cases', '2634'], '--demo-cases is "2634"'],
    [['--data', ''], '--data is empty'],
    [['--no-demo', '--demo-cases', '3'], 'exclude each other'],
    [['--demo'], "Unknown option '--demo'"],
    [['now'], "Unexpected argument 'now'"],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(() => readStartOptions(args)).toThrow(StartFailed);
    expect(() => readStartOptions(args)).toThrow(sentence);
  });
});

describe('the port of the api', () => {
  it('is the one asked for, or none', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(chooseApiPort(port)).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`);
    await new Promise((resolve) => taken.close(resolve));
    expect(await chooseApiPort(port)).toEqual({ port, insteadOfUsual: false });
  });

  it('is 4000 or one after it, and says which', async () => {
    const { port, insteadOfUsual } = await chooseApiPort(undefined);
    expect(port).toBeGreaterThanOrEqual(4_000);
    expect(insteadOfUsual).toBe(port !== 4_000);
  });
});

describe('the data folder', () => {
  it('is the one asked for, else CONSILIUM_DATA, else .consilium of the checkout', () => {
    expect(dataPaths('/asked', '/root', { CONSILIUM_DATA: '/set' }).keyFile).toBe('/asked/secrets/keys.json');
    expect(dataPaths(undefined, '/root', { CONSILIUM_DATA: '/set' }).folder).toBe('/set');
    expect(dataPaths(undefined, '/root', { CONSILIUM_DATA: '' }).folder).toBe('/root/.consilium');
  });

  it('keeps people in a file for its owner alone, whole or not at all', async () => {
    const path = join(folder, 'people.json');
    expect(await readPeople(path)).toBeUndefined();
    const organisation = '7d1c3b8e-6a56-4d0a-9c4e-0a6c25f0f001';
    const content = { version: 1, organisation, people: [] } as const;
    await writePrivately(path, content);
    expect(await readPeople(path)).toEqual(content);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['people.json']);
  });

  it('with damaged people says so rather than making others', async () => {
    const path = join(folder, 'people.json');
    writeFileSync(path, '{"version":1,"organ');
    await expect(readPeople(path)).rejects.toThrow(`${path} is damaged`);
  });
});

describe('services', () => {
  const specs = serviceSpecs({
    repositoryRoot: '/root',
    urls: { databaseUrl: 'postgresql://u:p@h:1/d', kafkaBrokers: 'h:2', redisUrl: 'redis://h:3' },
    paths: dataPaths('/data', '/root', {}),
    seeded: { jwksFile: '/data/secrets/jwks.json', issuer: 'i', audience: 'a' },
    apiPort: 4_001,
  });

  it('end in the order in which nothing that came in is left', () => {
    expect(specs.map(({ name }) => name)).toEqual(['api', 'quality', 'projector', 'relay']);
  });

  it('end with their parent, listen on loopback, and only the api on a known port', () => {
    for (const { name, environment } of specs) {
      expect(environment).toMatchObject({ CONSILIUM_EXIT_WITH_PARENT: '1', HOST: '127.0.0.1', KAFKA_BROKERS: 'h:2' });
      expect(environment['PORT']).toBe(name === 'api' ? '4001' : '0');
    }
  });
});

describe('what is shown', () => {
  it('groups servers by how they were obtained', () => {
    expect(
      describeServers([
        { server: 'postgres', how: 'embedded', why: 'no docker command was found' },
        { server: 'kafka', how: 'environment', why: 'KAFKA_BROKERS is set' },
        { server: 'redis', how: 'embedded', why: 'no docker command was found' },
      ]),
    ).toBe('PostgreSQL, Redis embedded; Apache Kafka from the environment');
  });

  it('ends with addresses and a token for each person', () => {
    const person = { name: 'lead', role: 'lead', personId: 'x', token: 'eyJ' };
    const stack = { urls: { databaseUrl: '', kafkaBrokers: '', redisUrl: '' }, chosen: [], servers: {} };
    const serving = {
      url: 'http://127.0.0.1:4000',
      stack: { ...stack, dataDirectory: '/d', stop: () => Promise.resolve() },
      paths: dataPaths('/root/.consilium', '/root', {}),
      people: [person, { ...person, name: 'annotator-1', token: 'eyK' }],
    };
    const words = closingWords(serving, '/root').join('\n');
    expect(words).toContain('GraphQL    http://127.0.0.1:4000/graphql\n');
    expect(words).toContain('Logs       .consilium/logs/\n');
    expect(words).toContain('  lead         eyJ\n  annotator-1  eyK\n');
  });
});
