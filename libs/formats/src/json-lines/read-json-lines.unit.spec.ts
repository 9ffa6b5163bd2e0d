import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyJson, anyText } from '../json/any-json.spec.ts';
import { chunksOf, collect, waysToCut } from '../json/chunks.spec.ts';
import type { JsonValue } from '../json/json-value.ts';
import { writeJson } from '../json/json-value.ts';
import { readJsonLines } from './read-json-lines.ts';
import type { JsonLine, JsonLinesOptions } from './read-json-lines.ts';

describe('readJsonLines', () => {
  it('gives one value a line, or says what is wrong with the line, wherever the file is cut', async () => {
    const text = '\ufeff{"x":0.10}\r\n\n"ñ"\n{"x":}\n{"x":1,"x":2}\n  \t\n1e-3';
    const rows = await read(text);
    expect(rows.map(({ row, byteOffset }) => [row, byteOffset])).toEqual([
      [0, 0],
      [2, 16],
      [3, 21],
      [4, 28],
      [6, 46],
    ]);
    expect(rows.map(valueOrCode)).toEqual([
      { kind: 'object', members: [{ key: 'x', value: { kind: 'number', text: '0.10' } }] },
      'ñ',
      'NOT_JSON',
      'REPEATED_KEY',
      { kind: 'number', text: '1e-3' },
    ]);
    for (const chunks of waysToCut(text)) expect(await collect(readJsonLines(chunks))).toEqual(rows);
  });

  it('gives nothing for an empty file, and the last line with or without its end', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('1\n')).toEqual(await read('1'));
  });

  it('passes over a line beyond the limit, and reads on', async () => {
    const rows = await read(`"${'x'.repeat(8)}"\n"${'x'.repeat(9)}"\n1\n`, { maxLineBytes: 10 });
    expect(rows.map(valueOrCode)).toEqual(['xxxxxxxx', 'TOO_LARGE', { kind: 'number', text: '1' }]);
  });

  it('refuses bytes that are no UTF-8, and what is nested too deep', async () => {
    const rows = await collect(
      readJsonLines(chunksOf(Buffer.of(0x22, 0xff, 0x22, 0x0a), '['.repeat(100) + ']'.repeat(100))),
    );
    expect(rows.map(valueOrCode)).toEqual(['NOT_UTF8', 'TOO_DEEP']);
  });

  it('reads values back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyJson), async (values) => {
        const rows = await read(values.map((value) => `${writeJson(value)}\n`).join(''));
        expect(rows.map(({ row }) => row)).toEqual([...values.keys()]);
        for (const [index, row] of rows.entries()) {
          if (row.kind === 'value') expect(row.value).toEqual(values[index]);
          else expect(row.problems[0]?.code).toBe('REPEATED_KEY');
        }
      }),
    );
  });

  it('answers any bytes with rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(anyText, fc.uint8Array())), async (chunks) => {
        for (const line of await collect(readJsonLines(chunksOf(...chunks)))) {
          expect(line.kind === 'value' || line.problems.length > 0).toBe(true);
        }
      }),
    );
  });
});

const read = async (text: string, options?: JsonLinesOptions): Promise<readonly JsonLine[]> =>
  collect(readJsonLines(chunksOf(text), options));

const valueOrCode = (line: JsonLine): JsonValue | undefined =>
  line.kind === 'value' ? line.value : line.problems[0]?.code;
