import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '@consilium/runtime';
import { readRewrapConfig } from './config.ts';

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
