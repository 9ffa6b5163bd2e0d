import { expect, it } from '@jest/globals';
import { sitExam } from './sit-exam.ts';
import type { SqlTampering } from './tampering.ts';

/** The long exam, of 10,000, is a part of the bench. */
it('finds and names every one of some hundred tamperings, and none where nothing was touched', async () => {
  const result = await sitExam({ seed: 20_261_127, files: 110, journals: 184, views: 48 });
  expect(result.falseAlarms).toEqual([]);
  expect(result.missed).toEqual([]);
  expect(result.tamperings).toBe(110 + 184 + 48);
  expect(result.kinds).toBeGreaterThan(120);
  // Each tampering is found by a whole verification: on a busy machine that adds up to minutes.
}, 600_000);

/** Those of the long exam of another seed that a verifier missed which looked at rows alone: decisions of operators make none. */
it('finds that the views are said not to have come to the decisions of operators', async () => {
  const isWanted = ({ kind, what }: SqlTampering): boolean => kind === 'place removed' && what.includes('quality');
  const result = await sitExam({ seed: 20_261_128, files: 0, journals: 0, views: 2_000, isWanted });
  expect(result.falseAlarms).toEqual([]);
  expect(result.missed).toEqual([]);
  expect(result.tamperings).toBeGreaterThan(2);
}, 600_000);
