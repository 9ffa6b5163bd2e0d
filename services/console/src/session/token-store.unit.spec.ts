import { describe, expect, it } from '@jest/globals';
import { cleanToken, tokenOfFragment } from './token-store.ts';

describe('a token', () => {
  it.each(['abc.def.ghi', '  abc.def.ghi\n', 'Bearer abc.def.ghi', '"abc.def.ghi"', 'abc.\ndef.\nghi'])(
    'is found in what was pasted: %j',
    (pasted) => {
      expect(cleanToken(pasted)).toBe('abc.def.ghi');
    },
  );

  it.each([
    ['#token=abc.def', 'abc.def'],
    ['#/?token=abc.def', 'abc.def'],
    ['#/token=abc.def', 'abc.def'],
    ['#token=', undefined],
    ['#/projects/1?status=SETTLED', undefined],
    ['', undefined],
  ])('is taken from the address %j as %j', (fragment, token) => {
    expect(tokenOfFragment(fragment)).toBe(token);
  });
});
