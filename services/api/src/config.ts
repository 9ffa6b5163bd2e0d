import { environmentFields, exitWithParentVariable, readConfig } from '@consilium/runtime';
import type { Environment } from '@consilium/runtime';
import { z } from 'zod';

const schema = z.object({
  DATABASE_URL: environmentFields.databaseUrl,
  HOST: environmentFields.host,
  PORT: environmentFields.port,
  LOG_LEVEL: environmentFields.logLevel,
  CONSILIUM_MODE: environmentFields.mode,
  CONSILIUM_KEY_FILE: z.string(),
  CONSILIUM_JWKS: z.string(),
  CONSILIUM_ISSUER: z.string(),
  CONSILIUM_AUDIENCE: z.string(),
  [exitWithParentVariable]: environmentFields.flag,
});

export interface ApiConfig {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: z.output<typeof schema>['LOG_LEVEL'];
  /** Introspection and GraphiQL exist only here. */
  readonly isDevelopment: boolean;
  readonly keyFile: string;
  /** https URL or path of a file. */
  readonly jwks: string;
  readonly issuer: string;
  readonly audience: string;
  readonly exitWithParent: boolean;
  /** Of the console's build. @default the one beside this service */
  readonly consoleFolder?: string;
}

/** @throws ConfigError */
export function readApiConfig(environment: Environment): ApiConfig {
  const config = readConfig(schema, environment);
  return {
    databaseUrl: config.DATABASE_URL,
    host: config.HOST,
    port: config.PORT,
    logLevel: config.LOG_LEVEL,
    isDevelopment: config.CONSILIUM_MODE === 'development',
    keyFile: config.CONSILIUM_KEY_FILE,
    jwks: config.CONSILIUM_JWKS,
    issuer: config.CONSILIUM_ISSUER,
    audience: config.CONSILIUM_AUDIENCE,
    exitWithParent: config[exitWithParentVariable],
  };
}

/** All that the migration needs. @throws ConfigError */
export const readDatabaseUrl = (environment: Environment = process.env): string =>
  readConfig(z.object({ DATABASE_URL: environmentFields.databaseUrl }), environment).DATABASE_URL;
