import { describe, expect, it } from '@jest/globals';
import { parseJavaMajor } from './java.ts';
import { parseRedisVersion } from './redis-program.ts';

describe('versions that programs print', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['openjdk version "25" 2025-09-16', 25],
    ['java version "1.8.0_402"', 8],
    ['openjdk version "24-ea" 2025-03-18', 24],
    ['The operation couldn’t be completed. Unable to locate a Java Runtime.', undefined],
  ])('reads Java %s', (output, major) => {
    expect(parseJavaMajor(output)).toBe(major);
  });

  it.each([
    ['Redis server v=6.2.11 sha=00000000:0 malloc=jemalloc-5.1.0 bits=64', [6, 2, 11]],
    ['Valkey server v=8.1.0 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64', [8, 1, 0]],
    ['error while loading shared libraries: libssl.so.3', undefined],
  ])('reads %s', (output, version) => {
    expect(parseRedisVersion(output)).toEqual(version);
  });
});
