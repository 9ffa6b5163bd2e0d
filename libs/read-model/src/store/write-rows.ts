import type { Queryable, Statement } from '@consilium/postgres';
import { viewTable } from '../tables/view-tables.ts';
import type { RowGroup } from './coalesce.ts';
import { RowMissing } from './projection-errors.ts';

/** The schema of one generation. */
export const schemaOf = (generation: number): string => `view_${String(generation)}`;

/** Writes the rows of a batch into the tables of one generation: one statement for each group. */
export class RowWriter {
  readonly #generation: number;
  /** The text of every statement there was: they are few, and prepared once for each connection. */
  readonly #statements = new Map<string, { readonly name: string; readonly text: string }>();

  constructor(generation: number) {
    this.#generation = generation;
  }

  /** @throws RowMissing where a change is about a row that is not there */
  async write(transaction: Queryable, groups: readonly RowGroup[]): Promise<void> {
    for (const group of groups) {
      const written = await transaction.execute(this.#statementOf(group));
      if (written !== group.rows.length) throw new RowMissing(group.table);
    }
  }

  #statementOf(group: RowGroup): Statement {
    const shape = group.kind === 'put' ? group.table : `${group.table} ${group.set.join(' ')} + ${group.add.join(' ')}`;
    let statement = this.#statements.get(shape);
    if (statement === undefined) {
      const text = group.kind === 'put' ? this.#putText(group) : this.#updateText(group);
      statement = { name: `view-${String(this.#generation)}-${String(this.#statements.size)}`, text };
      this.#statements.set(shape, statement);
    }
    return { ...statement, values: [JSON.stringify(group.rows)] };
  }

  #putText({ table }: RowGroup): string {
    const { columns, key, put } = viewTable(table);
    const names = Object.keys(columns);
    const replaced = names.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`);
    return `INSERT INTO ${schemaOf(this.#generation)}.${table} (${names.join(', ')})
      SELECT ${names.map((column) => `new.${column}`).join(', ')} FROM ${this.#recordset(table, names)}
      ${put === 'replaced' ? `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${replaced.join(', ')}` : ''}`;
  }

  #updateText({ table, set, add }: Extract<RowGroup, { readonly kind: 'update' }>): string {
    const { key } = viewTable(table);
    const assignments = [
      ...set.map((column) => `${column} = new.${column}`),
      ...add.map((column) => `${column} = old.${column} + new.${column}`),
    ];
    return `UPDATE ${schemaOf(this.#generation)}.${table} AS old SET ${assignments.join(', ')}
      FROM ${this.#recordset(table, [...key, ...set, ...add])}
      WHERE ${key.map((column) => `old.${column} = new.${column}`).join(' AND ')}`;
  }

  #recordset(table: RowGroup['table'], names: readonly string[]): string {
    const { columns } = viewTable(table);
    const typed = names.map((column) => `${column} ${columns[column] ?? 'text'}`);
    return `jsonb_to_recordset($1) AS new (${typed.join(', ')})`;
  }
}
