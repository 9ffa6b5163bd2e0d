import { createHash } from 'node:crypto';
import type { Queryable } from '@consilium/postgres';
import { type ViewName, viewTable } from '../tables/view-tables.ts';
import type { RowGroup } from './coalesce.ts';
import { type ColumnParameters, columnParameters } from './column-values.ts';
import { RowMissing } from './projection-errors.ts';

/** The schema of one generation. */
export const schemaOf = (generation: number): string => `view_${String(generation)}`;

interface PreparedWrite {
  readonly name: string;
  readonly text: string;
  readonly columns: readonly ColumnParameters[];
}

/** Writes the rows of a batch into the tables of one generation: one statement for each group. */
export class RowWriter {
  readonly #generation: number;
  /** Every statement there was: they are few, and prepared once for each connection. */
  readonly #prepared = new Map<string, PreparedWrite>();

  constructor(generation: number) {
    this.#generation = generation;
  }

  /** @throws RowMissing where a change is about a row that is not there */
  async write(transaction: Queryable, groups: readonly RowGroup[]): Promise<void> {
    for (const group of groups) {
      const { name, text, columns } = this.#prepare(group);
      const values = columns.flatMap(({ parameters }) => parameters(group.rows));
      const written = await transaction.execute({ name, text, values });
      if (written !== group.rows.length) throw new RowMissing(group.table);
    }
  }

  #prepare(group: RowGroup): PreparedWrite {
    const shape = group.kind === 'put' ? group.table : `${group.table} ${group.set.join(' ')} + ${group.add.join(' ')}`;
    const known = this.#prepared.get(shape);
    if (known !== undefined) return known;
    const statement = group.kind === 'put' ? this.#put(group.table) : this.#update(group);
    const prepared = { name: nameOf(statement.text), ...statement };
    this.#prepared.set(shape, prepared);
    return prepared;
  }

  #put(table: ViewName): Omit<PreparedWrite, 'name'> {
    const { columns, key, put } = viewTable(table);
    const names = Object.keys(columns);
    const rows = rowsOf(table, names);
    const replaced = names.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`);
    return {
      text: `INSERT INTO ${schemaOf(this.#generation)}.${table} (${names.join(', ')})
        SELECT ${names.map(rows.value).join(', ')} FROM ${rows.source}
        ${put === 'replaced' ? `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${replaced.join(', ')}` : ''}`,
      columns: rows.columns,
    };
  }

  #update({ table, set, add }: Extract<RowGroup, { readonly kind: 'update' }>): Omit<PreparedWrite, 'name'> {
    const { key } = viewTable(table);
    const rows = rowsOf(table, [...key, ...set, ...add]);
    const assignments = [
      ...set.map((column) => `${column} = ${rows.value(column)}`),
      ...add.map((column) => `${column} = old.${column} + ${rows.value(column)}`),
    ];
    return {
      text: `UPDATE ${schemaOf(this.#generation)}.${table} AS old SET ${assignments.join(', ')}
        FROM ${rows.source}
        WHERE ${key.map((column) => `old.${column} = ${rows.value(column)}`).join(' AND ')}`,
      columns: rows.columns,
    };
  }
}

/** The same for the same text, whoever prepares it: several writers may share a connection. */
const nameOf = (text: string): string => `view-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;

interface RowSource {
  readonly source: string;
  readonly value: (column: string) => string;
  readonly columns: readonly ColumnParameters[];
}

/** The rows as a set of the server's, with these columns. */
function rowsOf(table: ViewName, names: readonly string[]): RowSource {
  const types = viewTable(table).columns;
  const columns: ColumnParameters[] = [];
  const arrays: string[] = [];
  const values = new Map<string, string>();
  let next = 1;
  for (const name of names) {
    const column = columnParameters(name, types[name] ?? 'text');
    columns.push(column);
    arrays.push(...column.arrays(next));
    values.set(name, column.value(next));
    next += column.parameterCount;
  }
  return {
    source: `unnest(${arrays.join(', ')}) AS new (${columns.flatMap((column) => column.names).join(', ')})`,
    value: (name) => values.get(name) ?? `new.${name}`,
    columns,
  };
}
