import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyChoices, anyJson, anyText, meaningOf, writeFreely } from './any-json.spec.ts';
import { NotAJsonNumber, toPlainJson, writeJson } from './json-value.ts';
import { maxNesting, parseJson } from './parse-json.ts';

describe('parseJson', () => {
  it('reads what was written, however it was written', () => {
    fc.assert(
      fc.property(anyJson, anyChoices, (value, choices) => {
        expect(parseJson(writeFreely(value, choices))).toEqual({ ok: true, value });
        expect(parseJson(writeJson(value))).toEqual({ ok: true, value });
      }),
    );
  });

  it('means what JSON.parse means', () => {
    fc.assert(
      fc.property(anyJson, anyChoices, (value, choices) => {
        const text = writeFreely(value, choices);
        expect(toPlainJson(value)).toEqual(JSON.parse(text));
        expect(meaningOf(writeJson(value))).toEqual(meaningOf(text));
      }),
    );
  });

  it('takes a damaged text exactly when JSON.parse does', () => {
    fc.assert(
      fc.property(anyJson, anyChoices, fc.nat(), fc.nat(3), anyText, (value, choices, at, removed, inserted) => {
        const whole = writeFreely(value, choices);
        const cut = at % (whole.length + 1);
        const text = whole.slice(0, cut) + inserted + whole.slice(cut + removed);
        expect(parseJson(text).ok).toBe(isJson(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps the text of numbers, repeated keys, and the order of keys that look like indices', () => {
    expect(parseJson('{"2":0.10,"1":-1E+3,"2":[]}')).toEqual({
      ok: true,
      value: {
        kind: 'object',
        members: [
          { key: '2', value: { kind: 'number', text: '0.10' } },
          { key: '1', value: { kind: 'number', text: '-1E+3' } },
          { key: '2', value: { kind: 'array', items: [] } },
        ],
      },
    });
  });

  it('refuses what lies too deep, however deep', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(parseJson(nested(maxNesting)).ok).toBe(true);
    expect(parseJson(nested(maxNesting + 1))).toEqual({ ok: false, code: 'TOO_DEEP' });
    expect(parseJson(nested(1_000_000))).toEqual({ ok: false, code: 'TOO_DEEP' });
  });
});

describe('writeJson', () => {
  it.each(['', '0,5', '.5', '5.', '01', '+1', 'NaN', 'Infinity', '1e', '1,2', ' 1'])(
    'refuses %j for a number',
    (text) => {
      expect(() => writeJson({ kind: 'number', text })).toThrow(NotAJsonNumber);
    },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
