import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '@consilium/runtime';
import { allowsIntrospection, readApiConfig, readRewrapConfig, shippedOperations } from './config.ts';

const basic = { DATABASE_URL: 'postgres://owner@localhost/consilium', CONSILIUM_KEY_FILE: '/keys.json' };
const service = {
  CONSILIUM_KMS_URL: 'https://kms.example.org/v1/',
  CONSILIUM_KMS_KEY_ID: 'projects/p/locations/l/keyRings/r/cryptoKeys/k',
  CONSILIUM_KMS_TOKEN_FILE: '/token',
};

describe('where data keys are wrapped', () => {
  it('is the key file, unless a key service is named', () => {
    expect(readRewrapConfig(basic)).toEqual({ databaseUrl: basic.DATABASE_URL, keyFile: '/keys.json' });
    expect(readRewrapConfig({ ...basic, ...service }).kms).toEqual({
      url: 'https://kms.example.org/v1',
      keyId: service.CONSILIUM_KMS_KEY_ID,
      tokenFile: '/token',
    });
  });

  it.each(Object.keys(service))('is not named by half: %s is missing', (name) => {
    expect(() => readRewrapConfig({ ...basic, ...service, [name]: undefined })).toThrow(ConfigError);
  });
});

describe('which operations run', () => {
  const whole = { ...basic, CONSILIUM_JWKS: '/jwks.json', CONSILIUM_ISSUER: 'i', CONSILIUM_AUDIENCE: 'a' };

  it('is any, unless they are to be listed: by us, or in a file', () => {
    expect(readApiConfig(whole).operations).toEqual({ mode: 'any', file: shippedOperations });
    const listed = { ...whole, CONSILIUM_OPERATIONS: 'listed', CONSILIUM_OPERATIONS_FILE: '/mine.json' };
    expect(readApiConfig(listed).operations).toEqual({ mode: 'listed', file: '/mine.json' });
    expect(() => readApiConfig({ ...whole, CONSILIUM_OPERATIONS: 'some' })).toThrow(ConfigError);
  });

  it('are asked about in development only, and never where they are listed', () => {
    const allows = (mode: string, operations: string): boolean =>
      allowsIntrospection(readApiConfig({ ...whole, CONSILIUM_MODE: mode, CONSILIUM_OPERATIONS: operations }));
    expect([allows('development', 'any'), allows('development', 'listed'), allows('production', 'any')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
