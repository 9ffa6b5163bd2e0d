import { expect, it } from '@jest/globals';
import { sitExam } from './sit-exam.ts';

/** The long exam, of 10,000, is a part of the bench. */
it('finds and names every one of some hundred tamperings, and none where nothing was touched', async () => {
  const result = await sitExam({ seed: 20_261_127, files: 110, journals: 184, views: 48 });
  expect(result.falseAlarms).toEqual([]);
  expect(result.missed).toEqual([]);
  expect(result.tamperings).toBe(110 + 184 + 48);
  expect(result.kinds).toBeGreaterThan(120);
  // Each tampering is found by a whole verification: on a busy machine that adds up to minutes.
}, 600_000);
