import type { ColumnType } from '../tables/view-tables.ts';

type Values = Readonly<Record<string, unknown>>;

/** How the values of one column of many rows go to the server: parameters, and what stands for them in the statement. */
export interface ColumnParameters {
  /** In the list of unnest's arrays. */
  readonly arrays: (first: number) => readonly string[];
  /** The names that unnest gives them. */
  readonly names: readonly string[];
  /** The value of one row, made from those names. */
  readonly value: (first: number) => string;
  readonly parameters: (rows: readonly Values[]) => readonly unknown[];
  readonly parameterCount: number;
}

/**
 * Arrays are written as array literals by hand: the driver would look for special characters in every id. Bytes of all rows
 * go as one binary parameter with the places of each, so that they are neither escaped nor parsed.
 */
export function columnParameters(column: string, type: ColumnType): ColumnParameters {
  switch (type) {
    case 'uuid':
    case 'boolean':
    case 'integer':
    case 'bigint':
      return asArray(column, type, `new.${column}`, (value) => String(value));
    case 'text':
      return asArray(column, 'text', `new.${column}`, (value) => quoted(String(value)));
    case 'jsonb':
      return asArray(column, 'text', `new.${column}::jsonb`, (value) => quoted(JSON.stringify(value)));
    case 'bytea':
      return asBytes(column);
  }
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const asArray = (column: string, type: string, value: string, write: (value: unknown) => string): ColumnParameters => ({
  arrays: (first) => [`$${String(first)}::${type}[]`],
  names: [column],
  value: () => value,
  parameters: (rows) => {
    const items = rows.map((row) => (row[column] === null ? 'NULL' : write(row[column])));
    return [`{${items.join(',')}}`];
  },
  parameterCount: 1,
});

const asBytes = (column: string): ColumnParameters => ({
  arrays: (first) => [`$${String(first + 1)}::integer[]`, `$${String(first + 2)}::integer[]`],
  names: [`${column}_start`, `${column}_length`],
  value: (first) => `substring($${String(first)}::bytea FROM new.${column}_start FOR new.${column}_length)`,
  parameters: (rows) => {
    const parts: Uint8Array[] = [];
    const starts: string[] = [];
    const lengths: string[] = [];
    let start = 1;
    for (const row of rows) {
      const bytes = row[column];
      if (bytes instanceof Uint8Array) {
        parts.push(bytes);
        starts.push(String(start));
        lengths.push(String(bytes.length));
        start += bytes.length;
      } else {
        starts.push('NULL');
        lengths.push('NULL');
      }
    }
    return [Buffer.concat(parts), `{${starts.join(',')}}`, `{${lengths.join(',')}}`];
  },
  parameterCount: 3,
});
