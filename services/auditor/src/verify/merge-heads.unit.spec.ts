import { describe, expect, it } from '@jest/globals';
import { mergeHeads } from './merge-heads.ts';
import type { HeadPlace, HeadsOfPlace, MergedHead } from './merge-heads.ts';

const place = (name: HeadPlace, ...sizes: readonly number[]): HeadsOfPlace => ({
  place: name,
  heads: (async function* () {
    for (const size of sizes) yield { size, note: `${name} ${String(size)}` };
  })(),
});

async function merged(...places: readonly HeadsOfPlace[]): Promise<readonly MergedHead[]> {
  const heads: MergedHead[] = [];
  for await (const head of mergeHeads(places)) heads.push(head);
  return heads;
}

describe('heads of several places', () => {
  it('come together by size', async () => {
    expect(await merged(place('journal', 1, 3), place('anchor', 1))).toEqual([
      {
        size: 1,
        notes: [
          { place: 'journal', note: 'journal 1' },
          { place: 'anchor', note: 'anchor 1' },
        ],
        missingIn: [],
      },
      { size: 3, notes: [{ place: 'journal', note: 'journal 3' }], missingIn: [] },
    ]);
  });

  it('are missing where a place has a later one, and not where it has ended', async () => {
    const heads = await merged(place('journal', 1, 2, 3), place('kafka', 1, 3), place('anchor', 1));
    expect(heads.map(({ size, missingIn }) => [size, missingIn])).toEqual([
      [1, []],
      [2, ['kafka']],
      [3, []],
    ]);
  });

  it('are missing where all should be', async () => {
    const heads = await merged({ ...place('journal', 1), hasAll: true }, place('anchor', 1, 2));
    expect(heads.map(({ size, missingIn }) => [size, missingIn])).toEqual([
      [1, []],
      [2, ['journal']],
    ]);
  });

  it('of nowhere are none', async () => {
    expect(await merged()).toEqual([]);
  });
});
