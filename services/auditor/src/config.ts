import { fileURLToPath } from 'node:url';
import { bucketAccessOf, bucketFields } from '@consilium/anchor';
import { environmentFields, readConfig } from '@consilium/runtime';
import type { Environment } from '@consilium/runtime';
import { z } from 'zod';

const schema = z
  .object({
    CONSILIUM_DATA: z.string().optional(),
    CONSILIUM_TOKEN: z.string().optional(),
    DATABASE_URL: environmentFields.databaseUrl.optional(),
    KAFKA_BROKERS: environmentFields.kafkaBrokers.optional(),
    REDIS_URL: environmentFields.redisUrl.optional(),
    CONSILIUM_TOPIC_PREFIX: environmentFields.topicPrefix,
    CONSILIUM_ANCHOR_FOLDER: z.string().min(1).optional(),
    CONSILIUM_ANCHOR_BUCKET: environmentFields.webUrl.optional(),
    ...bucketFields,
    CONSILIUM_SCRATCH_DATABASE_URL: environmentFields.databaseUrl.optional(),
  })
  .transform((read) => ({
    /** Where `npm start` of this checkout keeps its data, and what it serves at. */
    dataFolder: read.CONSILIUM_DATA ?? fileURLToPath(new URL('../../../.consilium', import.meta.url)),
    token: read.CONSILIUM_TOKEN,
    databaseUrl: read.DATABASE_URL,
    kafkaBrokers: read.KAFKA_BROKERS,
    redisUrl: read.REDIS_URL,
    topicPrefix: read.CONSILIUM_TOPIC_PREFIX,
    /** A folder or the URL of a bucket. */
    anchor: read.CONSILIUM_ANCHOR_FOLDER ?? read.CONSILIUM_ANCHOR_BUCKET,
    bucketAccess: bucketAccessOf(read),
    /** A server on which databases for replays may be made; without it the one of DATABASE_URL. */
    scratchDatabaseUrl: read.CONSILIUM_SCRATCH_DATABASE_URL,
  }));

export type AuditorConfig = Readonly<z.output<typeof schema>>;

/** @throws ConfigError */
export const readAuditorConfig = (environment: Environment): AuditorConfig =>
  readConfig<AuditorConfig>(schema, environment);
