import { describe, expect, it } from '@jest/globals';
import { poolConfigOf } from './database-options.ts';

const options = { url: 'postgres://localhost/x', applicationName: 'test' };

describe('poolConfigOf', () => {
  it('takes the role on at connection', () => {
    expect(poolConfigOf({ ...options, role: 'consilium_api' }).options).toContain('-c role=consilium_api');
    expect(poolConfigOf(options).options).not.toContain('role=');
  });

  it('refuses a URL that would replace the role', () => {
    expect(() => poolConfigOf({ ...options, url: 'postgres://localhost/x?a=b&options=-c%20role%3Dnone' })).toThrow(
      /options/,
    );
  });

  it.each([
    ['poolSize', 0],
    ['poolSize', 201],
    ['statementTimeoutMs', 0.5],
    ['connectTimeoutMs', -1],
    ['idleInTransactionTimeoutMs', 3_600_001],
  ])('refuses %s %d', (name, value) => {
    expect(() => poolConfigOf({ ...options, [name]: value })).toThrow(RangeError);
  });
});
