import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../json/any-json.spec.ts';
import { chunksOf, collect, waysToCut } from '../json/chunks.spec.ts';
import { readCsv } from './read-csv.ts';
import type { CsvOptions, CsvRecord } from './read-csv.ts';

const read = async (text: string, options?: CsvOptions): Promise<readonly CsvRecord[]> =>
  collect(readCsv(chunksOf(text), options));
const said = (record: CsvRecord): readonly string[] | string =>
  record.kind === 'record'
    ? record.fields
    : record.problems.map(({ code, message }) => `${code} ${message}`).join('; ');
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

describe('readCsv', () => {
  it('reads quotes, commas and line ends in fields, wherever the file is cut', async () => {
    const text = '\ufeff"a","b, c"\r\n\r\n"say ""ñ""","two\r\nlines\n"\n,\n" x ",😀';
    const records = await read(text);
    expect(records.map(said)).toEqual([
      ['a', 'b, c'],
      ['say "ñ"', 'two\r\nlines\n'],
      ['', ''],
      [' x ', '😀'],
    ]);
    expect(records.map(({ row, line, byteOffset }) => [row, line, byteOffset])).toEqual([
      [0, 1, 0],
      [2, 3, 17],
      [3, 6, 44],
      [4, 7, 46],
    ]);
    for (const chunks of waysToCut(text)) expect(await collect(readCsv(chunks))).toEqual(records);
  });

  it('gives nothing for an empty file, and the last line with or without its end', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('a,b\n')).toEqual(await read('a,b'));
    expect((await read('a,')).map(said)).toEqual([['a', '']]);
    expect((await read('"a"\r\n"b"')).map(said)).toEqual([['a'], ['b']]);
  });

  it('says what is wrong with a record, and reads on with the next line', async () => {
    const records = await read('a"b,c\n"a"b,"c\nx,y\na\rb,c\n"open\nto the end');
    expect(records.map(said)).toEqual([
      'NOT_CSV has a quote within a field that does not begin with one',
      'NOT_CSV has text after a closing quote',
      ['x', 'y'],
      'NOT_CSV has a carriage return without a line feed outside quotes',
      'NOT_CSV has a quote that is not closed before the end of the file',
    ]);
    expect(records.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  });

  it('passes over a record beyond the limits, and reads on', async () => {
    const records = await read(`${'x'.repeat(11)}\n"${'\n'.repeat(20)}"\na,b,c\na,b\n`, {
      maxRecordBytes: 10,
      maxFields: 2,
    });
    expect(records.map(said)).toEqual([
      'TOO_LARGE has more than 10 bytes',
      'TOO_LARGE has more than 10 bytes',
      'TOO_LARGE has more than 2 fields',
      ['a', 'b'],
    ]);
    expect(records.map(({ line }) => line)).toEqual([1, 2, 23, 24]);
  });

  it('refuses bytes that are no UTF-8', async () => {
    const records = await collect(readCsv(chunksOf(Buffer.of(0x61, 0xff, 0x0a), 'b\n')));
    expect(records.map(said)).toEqual(['NOT_UTF8 holds bytes that are no UTF-8', ['b']]);
  });

  it('reads back what was written, quoted or not', async () => {
    const field = fc.oneof(
      fc.stringMatching(/^[a-z ]{0,4}$/),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom('"', '\n', '\r\n', ','),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(field, { minLength: 2, maxLength: 4 })),
        fc.constantFrom('\n', '\r\n'),
        async (rows, end) => {
          const text = rows
            .map((row) => row.map((one) => (/^[a-z ]*$/.test(one) ? one : quoted(one))).join(',') + end)
            .join('');
          expect((await read(text)).map(said)).toEqual(rows);
        },
      ),
    );
  });

  it('answers any bytes with records or problems', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(anyText, fc.uint8Array())), async (chunks) => {
        for (const record of await collect(readCsv(chunksOf(...chunks)))) {
          expect(record.kind === 'record' ? record.fields.length : record.problems.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
