import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { environmentFields } from './environment-fields.ts';
import { ConfigError, readConfig } from './read-config.ts';

const schema = z.object({
  DATABASE_URL: environmentFields.databaseUrl,
  KAFKA_BROKERS: environmentFields.kafkaBrokers,
  PORT: environmentFields.port,
  CONSILIUM_TOPIC_PREFIX: environmentFields.topicPrefix,
  CONSILIUM_EXIT_WITH_PARENT: environmentFields.flag,
});

const faultOf = (environment: Record<string, string>): ConfigError => {
  try {
    readConfig(schema, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
};

describe('readConfig', () => {
  it('gives typed values and defaults', () => {
    const config = readConfig(schema, {
      DATABASE_URL: 'postgres://me:secret@localhost:5432/consilium',
      KAFKA_BROKERS: 'one:9092, [::1]:9093',
      PORT: '8080',
      UNRELATED: 'x',
    });
    expect(config).toEqual({
      DATABASE_URL: 'postgres://me:secret@localhost:5432/consilium',
      KAFKA_BROKERS: ['one:9092', '[::1]:9093'],
      PORT: 8080,
      CONSILIUM_TOPIC_PREFIX: 'consilium',
      CONSILIUM_EXIT_WITH_PARENT: false,
    });
  });

  it('names every faulty variable in one sentence, and no value', () => {
    const { message, variables } = faultOf({ DATABASE_URL: 'mysql://me:hunter2@host/db', PORT: '70000' });
    expect(variables).toEqual(['DATABASE_URL', 'KAFKA_BROKERS', 'PORT']);
    expect(message).toContain('KAFKA_BROKERS is missing');
    expect(message).toContain('PORT is wrong (must be a number from 0 to 65535)');
    expect(message).not.toContain('hunter2');
    expect(message.split('\n')).toHaveLength(1);
  });

  it('takes an empty variable for an absent one', () => {
    expect(faultOf({ DATABASE_URL: '', KAFKA_BROKERS: 'a:1' }).message).toContain('DATABASE_URL is missing');
  });

  it('leaves the value out of a message that quotes it', () => {
    const quoting = z.object({
      SECRET: z.string().refine(() => false, { error: (issue) => `not ${String(issue.input)}` }),
    });
    expect(() => readConfig(quoting, { SECRET: 'hunter2' })).toThrow('SECRET is wrong (not …)');
  });
});
