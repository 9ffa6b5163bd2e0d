import { expect, it } from '@jest/globals';
import { differencesBetween, differencesMaximum } from './differences.ts';

it('finds nothing where two drafts say the same, whatever the order of their members', () => {
  expect(differencesBetween({ a: 1, b: [2, { c: 3 }] }, { b: [2, { c: 3 }], a: 1 })).toEqual([]);
});

it('names each place that differs, what is not there as nothing', () => {
  const saved = { answer: 'FINDINGS', findings: [{ labels: ['nodule'] }], regions: [] };
  const yours = { answer: 'NOTHING_THERE', findings: [{ labels: ['nodule', 'mass'] }], note: 'x' };
  expect(differencesBetween(saved, yours)).toEqual([
    { path: 'answer', saved: '"FINDINGS"', yours: '"NOTHING_THERE"' },
    { path: 'findings[0].labels[1]', saved: null, yours: '"mass"' },
    { path: 'note', saved: null, yours: '"x"' },
    { path: 'regions', saved: '[]', yours: null },
  ]);
});

it('gives a value of another kind as a whole, and stops at its limit', () => {
  expect(differencesBetween({ a: [1] }, { a: { b: 1 } })).toEqual([{ path: 'a', saved: '[1]', yours: '{"b":1}' }]);
  const long = Array.from({ length: 1_000 }, (_, index) => index);
  expect(differencesBetween([], long)).toHaveLength(differencesMaximum);
});
