import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { syntheticGroundedReports, writeSyntheticFile } from './synthetic-file.ts';

describe('a file of synthetic studies', () => {
  it('is JSON, with the text that is streamed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'consilium-synthetic-'));
    try {
      const path = join(folder, 'grounded_reports.json');
      await writeSyntheticFile(path, { studies: 75 });
      const text = await readFile(path, 'utf8');
      let streamed = '';
      for await (const part of syntheticGroundedReports({ studies: 75 })) streamed += part;
      expect(text).toBe(streamed);
      expect(JSON.parse(text)).toHaveLength(75);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
