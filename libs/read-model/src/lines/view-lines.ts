import { hash } from 'node:crypto';
import type { JsonValue } from '@consilium/contracts';
import { type ColumnType, type ViewName, viewTable } from '../tables/view-tables.ts';
import { jsonbText } from './jsonb-text.ts';

/*
 * A row of a view as one line, which the server writes of the row that it has, and we write of the row that events make. Two
 * lines are the same only where the rows are; where a value can be written in two ways, equal rows may have two lines.
 */

type Values = Readonly<Record<string, unknown>>;

/** SQL of the line of a row. */
export const lineExpression = (view: ViewName): string =>
  `concat(${Object.entries(viewTable(view).columns)
    .map(([column, type]) => valueExpression(column, type))
    .join(", ',', ")})`;

/** The line of a row that has all columns of that view. */
export function lineOf(view: ViewName, row: Values): string {
  let line = '';
  let separator = '';
  for (const [column, write] of writersOf(view)) {
    const value = row[column];
    line += value === null ? separator : separator + write(value);
    separator = ',';
  }
  return line;
}

/** Of NULL all of them make nothing, and no value is written as nothing. */
function valueExpression(column: string, type: ColumnType): string {
  switch (type) {
    case 'uuid':
    case 'boolean':
    case 'integer':
    case 'bigint':
    case 'jsonb':
      return column;
    case 'text':
      return `to_json(${column})`;
    case 'bytea':
      return `encode(sha256(${column}), 'hex')`;
  }
}

function writerOf(type: ColumnType): (value: unknown) => string {
  switch (type) {
    case 'uuid':
    case 'integer':
    case 'bigint':
      return String;
    case 'boolean':
      return (value) => (value === true ? 't' : 'f');
    case 'jsonb':
      return (value) => jsonbText(value as JsonValue);
    case 'text':
      return (value) => JSON.stringify(value);
    case 'bytea':
      return (value) => hash('sha256', value as Uint8Array, 'hex');
  }
}

type Writers = readonly (readonly [column: string, write: (value: unknown) => string])[];

const known = new Map<ViewName, Writers>();

function writersOf(view: ViewName): Writers {
  const writers =
    known.get(view) ??
    Object.entries(viewTable(view).columns).map(([column, type]) => [column, writerOf(type)] as const);
  known.set(view, writers);
  return writers;
}
