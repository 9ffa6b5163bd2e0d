import { type Queryable, readText, type Row } from '@consilium/postgres';

/** Every column in the text form of its type, so that tables of any shape can be read, changed and written. */
export type TextRow = Readonly<Record<string, string | null>>;

export interface TableSnapshot {
  /** With its schema, ready to stand in SQL. */
  readonly name: string;
  /** Type by column. */
  readonly columns: Readonly<Record<string, string>>;
  readonly nullable: ReadonlySet<string>;
  /** The primary key first. */
  readonly unique: readonly (readonly string[])[];
  /** In the order of the primary key. */
  readonly rows: readonly TextRow[];
}

export async function readTable(session: Queryable, schema: string, table: string): Promise<TableSnapshot> {
  const name = `${quoted(schema)}.${quoted(table)}`;
  const columns = await session.query({
    text: `SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type, (NOT attnotnull)::text AS nullable
      FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    values: [name],
  });
  const unique = await session.query({
    text: `SELECT (SELECT string_agg(attname::text, ' ' ORDER BY place.number)
          FROM unnest(indkey) WITH ORDINALITY AS place (attnum, number)
          JOIN pg_attribute ON attrelid = indrelid AND pg_attribute.attnum = place.attnum) AS columns
      FROM pg_index WHERE indrelid = $1::regclass AND indisunique ORDER BY indisprimary DESC`,
    values: [name],
  });
  const names = columns.map((row) => readText(row, 'name'));
  const keys = unique.map((row) => readText(row, 'columns').split(' '));
  const rows = await session.query({
    text: `SELECT ${names.map((column) => `${quoted(column)}::text`).join(', ')} FROM ${name}
      ORDER BY ${(keys[0] ?? names).map((column) => `${name}.${quoted(column)}`).join(', ')}`,
  });
  return {
    name,
    columns: Object.fromEntries(columns.map((row) => [readText(row, 'name'), readText(row, 'type')])),
    nullable: new Set(columns.filter((row) => row['nullable'] === 'true').map((row) => readText(row, 'name'))),
    unique: keys,
    rows: rows.map(asTextRow),
  };
}

const asTextRow = (row: Row): TextRow =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, typeof value === 'string' ? value : null]));

export const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

export function textOf(row: TextRow, column: string): string {
  const value = row[column];
  if (value === undefined || value === null) throw new Error(`${column} has no value`);
  return value;
}

export const numberOf = (row: TextRow, column: string): number => Number(textOf(row, column));

export const bytesOf = (row: TextRow, column: string): Buffer => Buffer.from(textOf(row, column).slice(2), 'hex');

export const byteaText = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;
