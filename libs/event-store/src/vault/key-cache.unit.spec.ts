import { describe, expect, it } from '@jest/globals';
import { KeyCache } from './key-cache.ts';

describe('KeyCache', () => {
  it('forgets a value when its time is over, however often it is used', () => {
    let nowMs = 0;
    const cache = new KeyCache<string>({ maxEntries: 10, ttlMs: 100, nowMs: () => nowMs });
    cache.set('a', 'A');
    nowMs = 99;
    expect(cache.get('a')).toBe('A');
    nowMs = 100;
    expect(cache.get('a')).toBeUndefined();
  });

  it('gives up the least recently used value for a new one', () => {
    const cache = new KeyCache<string>({ maxEntries: 2, ttlMs: 100, nowMs: () => 0 });
    cache.set('a', 'A');
    cache.set('b', 'B');
    cache.get('a');
    cache.set('c', 'C');
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['A', undefined, 'C']);
  });
});
