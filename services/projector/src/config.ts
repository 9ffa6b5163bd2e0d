import { environmentFields, readConfig } from '@consilium/runtime';
import type { Environment } from '@consilium/runtime';
import { z } from 'zod';

const fields = z.object({
  DATABASE_URL: environmentFields.databaseUrl,
  KAFKA_BROKERS: environmentFields.kafkaBrokers,
  CONSILIUM_TOPIC_PREFIX: environmentFields.topicPrefix,
  CONSILIUM_PARKED_STREAMS: z
    .string()
    .default('10')
    .refine((text) => /^\d{1,4}$/.test(text), { error: 'must be a number from 0 to 9999' })
    .transform(Number),
  CONSILIUM_EXIT_WITH_PARENT: environmentFields.flag,
  HOST: environmentFields.host,
  PORT: environmentFields.port,
  LOG_LEVEL: environmentFields.logLevel,
});

/** The names of all that it reads. */
export const projectorVariables: readonly string[] = Object.keys(fields.shape);

const schema = fields.transform((read) => ({
  databaseUrl: read.DATABASE_URL,
  kafkaBrokers: read.KAFKA_BROKERS,
  topicPrefix: read.CONSILIUM_TOPIC_PREFIX,
  /** So many streams may be parked before the views stop. */
  mostParkedStreams: read.CONSILIUM_PARKED_STREAMS,
  exitWithParent: read.CONSILIUM_EXIT_WITH_PARENT,
  host: read.HOST,
  port: read.PORT,
  logLevel: read.LOG_LEVEL,
}));

export type ProjectorConfig = Readonly<z.output<typeof schema>>;

/** @throws ConfigError */
export const readProjectorConfig = (environment: Environment): ProjectorConfig =>
  readConfig<ProjectorConfig>(schema, environment);

/** Of this process, for commands beside the service. @throws ConfigError */
export const readOwnConfig = (): ProjectorConfig => readProjectorConfig(process.env);
