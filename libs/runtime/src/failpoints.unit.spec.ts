import { afterEach, describe, expect, it } from '@jest/globals';
import { armFailpoint, failpointConsent, failpoints, passFailpoint } from './failpoints.ts';
import { ConfigError } from './read-config.ts';

const allowed = { CONSILIUM_MODE: 'development', CONSILIUM_FAILPOINT_CONSENT: failpointConsent };

/** The failpoints at which the process would have died. */
function armedWith(environment: Readonly<Record<string, string>>): string[] {
  const deaths: string[] = [];
  armFailpoint(environment, (name) => deaths.push(name));
  return deaths;
}

describe('failpoints', () => {
  afterEach(() => {
    armFailpoint({});
  });

  it.each(failpoints)('%s kills at its first passage, and no other does', (name) => {
    const deaths = armedWith({ ...allowed, CONSILIUM_FAILPOINT: name });
    for (const each of failpoints) passFailpoint(each);
    expect(deaths).toEqual([name]);
  });

  it('kill at the passage that is named, once', () => {
    const deaths = armedWith({ ...allowed, CONSILIUM_FAILPOINT: 'seal.stored:3' });
    passFailpoint('seal.stored');
    passFailpoint('seal.stored');
    expect(deaths).toEqual([]);
    passFailpoint('seal.stored');
    passFailpoint('seal.stored');
    expect(deaths).toEqual(['seal.stored']);
  });

  it('do nothing where none is named', () => {
    const deaths = armedWith(allowed);
    for (const each of failpoints) passFailpoint(each);
    expect(deaths).toEqual([]);
  });

  it.each([
    ['an unknown name', { ...allowed, CONSILIUM_FAILPOINT: 'seal.sealed' }],
    ['no passage', { ...allowed, CONSILIUM_FAILPOINT: 'seal.stored:0' }],
    ['no consent', { CONSILIUM_MODE: 'development', CONSILIUM_FAILPOINT: 'seal.stored' }],
    ['another consent', { ...allowed, CONSILIUM_FAILPOINT_CONSENT: '1', CONSILIUM_FAILPOINT: 'seal.stored' }],
    ['production mode', { ...allowed, CONSILIUM_MODE: 'production', CONSILIUM_FAILPOINT: 'seal.stored' }],
    [
      'no mode, which is production',
      { CONSILIUM_FAILPOINT_CONSENT: failpointConsent, CONSILIUM_FAILPOINT: 'seal.stored' },
    ],
  ])('refuse the start with %s', (_, environment) => {
    expect(() => {
      armFailpoint(environment);
    }).toThrow(ConfigError);
    passFailpoint('seal.stored');
  });
});
