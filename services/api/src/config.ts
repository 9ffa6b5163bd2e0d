import { fileURLToPath } from 'node:url';
import type { KmsOptions } from '@consilium/event-store';
import { ConfigError, environmentFields, exitWithParentVariable, readConfig } from '@consilium/runtime';
import type { Environment } from '@consilium/runtime';
import type { OperationsMode } from './platform/listed-operations.ts';
import { z } from 'zod';

const keyFields = {
  CONSILIUM_KEY_FILE: z.string(),
  CONSILIUM_KMS_URL: environmentFields.webUrl.optional(),
  CONSILIUM_KMS_KEY_ID: z.string().optional(),
  CONSILIUM_KMS_TOKEN_FILE: z.string().optional(),
};

/** Of the client and the console of this version. */
export const shippedOperations: string = fileURLToPath(new URL('../listed-operations.json', import.meta.url));

const schema = z.object({
  DATABASE_URL: environmentFields.databaseUrl,
  HOST: environmentFields.host,
  PORT: environmentFields.port,
  LOG_LEVEL: environmentFields.logLevel,
  CONSILIUM_MODE: environmentFields.mode,
  ...keyFields,
  CONSILIUM_JWKS: z.string(),
  CONSILIUM_ISSUER: z.string(),
  CONSILIUM_AUDIENCE: z.string(),
  CONSILIUM_OPERATIONS: z.enum(['any', 'listed']).default('any'),
  CONSILIUM_OPERATIONS_FILE: z.string().default(shippedOperations),
  [exitWithParentVariable]: environmentFields.flag,
});

/** The names of all that it reads. */
export const apiVariables: readonly string[] = Object.keys(schema.shape);

export interface ApiConfig {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: z.output<typeof schema>['LOG_LEVEL'];
  /** GraphiQL exists only here. */
  readonly isDevelopment: boolean;
  readonly keyFile: string;
  /** Where data keys are wrapped. @default by the newest key of the key file */
  readonly kms?: KmsOptions;
  /** https URL or path of a file. */
  readonly jwks: string;
  readonly issuer: string;
  readonly audience: string;
  readonly exitWithParent: boolean;
  /** Which operations run, and the list of those that have a name. */
  readonly operations: { readonly mode: OperationsMode; readonly file: string };
  /** Of the console's build. @default the one beside this service */
  readonly consoleFolder?: string;
}

/** In development, and only where any operation may run. */
export const allowsIntrospection = ({ isDevelopment, operations }: ApiConfig): boolean =>
  isDevelopment && operations.mode === 'any';

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
    ...kmsOf(config),
    jwks: config.CONSILIUM_JWKS,
    issuer: config.CONSILIUM_ISSUER,
    audience: config.CONSILIUM_AUDIENCE,
    operations: { mode: config.CONSILIUM_OPERATIONS, file: config.CONSILIUM_OPERATIONS_FILE },
    exitWithParent: config[exitWithParentVariable],
  };
}

function kmsOf({
  CONSILIUM_KMS_URL: url,
  CONSILIUM_KMS_KEY_ID: keyId,
  CONSILIUM_KMS_TOKEN_FILE: tokenFile,
}: {
  readonly CONSILIUM_KMS_URL?: string | undefined;
  readonly CONSILIUM_KMS_KEY_ID?: string | undefined;
  readonly CONSILIUM_KMS_TOKEN_FILE?: string | undefined;
}): { readonly kms?: KmsOptions } {
  if (url === undefined && keyId === undefined && tokenFile === undefined) return {};
  if (url === undefined || keyId === undefined || tokenFile === undefined) {
    const names = ['CONSILIUM_KMS_URL', 'CONSILIUM_KMS_KEY_ID', 'CONSILIUM_KMS_TOKEN_FILE'];
    throw new ConfigError(`Of ${names.join(', ')} set all or none.`, names);
  }
  return { kms: { url: url.replace(/\/$/, ''), keyId, tokenFile } };
}

/** What wrapping keys anew needs. @throws ConfigError */
export function readRewrapConfig(
  environment: Environment = process.env,
): Pick<ApiConfig, 'databaseUrl' | 'keyFile' | 'kms'> {
  const config = readConfig(z.object({ DATABASE_URL: environmentFields.databaseUrl, ...keyFields }), environment);
  return { databaseUrl: config.DATABASE_URL, keyFile: config.CONSILIUM_KEY_FILE, ...kmsOf(config) };
}

/** All that the migration needs. @throws ConfigError */
export const readDatabaseUrl = (environment: Environment = process.env): string =>
  readConfig(z.object({ DATABASE_URL: environmentFields.databaseUrl }), environment).DATABASE_URL;
