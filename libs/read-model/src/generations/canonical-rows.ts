import { canonicalJson, type JsonValue } from '@consilium/contracts';
import { withinSafeIntegers } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { schemaOf } from '../store/write-rows.ts';
import { type ViewName, viewTable } from '../tables/view-tables.ts';

/** Rows held in memory at a time. */
const pageRows = 1_000;

/** A row of a view in a form that is the same for every generation that saw the same events. */
export interface CanonicalRow {
  /** In the order of the key's columns; rows come in the order of these values. */
  readonly key: readonly (string | number)[];
  /** The stream it is made of. */
  readonly streamId: string;
  /** By column: RFC 8785 JSON. */
  readonly columns: Readonly<Record<string, string>>;
}

/** All rows of a view in order of the key, page by page. Best in one snapshot. */
export async function* canonicalRows(
  session: Queryable,
  generation: number,
  view: ViewName,
): AsyncGenerator<CanonicalRow> {
  const { columns, key, stream } = viewTable(view);
  const [aggregate, streamColumn] = stream;
  const shown = Object.entries(columns).map(([column, type]) =>
    // Who compares rows has to go on at a number that nobody can read.
    type === 'bigint' ? `${withinSafeIntegers(column)} AS ${column}` : column,
  );
  // By the column and not by what is shown of it, which no index has.
  const order = key.map((column) => `${view}.${column}`).join(', ');
  const text = (after: string): string => `SELECT ${shown.join(', ')}
    FROM ${schemaOf(generation)}.${view} ${after} ORDER BY ${order} LIMIT ${String(pageRows)}`;
  const places = key.map((column, index) => `$${String(index + 1)}::${columns[column] ?? 'text'}`);
  let page = await session.query({ text: text('') });
  for (;;) {
    for (const row of page) {
      yield {
        key: key.map((column) => keyValue(row[column])),
        streamId: `${aggregate}-${String(row[streamColumn])}`,
        columns: canonicalColumns(row),
      };
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageRows) return;
    page = await session.query({
      text: text(`WHERE (${key.join(', ')}) > (${places.join(', ')})`),
      values: key.map((column) => last[column]),
    });
  }
}

const keyValue = (value: unknown): string | number => (typeof value === 'number' ? value : String(value));

/** Texts, numbers, nulls and parsed jsonb as they are; bytes as base64. */
const canonicalColumns = (row: Row): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      canonicalJson(value instanceof Uint8Array ? Buffer.from(value).toString('base64') : (value as JsonValue)),
    ]),
  );

/** The row as one RFC 8785 object. */
export function canonicalRowJson({ columns }: CanonicalRow): string {
  const names = Object.keys(columns).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${columns[name] ?? 'null'}`).join(',')}}`;
}
