import { describe, expect, it } from '@jest/globals';
import { readComposeServer } from './compose-urls.ts';

/** The form in which `docker compose config --format json` prints a file. */
const configuration = {
  name: 'consilium',
  services: {
    postgres: {
      environment: { POSTGRES_USER: 'consilium', POSTGRES_PASSWORD: 'p@ss', POSTGRES_DB: 'journal' },
      ports: [{ mode: 'ingress', host_ip: '127.0.0.1', target: 5432, published: '15432', protocol: 'tcp' }],
    },
    kafka: {
      environment: { KAFKA_ADVERTISED_LISTENERS: 'INSIDE://kafka:19092,OUTSIDE://localhost:29092' },
      ports: [{ mode: 'ingress', target: 29092, published: '29092', protocol: 'tcp' }],
    },
    valkey: { ports: [{ mode: 'ingress', target: 6379, published: '16379', protocol: 'tcp' }] },
  },
};

describe('reading the resolved docker-compose.yml', () => {
  it('finds the addresses that this machine reaches', () => {
    expect(readComposeServer('postgres', configuration)).toEqual({
      port: 15432,
      url: 'postgresql://consilium:p%40ss@127.0.0.1:15432/journal',
    });
    expect(readComposeServer('kafka', configuration)).toEqual({ port: 29092, url: 'localhost:29092' });
    expect(readComposeServer('redis', configuration)).toEqual({ port: 16379, url: 'redis://127.0.0.1:16379' });
  });

  it.each([
    ['postgres', 'The service postgres of docker-compose.yml publishes no fixed port for 5432'],
    ['kafka', 'The service kafka of docker-compose.yml advertises no listener on localhost'],
    ['redis', 'The service valkey of docker-compose.yml publishes no fixed port for 6379'],
  ] as const)('says what is missing for %s', (server, sentence) => {
    expect(() => readComposeServer(server, { services: {} })).toThrow(sentence);
    expect(() => readComposeServer(server, undefined)).toThrow(sentence);
  });
});
