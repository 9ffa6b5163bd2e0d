import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyChoices, anyJson, writeFreely } from './any-json.spec.ts';
import { ArrayScanner } from './array-scanner.ts';
import type { ScannedElement } from './array-scanner.ts';

describe('ArrayScanner', () => {
  it('cuts an array into the texts of its elements', () => {
    fc.assert(
      fc.property(
        fc.array(anyJson, { maxLength: 6 }),
        anyChoices,
        fc.integer({ min: 1, max: 9 }),
        (items, choices, size) => {
          const texts = items.map((item) => writeFreely(item, choices).trim());
          const scanned = scan(` [ ${texts.join(' ,\n')} ]\n`, size);
          expect(scanned.map(textOf)).toEqual(texts);
          expect(scanned.map(({ row }) => row)).toEqual([...texts.keys()]);
        },
      ),
    );
  });

  it('says at which byte each element begins, a byte order mark and characters of several bytes counted', () => {
    expect(scan('\ufeff[{"a":"ñ"}, 12,"ñ"]').map(({ byteOffset }) => byteOffset)).toEqual([4, 16, 19]);
  });

  it.each([
    ['', 'NOT_AN_ARRAY', 0, 0],
    [' \n', 'NOT_AN_ARRAY', 2, 0],
    ['{"StudyID":1}', 'NOT_AN_ARRAY', 0, 0],
    ['1,2', 'NOT_AN_ARRAY', 0, 0],
    ['[', 'TRUNCATED', 1, 0],
    ['[1', 'TRUNCATED', 2, 0],
    ['[1,', 'TRUNCATED', 3, 1],
    ['[1,{"a":"b]', 'TRUNCATED', 11, 1],
    ['[{"a":[1}]', 'UNEXPECTED_BYTE', 8, 0],
    ['[1,{"a":1]}]', 'UNEXPECTED_BYTE', 9, 1],
    ['[1 2]', 'UNEXPECTED_BYTE', 3, 1],
    ['[{}{}]', 'UNEXPECTED_BYTE', 3, 1],
    ['[,1]', 'UNEXPECTED_BYTE', 1, 0],
    ['[1,]', 'UNEXPECTED_BYTE', 3, 1],
    ['[}', 'UNEXPECTED_BYTE', 1, 0],
    ['[1}', 'UNEXPECTED_BYTE', 2, 1],
    ['[1],[2]', 'AFTER_THE_END', 3, 1],
    ['[1]\n\u0000', 'AFTER_THE_END', 4, 1],
  ])('stops in %j: %s at byte %i in row %i', (text, code, byteOffset, row) => {
    expect(scan(text).at(-1)).toEqual({ kind: 'broken', row, byteOffset, code });
    expect(scan(text, 1)).toEqual(scan(text));
    expect(scan(text).filter(({ kind }) => kind === 'broken')).toHaveLength(1);
  });

  it('passes over an element beyond the limit, and gives those around it', () => {
    const ofBytes = (bytes: number): string => `"${'x'.repeat(bytes - 2)}"`;
    const scanned = scan(`[1,${ofBytes(10)},${ofBytes(11)},[${ofBytes(50)}],2]`, 4, 10);
    expect(scanned.map(textOf)).toEqual(['1', ofBytes(10), 'TOO_LARGE', 'TOO_LARGE', '2']);
  });

  it('gives an element that is no UTF-8 as such', () => {
    const scanner = new ArrayScanner(100);
    const bytes = Buffer.concat([Buffer.from('["a'), Buffer.of(0xc3), Buffer.from('",1]')]);
    expect([...scanner.scan(bytes)].map(textOf)).toEqual(['NOT_UTF8', '1']);
  });

  it('leaves to the parser what is nested deeper than it looks', () => {
    const deep = '['.repeat(5_000) + ']'.repeat(5_000);
    expect(scan(`[${deep},1]`).map(textOf)).toEqual([deep, '1']);
  });
});

function scan(text: string, chunkBytes = 1_000_000, maxElementBytes = 1_000_000): readonly ScannedElement[] {
  const scanner = new ArrayScanner(maxElementBytes);
  const bytes = Buffer.from(text, 'utf8');
  const scanned: ScannedElement[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes)
    scanned.push(...scanner.scan(bytes.subarray(at, at + chunkBytes)));
  scanned.push(...scanner.end());
  return scanned;
}

function textOf(element: ScannedElement): string {
  if (element.kind === 'broken') return element.code;
  return element.content.ok ? element.content.text : element.content.code;
}
