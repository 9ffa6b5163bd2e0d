import { describe, expect, it } from '@jest/globals';
import {
  readBoolean,
  readBytes,
  readInteger,
  readOptionalBytes,
  readOptionalInteger,
  readOptionalText,
  readText,
  UnexpectedRow,
} from './row.ts';
import { parseBigint } from './value-parsers.ts';

describe('reading a row', () => {
  it('gives values of the expected kind', () => {
    const bytes = Buffer.from('x');
    expect(readText({ a: '' }, 'a')).toBe('');
    expect(readInteger({ a: -1 }, 'a')).toBe(-1);
    expect(readBoolean({ a: false }, 'a')).toBe(false);
    expect(readBytes({ a: bytes }, 'a')).toBe(bytes);
    expect(readOptionalText({ a: null }, 'a')).toBeUndefined();
    expect(readOptionalInteger({ a: 0 }, 'a')).toBe(0);
    expect(readOptionalBytes({ a: null }, 'a')).toBeUndefined();
  });

  it.each([
    ['null for text', () => readText({ a: null }, 'a')],
    ['an absent column', () => readOptionalText({}, 'a')],
    ['a number for text', () => readText({ a: 1 }, 'a')],
    ['text for a number', () => readInteger({ a: '1' }, 'a')],
    ['a fraction', () => readInteger({ a: 1.5 }, 'a')],
    ['text for bytes', () => readBytes({ a: 'secret' }, 'a')],
    ['text for a truth value', () => readBoolean({ a: 't' }, 'a')],
  ])('refuses %s, and does not repeat the value', (_what, read) => {
    expect(read).toThrow(UnexpectedRow);
    expect(read).not.toThrow(/secret/);
  });
});

describe('a bigint column', () => {
  it.each([
    ['0', 0],
    ['-5', -5],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('%s is the number', (text, value) => {
    expect(parseBigint(text)).toBe(value);
  });

  it('beyond 2^53 is refused instead of being rounded', () => {
    expect(() => parseBigint('9007199254740992')).toThrow(RangeError);
    expect(() => parseBigint('-9007199254740993')).toThrow(RangeError);
  });
});
