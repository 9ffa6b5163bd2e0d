import { describe, expect, it } from '@jest/globals';
import { textProblems } from './text-problems.ts';

describe('text problems', () => {
  it('are lone surrogates and NUL, wherever they stand', () => {
    const input = { name: 'a\ud800', list: [{ note: 'fine' }, { note: 'a\0b' }], count: 3, none: null };
    expect(textProblems(input).map(({ path }) => path)).toEqual(['name', 'list[1].note']);
  });

  it('are none in any other text', () => {
    expect(textProblems({ text: 'Nódulo 🫁 \u200d\n\t\u0001' })).toEqual([]);
  });
});
