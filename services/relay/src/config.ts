import { bucketAccessOf, bucketFields } from '@consilium/anchor';
import type { BucketAccess, BucketVariables } from '@consilium/anchor';
import { environmentFields, readConfig } from '@consilium/runtime';
import type { Environment } from '@consilium/runtime';
import { z } from 'zod';
import { sealLimits } from './publishing/limits.ts';

const countFrom = (defaultCount: number): z.ZodType<number> =>
  z
    .string()
    .default(String(defaultCount))
    .refine((text) => /^[1-9]$/.test(text), { error: 'must be a number from 1 to 9' })
    .transform(Number);

const isGiven = (text: string | undefined): boolean => text !== undefined;

const countUpTo = (longest: number, usual: number): z.ZodType<number> =>
  z
    .string()
    .default(String(usual))
    .refine((text) => /^[1-9]\d{0,4}$/.test(text) && Number(text) <= longest, {
      error: `must be a number from 1 to ${String(longest)}`,
    })
    .transform(Number);

const fields = z.object({
  DATABASE_URL: environmentFields.databaseUrl,
  KAFKA_BROKERS: environmentFields.kafkaBrokers,
  KAFKA_REPLICATION_FACTOR: countFrom(1),
  KAFKA_MIN_INSYNC_REPLICAS: countFrom(1),
  CONSILIUM_TOPIC_PREFIX: environmentFields.topicPrefix,
  CONSILIUM_SEAL_KEY_FILE: z.string().min(1).optional(),
  CONSILIUM_ANCHOR_FOLDER: z.string().min(1).optional(),
  CONSILIUM_ANCHOR_BUCKET: environmentFields.webUrl.optional(),
  ...bucketFields,
  CONSILIUM_SEAL_EVENTS: countUpTo(sealLimits.events, sealLimits.events),
  CONSILIUM_SEAL_SECONDS: countUpTo(3_600, sealLimits.everyMs / 1_000),
  CONSILIUM_MODE: z.enum(['development', 'production']).default('production'),
  CONSILIUM_EXIT_WITH_PARENT: environmentFields.flag,
  HOST: environmentFields.host,
  PORT: environmentFields.port,
  LOG_LEVEL: environmentFields.logLevel,
});

/** The names of all that it reads. */
export const relayVariables: readonly string[] = Object.keys(fields.shape);

const schema = fields
  .refine(
    (read) =>
      [read.CONSILIUM_ANCHOR_FOLDER, read.CONSILIUM_ANCHOR_BUCKET].filter(isGiven).length ===
      (isGiven(read.CONSILIUM_SEAL_KEY_FILE) ? 1 : 0),
    {
      error: 'or CONSILIUM_ANCHOR_BUCKET is needed with CONSILIUM_SEAL_KEY_FILE, one of them, and the other way round',
      path: ['CONSILIUM_ANCHOR_FOLDER'],
    },
  )
  .refine((read) => !isGiven(read.CONSILIUM_ANCHOR_BUCKET) || bucketAccessOf(read) !== undefined, {
    error: 'and AWS_ACCESS_KEY_ID are needed with CONSILIUM_ANCHOR_BUCKET',
    path: ['AWS_SECRET_ACCESS_KEY'],
  })
  .transform((read) => ({
    databaseUrl: read.DATABASE_URL,
    kafkaBrokers: read.KAFKA_BROKERS,
    /** Copies of every partition, and how many must have a record; 3 and 2 on a cluster. */
    durability: {
      replicationFactor: read.KAFKA_REPLICATION_FACTOR,
      minInsyncReplicas: read.KAFKA_MIN_INSYNC_REPLICAS,
    },
    topicPrefix: read.CONSILIUM_TOPIC_PREFIX,
    /** Where the keys are that sign checkpoints, and where checkpoints are kept outside the database. Without: no sealing. */
    sealing: sealingOf(read),
    exitWithParent: read.CONSILIUM_EXIT_WITH_PARENT,
    host: read.HOST,
    port: read.PORT,
    logLevel: read.LOG_LEVEL,
  }));

interface SealingVariables extends BucketVariables {
  readonly CONSILIUM_SEAL_KEY_FILE?: string | undefined;
  readonly CONSILIUM_ANCHOR_FOLDER?: string | undefined;
  readonly CONSILIUM_ANCHOR_BUCKET?: string | undefined;
  readonly CONSILIUM_SEAL_EVENTS: number;
  readonly CONSILIUM_SEAL_SECONDS: number;
  readonly CONSILIUM_MODE: 'development' | 'production';
}

interface Sealing {
  readonly keyFile: string;
  /** A folder or the URL of a bucket. */
  readonly anchor: string;
  readonly bucketAccess: BucketAccess | undefined;
  readonly makesKey: boolean;
  /** A head is signed for so many events, or after so long. */
  readonly limits: typeof sealLimits;
}

function sealingOf(read: SealingVariables): Sealing | undefined {
  const anchor = read.CONSILIUM_ANCHOR_FOLDER ?? read.CONSILIUM_ANCHOR_BUCKET;
  if (read.CONSILIUM_SEAL_KEY_FILE === undefined || anchor === undefined) return undefined;
  return {
    keyFile: read.CONSILIUM_SEAL_KEY_FILE,
    anchor,
    bucketAccess: bucketAccessOf(read),
    makesKey: read.CONSILIUM_MODE === 'development',
    limits: {
      ...sealLimits,
      events: read.CONSILIUM_SEAL_EVENTS,
      everyMs: read.CONSILIUM_SEAL_SECONDS * 1_000,
    },
  };
}

export type RelayConfig = Readonly<z.output<typeof schema>>;

/** Of this process, for commands beside the service. @throws ConfigError */
export const readOwnConfig = (): RelayConfig => readRelayConfig(process.env);

/** @throws ConfigError */
export const readRelayConfig = (environment: Environment): RelayConfig => readConfig<RelayConfig>(schema, environment);
