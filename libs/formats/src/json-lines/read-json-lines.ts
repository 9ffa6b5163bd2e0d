import { ProblemList, unreadableRow } from '../format-problem.ts';
import type { RowPlace, RowProblems } from '../format-problem.ts';
import type { JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { noteRepeatedKeys } from '../json/repeated-keys.ts';
import { RowBytes } from '../json/row-bytes.ts';
import type { RowText } from '../json/row-bytes.ts';
import { toBytes } from '../json/to-bytes.ts';
import type { FileChunks } from '../json/to-bytes.ts';

export type JsonLine = (RowPlace & { readonly kind: 'value'; readonly value: JsonValue }) | RowProblems;

export interface JsonLinesOptions {
  /** Of one line's UTF-8 text, without its line feed. Default {@link defaultMaxLineBytes}. */
  readonly maxLineBytes?: number;
}

export const defaultMaxLineBytes: number = 8 * 1024 * 1024;

const lineFeed = 0x0a;
const onlySpace = /^[ \t\r]*$/;

/**
 * Reads one JSON value a line, in memory bounded by one line. Row numbers count lines from 0, blank ones too, which give
 * nothing; lines end with LF or CRLF, the last one with or without. A line that cannot be read is reported and stops no other.
 * Throws only what `chunks` throws.
 */
export async function* readJsonLines(chunks: FileChunks, options: JsonLinesOptions = {}): AsyncGenerator<JsonLine> {
  const { maxLineBytes = defaultMaxLineBytes } = options;
  const content = new RowBytes(maxLineBytes);
  let row = 0;
  let byteOffset = 0;
  let bytesBefore = 0;
  for await (const chunk of toBytes(chunks)) {
    let begin = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, begin)) {
      content.append(chunk.subarray(begin, end));
      yield* lineOf({ row, byteOffset }, content.take(), maxLineBytes);
      row += 1;
      begin = end + 1;
      byteOffset = bytesBefore + begin;
    }
    content.append(chunk.subarray(begin));
    bytesBefore += chunk.length;
  }
  yield* lineOf({ row, byteOffset }, content.take(), maxLineBytes);
}

function* lineOf(place: RowPlace, content: RowText, maxLineBytes: number): Generator<JsonLine> {
  // A carriage return at the end is white space to JSON.
  if (content.ok && onlySpace.test(content.text)) return;
  const parsed = content.ok ? parseJson(content.text) : content;
  if (!parsed.ok) {
    yield { kind: 'problems', ...place, problems: [unreadableRow(parsed.code, maxLineBytes)] };
    return;
  }
  const problems = new ProblemList();
  noteRepeatedKeys(parsed.value, problems);
  yield problems.all.length > 0
    ? { kind: 'problems', ...place, problems: problems.all }
    : { kind: 'value', ...place, value: parsed.value };
}
