import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { readCsv } from '@consilium/formats';
import type { CsvRecord } from '@consilium/formats';
import { CommandFailed } from '../command-failed.ts';

/**
 * What is wrong with a row, beside what {@link readCsv} finds:
 * - MISSING: a column, a field, or an answer; NaN stands for a missing one and is none.
 * - REPEATED_COLUMN: a column that is asked for stands twice in the header.
 * - WRONG_FIELD_COUNT: more or fewer fields than the header has.
 * - TOO_LONG: more than 200 characters in a field that is used. TOO_MANY_ROWS: beyond a million.
 * - DUPLICATE: the same worker and question, or the same key of another file, as on the line that the message names.
 * - NOT_A_NUMBER: a weight that is no finite number of 0 or more. OTHER_CASE: a question of two cases.
 */
export type RowProblemCode =
  | Extract<CsvRecord, { kind: 'problems' }>['problems'][number]['code']
  | 'REPEATED_COLUMN'
  | 'WRONG_FIELD_COUNT'
  | 'TOO_LONG'
  | 'TOO_MANY_ROWS'
  | 'DUPLICATE'
  | 'NOT_A_NUMBER'
  | 'OTHER_CASE';

export interface RowProblem {
  /** As it was given; `-` for standard input. */
  readonly file: string;
  /** The line on which the row begins, from 1. */
  readonly line: number;
  readonly code: RowProblemCode;
  readonly message: string;
}

export interface ColumnsRow {
  readonly line: number;
  /** Of the columns asked for, in their order; '' of an optional one that the file has not. */
  readonly values: readonly string[];
}

/** What was read, for the record: the same bytes have the same digest. */
export interface ReadFile {
  readonly name: string;
  readonly sha256: string;
  readonly rows: readonly ColumnsRow[];
  /** Whether the header has the optional column. */
  readonly hasOptional: boolean;
}

/** A file by its path, or standard input for `-`. */
export interface Source {
  readonly name: string;
  readonly stdin: Readable;
}

export interface Columns {
  readonly required: readonly string[];
  readonly optional?: string;
}

type Complain = (problem: RowProblem) => void;

const maxRows = 1_000_000;
const maxFieldCharacters = 200;

/**
 * Reads the named columns of a CSV file with a header, in any order; others beside them are left alone. A bad row becomes a problem and
 * gives no values; a file without its columns gives no row.
 *
 * @throws CommandFailed where the file cannot be read
 */
export async function readColumns(source: Source, columns: Columns, complain: Complain): Promise<ReadFile> {
  const file = source.name;
  const digest = createHash('sha256');
  const records = readCsv(digested(openSource(source), digest));
  const rows: ColumnsRow[] = [];
  const header = headerOf(await records.next(), columns);
  if ('code' in header) complain({ file, ...header });
  else {
    for await (const record of records) {
      const { line } = record;
      if (rows.length === maxRows) {
        complain({ file, line, code: 'TOO_MANY_ROWS', message: `There are more than ${String(maxRows)} rows.` });
        break;
      }
      const row = rowOf(record, header);
      if ('code' in row) complain({ file, line, ...row });
      else rows.push({ line, ...row });
    }
  }
  const hasOptional =
    'places' in header && header.places.length > columns.required.length && !header.places.includes(-1);
  return { name: file, sha256: digest.digest('hex'), rows, hasOptional };
}

type Fault = Pick<RowProblem, 'code' | 'message'>;

interface Header {
  readonly width: number;
  /** Where each of the columns stands, by name; -1 for an optional one that is not there. */
  readonly names: readonly string[];
  readonly places: readonly number[];
}

function headerOf(
  first: IteratorResult<CsvRecord>,
  { required, optional }: Columns,
): Header | (Fault & { readonly line: number }) {
  const wanted = `The first row has to name the columns ${required.join(', ')}`;
  if (first.done === true) return { line: 1, code: 'MISSING', message: `The file is empty. ${wanted}.` };
  const { line } = first.value;
  if (first.value.kind === 'problems') return { line, ...faultOf(first.value) };
  const { fields } = first.value;
  const names = optional === undefined ? required : [...required, optional];
  for (const name of names) {
    const count = fields.filter((field) => field === name).length;
    if (count > 1)
      return {
        line,
        code: 'REPEATED_COLUMN',
        message: `The column ${name} stands ${String(count)} times in the header.`,
      };
    if (count === 0 && name !== optional) {
      return { line, code: 'MISSING', message: `There is no column ${name}. ${wanted}, separated by commas.` };
    }
  }
  return { width: fields.length, names, places: names.map((name) => fields.indexOf(name)) };
}

function rowOf(record: CsvRecord, { width, names, places }: Header): Pick<ColumnsRow, 'values'> | Fault {
  if (record.kind === 'problems') return faultOf(record);
  const { fields } = record;
  if (fields.length !== width) {
    const found = `${String(fields.length)} fields, and the header ${String(width)}`;
    return { code: 'WRONG_FIELD_COUNT', message: `The row has ${found}.` };
  }
  const values = places.map((place) => fields[place] ?? '');
  const tooLong = values.findIndex((value) => value.length > maxFieldCharacters);
  if (tooLong >= 0) {
    const most = String(maxFieldCharacters);
    return { code: 'TOO_LONG', message: `The ${names[tooLong] ?? ''} has more than ${most} characters.` };
  }
  const missing = values.findIndex((value, index) => places[index] !== -1 && /^\s*(nan)?\s*$/i.test(value));
  if (missing >= 0) return { code: 'MISSING', message: `The ${names[missing] ?? ''} is missing.` };
  return { values };
}

function faultOf({ problems: [problem] }: Extract<CsvRecord, { kind: 'problems' }>): Fault {
  return { code: problem?.code ?? 'NOT_CSV', message: `The row ${problem?.message ?? 'cannot be read'}.` };
}

async function* openSource({ name, stdin }: Source): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of name === '-' ? stdin : createReadStream(name)) {
      // A stream without encoding gives bytes.
      if (chunk instanceof Uint8Array) yield chunk;
    }
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    throw new CommandFailed(code === 'ENOENT' ? 'notFound' : 'failed', `${name} cannot be read: ${String(error)}`, {
      cause: error,
    });
  }
}

async function* digested(chunks: AsyncIterable<Uint8Array>, digest: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    digest.update(chunk);
    yield chunk;
  }
}
