import { describe, expect, it } from '@jest/globals';
import { failureCodes, inWords, toFailure } from './failure.ts';

describe('a failure', () => {
  it.each(failureCodes)('is told in words and with advice: %s', (code) => {
    const { title, advice } = inWords(code);
    expect(title).not.toContain('_');
    expect(advice).toMatch(/\.$/);
  });

  it('keeps a code it does not know in the message', () => {
    expect(toFailure('BREWING', 'Wait')).toEqual({ code: 'OTHER', message: 'Wait (BREWING)' });
    expect(toFailure(undefined, 'Wait')).toEqual({ code: 'OTHER', message: 'Wait' });
    expect(toFailure('FORBIDDEN', 'No')).toEqual({ code: 'FORBIDDEN', message: 'No' });
  });
});
