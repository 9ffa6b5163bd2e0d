import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyTally, hasSucceeded, lastLine, oneFailed, onePassed, readTally, sum } from './tally.ts';

describe('the last line of a run', () => {
  it('counts what passed and failed', () => {
    expect(lastLine({ passed: 12, failed: 1, skipped: 0 })).toBe('12 passed, 1 failed');
  });

  it('names skipped tests only where there are any', () => {
    expect(lastLine({ passed: 12, failed: 0, skipped: 3 })).toBe('12 passed, 0 failed, 3 skipped');
  });
});

describe('a tally', () => {
  it('adds up what several steps found', () => {
    expect(sum([onePassed, oneFailed, { passed: 3, failed: 0, skipped: 2 }])).toEqual({
      passed: 4,
      failed: 1,
      skipped: 2,
    });
  });

  it('has succeeded only when something passed and nothing failed', () => {
    expect(hasSucceeded(onePassed)).toBe(true);
    expect(hasSucceeded(sum([onePassed, oneFailed]))).toBe(false);
    expect(hasSucceeded(emptyTally)).toBe(false);
    expect(hasSucceeded({ passed: 0, failed: 0, skipped: 5 })).toBe(false);
  });

  it('read from a file is missing when the file is missing, torn or something else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'consilium-tally-spec-'));
    try {
      const write = (name: string, text: string): string => {
        const file = join(folder, name);
        writeFileSync(file, text);
        return file;
      };
      expect(readTally(write('whole', '{"passed":1,"failed":2,"skipped":3}'))).toEqual({
        passed: 1,
        failed: 2,
        skipped: 3,
      });
      expect(readTally(write('torn', '{"passed":1,"fai'))).toBeUndefined();
      expect(readTally(write('other', '{"passed":"1","failed":0,"skipped":0}'))).toBeUndefined();
      expect(readTally(join(folder, 'missing'))).toBeUndefined();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
