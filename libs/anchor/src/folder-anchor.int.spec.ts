import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { AnchorUnavailable } from './anchor.ts';
import { allHeads, anchorContract } from './contract/anchor-contract.spec.ts';
import { FolderAnchor } from './folder-anchor.ts';

anchorContract('an anchor that is a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'consilium-anchor-'));
  return {
    anchor: new FolderAnchor(folder),
    addStranger: async (name) => writeFile(join(folder, name), 'x'),
    close: async () => {
      await chmod(folder, 0o700);
      await rm(folder, { recursive: true });
    },
  };
});

describe('a folder', () => {
  it('that is not there is unavailable for reading, and made for writing', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'consilium-anchor-')), 'deep', 'down');
    const anchor = new FolderAnchor(folder);
    await expect(allHeads(anchor)).rejects.toThrow(AnchorUnavailable);
    await anchor.put({ size: 1, note: 'n\n' });
    expect(await allHeads(anchor)).toEqual([{ size: 1, note: 'n\n' }]);
    await rm(join(folder, '..', '..'), { recursive: true });
  });

  it('passes over the draft of a process that was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'consilium-anchor-'));
    await writeFile(join(folder, '.draft-1'), 'half');
    const strangers: string[] = [];
    expect(await allHeads(new FolderAnchor(folder), (name) => strangers.push(name))).toEqual([]);
    expect(strangers).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
