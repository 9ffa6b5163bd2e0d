import { fileURLToPath } from 'node:url';
import { readConfig } from '@consilium/runtime';
import type { Environment } from '@consilium/runtime';
import { z } from 'zod';

const schema = z
  .object({ CONSILIUM_DATA: z.string().optional(), CONSILIUM_TOKEN: z.string().optional() })
  .transform((read) => ({
    /** Where `npm start` of this checkout keeps its data, and what it serves at. */
    dataFolder: read.CONSILIUM_DATA ?? fileURLToPath(new URL('../../../.consilium', import.meta.url)),
    token: read.CONSILIUM_TOKEN,
  }));

export type AuditorConfig = Readonly<z.output<typeof schema>>;

/** @throws ConfigError */
export const readAuditorConfig = (environment: Environment): AuditorConfig =>
  readConfig<AuditorConfig>(schema, environment);
