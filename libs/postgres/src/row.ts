/** One row as it left the server: nothing about its columns is believed until it is read with the functions below. */
export type Row = Readonly<Record<string, unknown>>;

/** A row had not the shape its reader expects: a statement and its reader have drifted apart. */
export class UnexpectedRow extends Error {
  override readonly name = 'UnexpectedRow';
  readonly column: string;

  constructor(column: string, expected: string, found: unknown) {
    super(`column ${column} is ${describe(found)}, expected ${expected}`);
    this.column = column;
  }
}

/** Only the kind of a value: a row may hold what must not reach a log. */
function describe(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'absent';
  return `a ${typeof value}`;
}

export function readText(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new UnexpectedRow(column, 'text', value);
  return value;
}

export const readOptionalText = (row: Row, column: string): string | undefined =>
  row[column] === null ? undefined : readText(row, column);

export function readBoolean(row: Row, column: string): boolean {
  const value = row[column];
  if (typeof value !== 'boolean') throw new UnexpectedRow(column, 'a boolean', value);
  return value;
}

/** For smallint, integer and bigint columns; bigint values are checked against 2^53 when they are parsed. */
export function readInteger(row: Row, column: string): number {
  const value = row[column];
  if (!Number.isSafeInteger(value) || typeof value !== 'number') throw new UnexpectedRow(column, 'an integer', value);
  return value;
}

export const readOptionalInteger = (row: Row, column: string): number | undefined =>
  row[column] === null ? undefined : readInteger(row, column);

export function readBytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new UnexpectedRow(column, 'bytes', value);
  return value;
}

export const readOptionalBytes = (row: Row, column: string): Uint8Array | undefined =>
  row[column] === null ? undefined : readBytes(row, column);

/** Elements that are NULL are undefined. */
export function readOptionalTexts(row: Row, column: string): readonly (string | undefined)[] | undefined {
  const values = row[column];
  if (values === null) return undefined;
  if (!Array.isArray(values)) throw new UnexpectedRow(column, 'an array', values);
  return values.map((value: unknown) => readOptionalText({ [column]: value }, column));
}
