import { describe, expect, it } from '@jest/globals';
import { addressesOf, givenUrls } from './server-urls.ts';

describe('URLs in the environment', () => {
  it('counts an empty variable as not set', () => {
    expect(givenUrls({ DATABASE_URL: ' ', KAFKA_BROKERS: 'a:1', REDIS_URL: undefined })).toEqual({ kafka: 'a:1' });
  });

  it('finds hosts and ports', () => {
    expect(addressesOf('postgres', 'postgres://u:p@db.example:6432/consilium?sslmode=require')).toEqual([
      { host: 'db.example', port: 6432 },
    ]);
    expect(addressesOf('postgres', 'postgresql://u:p@[::1]/consilium')).toEqual([{ host: '::1', port: 5432 }]);
    expect(addressesOf('kafka', 'a.example:9092, [::1]:9093')).toEqual([
      { host: 'a.example', port: 9092 },
      { host: '::1', port: 9093 },
    ]);
    expect(addressesOf('redis', 'rediss://:secret@cache.example')).toEqual([{ host: 'cache.example', port: 6379 }]);
  });

  it.each([
    ['postgres', 'mysql://u:secret@db/x', 'DATABASE_URL'],
    ['postgres', 'secret', 'DATABASE_URL'],
    ['kafka', 'secret', 'KAFKA_BROKERS'],
    ['kafka', 'a:9092,,b:9092', 'KAFKA_BROKERS'],
    ['redis', 'secret:6379', 'REDIS_URL'],
  ] as const)(
    'refuses the %s URL %s with the variable and the form, and without the value',
    (server, url, variable) => {
      expect(() => addressesOf(server, url)).toThrow(expect.objectContaining({ reason: 'environment-invalid' }));
      expect(() => addressesOf(server, url)).toThrow(
        new RegExp(`^${variable} does not have the form [^"]*: correct it`),
      );
      expect(() => addressesOf(server, url)).not.toThrow(/secret|a:9092,,/);
    },
  );
});
