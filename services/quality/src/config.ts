import { environmentFields, readConfig } from '@consilium/runtime';
import type { Environment } from '@consilium/runtime';
import { z } from 'zod';

const fields = z.object({
  DATABASE_URL: environmentFields.databaseUrl,
  KAFKA_BROKERS: environmentFields.kafkaBrokers,
  REDIS_URL: environmentFields.redisUrl,
  CONSILIUM_TOPIC_PREFIX: environmentFields.topicPrefix,
  CONSILIUM_MODE: environmentFields.mode,
  CONSILIUM_EXIT_WITH_PARENT: environmentFields.flag,
  QUALITY_CONCURRENCY: z
    .string()
    .default('8')
    .refine((text) => /^[1-9][0-9]?$/.test(text), { error: 'must be a number from 1 to 99' })
    .transform(Number),
  HOST: environmentFields.host,
  PORT: environmentFields.port,
  LOG_LEVEL: environmentFields.logLevel,
});

/** The names of all that it reads. */
export const qualityVariables: readonly string[] = Object.keys(fields.shape);

const schema = fields.transform((read) => ({
  databaseUrl: read.DATABASE_URL,
  kafkaBrokers: read.KAFKA_BROKERS,
  redisUrl: read.REDIS_URL,
  /** Of topics, of the consumer group and of queues. */
  prefix: read.CONSILIUM_TOPIC_PREFIX,
  mode: read.CONSILIUM_MODE,
  exitWithParent: read.CONSILIUM_EXIT_WITH_PARENT,
  /** Jobs at the same time; each holds a database connection while it loads and appends. */
  concurrency: read.QUALITY_CONCURRENCY,
  host: read.HOST,
  port: read.PORT,
  logLevel: read.LOG_LEVEL,
}));

export type QualityConfig = Readonly<z.output<typeof schema>>;

/** @throws ConfigError */
export const readQualityConfig = (environment: Environment): QualityConfig =>
  readConfig<QualityConfig>(schema, environment);
