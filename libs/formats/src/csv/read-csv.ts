import { unreadableRow } from '../format-problem.ts';
import type { FormatProblem, RowPlace, RowProblems } from '../format-problem.ts';
import { RowBytes } from '../json/row-bytes.ts';
import type { RowText } from '../json/row-bytes.ts';
import { toBytes } from '../json/to-bytes.ts';
import type { FileChunks } from '../json/to-bytes.ts';
import { parseRecord } from './parse-record.ts';

/** A place in a file for people: the line on which the record begins, from 1. */
export interface RecordPlace extends RowPlace {
  readonly line: number;
}

export type CsvRecord =
  (RecordPlace & { readonly kind: 'record'; readonly fields: readonly string[] }) | (RecordPlace & RowProblems);

export interface CsvOptions {
  /** Of one record's UTF-8 text, without the end of its line. Default 64 KiB. */
  readonly maxRecordBytes?: number;
  /** Default 100. */
  readonly maxFields?: number;
}

const [lineFeed, quote, comma] = [0x0a, 0x22, 0x2c];
const byteOrderMark = Uint8Array.of(0xef, 0xbb, 0xbf);

/**
 * Where the reader stands: before a field, in one, in a quoted one, after a quote in that (which ends it or is doubled), or in
 * a record that has a quote where none may be: that one ends with its line, whatever quotes follow.
 */
type Within = 'start' | 'plain' | 'quoted' | 'closed' | 'faulty';

/**
 * Reads the records of a CSV file (RFC 4180, UTF-8 with or without byte order mark; lines end with LF or CRLF, the last one
 * with or without), in memory bounded by one record. The header is a record like any other. Blank lines give nothing. A
 * record that cannot be read is reported and stops no other; a quote that is never closed takes the rest of the file with it.
 * Throws only what `chunks` throws.
 */
export async function* readCsv(chunks: FileChunks, options: CsvOptions = {}): AsyncGenerator<CsvRecord> {
  const { maxRecordBytes = 65_536, maxFields = 100 } = options;
  const content = new RowBytes(maxRecordBytes);
  let within: Within = 'start';
  let place: RecordPlace = { row: 0, byteOffset: 0, line: 1 };
  let line = 1;
  let bytesBefore = 0;
  for await (const chunk of toBytes(chunks)) {
    let begin = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === lineFeed) line += 1;
      if (byte === lineFeed && within !== 'quoted') {
        content.append(chunk.subarray(begin, at));
        yield* recordOf(place, content.take(), maxRecordBytes, maxFields);
        begin = at + 1;
        place = { row: place.row + 1, byteOffset: bytesBefore + begin, line };
        within = 'start';
        continue;
      }
      // The mark of the file's beginning stands before its first field, which may be quoted all the same.
      if (byte === byteOrderMark[bytesBefore + at] && within === 'start') continue;
      within = after(within, byte);
    }
    content.append(chunk.subarray(begin));
    bytesBefore += chunk.length;
  }
  yield* recordOf(place, content.take(), maxRecordBytes, maxFields);
}

function after(within: Within, byte: number): Within {
  switch (within) {
    case 'start':
      return byte === quote ? 'quoted' : byte === comma ? 'start' : 'plain';
    case 'plain':
      return byte === quote ? 'faulty' : byte === comma ? 'start' : 'plain';
    case 'quoted':
      return byte === quote ? 'closed' : 'quoted';
    case 'closed':
      // A carriage return too: only the end of the line can follow it.
      return byte === quote ? 'quoted' : byte === comma ? 'start' : 'faulty';
    case 'faulty':
      return 'faulty';
  }
}

function* recordOf(place: RecordPlace, content: RowText, maxBytes: number, maxFields: number): Generator<CsvRecord> {
  const problemOf = (problem: FormatProblem): CsvRecord => ({ kind: 'problems', ...place, problems: [problem] });
  if (!content.ok) {
    yield problemOf(unreadableRow(content.code, maxBytes));
    return;
  }
  const text = content.text.endsWith('\r') ? content.text.slice(0, -1) : content.text;
  if (text === '') return;
  const parsed = parseRecord(text);
  if (!parsed.ok) {
    yield problemOf({ path: '', code: 'NOT_CSV', message: parsed.message });
  } else if (parsed.fields.length > maxFields) {
    yield problemOf({ path: '', code: 'TOO_LARGE', message: `has more than ${String(maxFields)} fields` });
  } else {
    yield { kind: 'record', ...place, fields: parsed.fields };
  }
}
