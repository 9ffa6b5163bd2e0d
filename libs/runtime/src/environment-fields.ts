import { z } from 'zod';
import { logLevels } from './logger.ts';

type Text = z.ZodType<string>;

const url = (protocols: readonly string[], name: string): Text =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}${name}`,
  });

/** Of the variables that several services read, so that each means the same everywhere. */
export const environmentFields: {
  readonly databaseUrl: Text;
  readonly redisUrl: Text;
  readonly webUrl: Text;
  readonly kafkaBrokers: z.ZodType<readonly string[]>;
  readonly port: z.ZodType<number>;
  readonly host: z.ZodType<string>;
  readonly topicPrefix: z.ZodType<string>;
  readonly logLevel: z.ZodType<(typeof logLevels)[number]>;
  readonly mode: z.ZodType<'development' | 'production'>;
  readonly flag: z.ZodType<boolean>;
} = {
  databaseUrl: url(['postgres:', 'postgresql:'], 'user:password@host:port/database'),
  redisUrl: url(['redis:', 'rediss:'], 'host:port'),
  webUrl: url(['https:', 'http:'], 'host/path'),
  /** `host:port,host:port` */
  kafkaBrokers: z
    .string()
    .transform((text) => text.split(',').map((broker) => broker.trim()))
    .refine((brokers) => brokers.every((broker) => /^[^\s:/]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i.test(broker)), {
      error: 'must be a comma-separated list of host:port',
    }),
  /** 0 takes any free port. */
  port: z
    .string()
    .default('0')
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, { error: 'must be a number from 0 to 65535' })
    .transform(Number),
  /** Loopback unless said otherwise: what listens to the world is a decision of whoever runs it. */
  host: z.string().default('127.0.0.1'),
  /** First word of topics, consumer groups and queues. */
  topicPrefix: z
    .string()
    .default('consilium')
    .refine((text) => /^[a-z0-9][a-z0-9-]{0,59}$/.test(text), {
      error: 'must be 1 to 60 lower-case letters, digits and hyphens',
    }),
  logLevel: z.enum(logLevels).default('info'),
  mode: z.enum(['development', 'production']).default('production'),
  /** `1` or `true` is on; absent, `0` or `false` is off. */
  flag: z
    .enum(['0', '1', 'true', 'false'])
    .default('0')
    .transform((text) => text === '1' || text === 'true'),
};
