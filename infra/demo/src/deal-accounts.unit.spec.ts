import { describe, expect, it } from '@jest/globals';
import { dealAccounts } from './deal-accounts.ts';

const accounts = ['a', 'b', 'c', 'd'];
const scans = Array.from({ length: 2_400 }, (_, index) => `1.2.840.${index}`);

describe('dealing accounts', () => {
  it('gives every account once, the same for the same seed and scan', () => {
    for (const scan of scans.slice(0, 50)) {
      expect(dealAccounts(accounts, 7, scan).toSorted()).toEqual(accounts);
      expect(dealAccounts(accounts, 7, scan)).toEqual(dealAccounts(accounts, 7, scan));
    }
  });

  it('gives the orders that another implementation of FNV-1a and mulberry32 gives', () => {
    expect(scans.slice(0, 6).map((scan) => dealAccounts(accounts, 7, scan).join(''))).toEqual([
      'dcab',
      'adbc',
      'cbda',
      'bcda',
      'cdab',
      'bcda',
    ]);
  });

  it('deals another order for another seed', () => {
    const dealt = (seed: number): string => scans.map((scan) => dealAccounts(accounts, seed, scan).join('')).join(' ');
    expect(dealt(7)).not.toBe(dealt(8));
  });

  it('gives each of the 24 orders about as often', () => {
    const counts = new Map<string, number>();
    for (const scan of scans) {
      const order = dealAccounts(accounts, 7, scan).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // Of 100 expected, with a standard deviation of 10.
    for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(45);
  });
});
