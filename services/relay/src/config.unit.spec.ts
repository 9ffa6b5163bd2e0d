import { describe, expect, it } from '@jest/globals';
import { readRelayConfig } from './config.ts';

const least = { DATABASE_URL: 'postgres://me@localhost:5432/consilium', KAFKA_BROKERS: 'localhost:9092' };

describe('readRelayConfig', () => {
  it('needs the database and Kafka, and has an answer for everything else', () => {
    expect(readRelayConfig(least)).toEqual({
      databaseUrl: least.DATABASE_URL,
      kafkaBrokers: ['localhost:9092'],
      durability: { replicationFactor: 1, minInsyncReplicas: 1 },
      topicPrefix: 'consilium',
      sealing: undefined,
      exitWithParent: false,
      host: '127.0.0.1',
      port: 0,
      logLevel: 'info',
    });
  });

  it('seals after 1,000 events or 60 s, or after fewer and sooner where that is asked', () => {
    const sealing = { ...least, CONSILIUM_SEAL_KEY_FILE: 'keys.json', CONSILIUM_ANCHOR_FOLDER: 'anchor' };
    expect(readRelayConfig(sealing).sealing?.limits).toEqual({ events: 1_000, everyMs: 60_000, anchorPauseMs: 10_000 });
    const sooner = { ...sealing, CONSILIUM_SEAL_EVENTS: '50', CONSILIUM_SEAL_SECONDS: '1' };
    expect(readRelayConfig(sooner).sealing?.limits).toEqual({ events: 50, everyMs: 1_000, anchorPauseMs: 10_000 });
    expect(() => readRelayConfig({ ...sealing, CONSILIUM_SEAL_EVENTS: '1001' })).toThrow(/CONSILIUM_SEAL_EVENTS/);
  });

  it('names what is missing or wrong', () => {
    expect(() => readRelayConfig({ ...least, KAFKA_BROKERS: '', KAFKA_REPLICATION_FACTOR: 'three' })).toThrow(
      /KAFKA_BROKERS is missing, KAFKA_REPLICATION_FACTOR is wrong \(must be a number from 1 to 9\)/,
    );
  });

  it('seals into a folder or a bucket, never without a key or into both', () => {
    const key = { ...least, CONSILIUM_SEAL_KEY_FILE: '/keys/seal.json' };
    const bucket = { CONSILIUM_ANCHOR_BUCKET: 'https://s3.example/heads', AWS_ACCESS_KEY_ID: 'i' };
    expect(readRelayConfig({ ...key, CONSILIUM_ANCHOR_FOLDER: '/anchor' }).sealing).toMatchObject({
      keyFile: '/keys/seal.json',
      anchor: '/anchor',
      bucketAccess: undefined,
      makesKey: false,
    });
    expect(readRelayConfig({ ...key, ...bucket, AWS_SECRET_ACCESS_KEY: 's' }).sealing).toMatchObject({
      anchor: 'https://s3.example/heads',
      bucketAccess: { region: 'us-east-1', accessKeyId: 'i', secretAccessKey: 's' },
    });
    expect(() => readRelayConfig(key)).toThrow('CONSILIUM_ANCHOR_FOLDER');
    expect(() => readRelayConfig({ ...least, CONSILIUM_ANCHOR_FOLDER: '/anchor' })).toThrow('CONSILIUM_ANCHOR_FOLDER');
    expect(() => readRelayConfig({ ...key, ...bucket })).toThrow('AWS_SECRET_ACCESS_KEY');
    expect(() =>
      readRelayConfig({ ...key, ...bucket, AWS_SECRET_ACCESS_KEY: 's', CONSILIUM_ANCHOR_FOLDER: '/anchor' }),
    ).toThrow('CONSILIUM_ANCHOR_FOLDER');
  });
});
