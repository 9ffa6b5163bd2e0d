import type { Statement } from '@consilium/postgres';
import { quoted, type TableSnapshot, type TextRow } from './table-snapshot.ts';

interface Edits {
  readonly removed: Set<TextRow>;
  readonly added: TextRow[];
}

/**
 * Rows to take away and to put in. A changed row is one taken away and one put in: what the tables hold afterwards is the
 * same, and exchanged keys do not get in each other's way.
 */
export class TableEdits {
  readonly #edits = new Map<TableSnapshot, Edits>();

  remove(table: TableSnapshot, ...rows: readonly TextRow[]): this {
    for (const row of rows) this.#of(table).removed.add(row);
    return this;
  }

  add(table: TableSnapshot, ...rows: readonly TextRow[]): this {
    this.#of(table).added.push(...rows);
    return this;
  }

  replace(table: TableSnapshot, row: TextRow, changes: TextRow): this {
    return this.remove(table, row).add(table, { ...row, ...changes });
  }

  /** Undefined where they would change nothing, or where an index of the table would refuse them. */
  statements(): readonly Statement[] | undefined {
    const statements: Statement[] = [];
    for (const [table, edits] of this.#edits) {
      const removed = new Map([...edits.removed].map((row) => [JSON.stringify(row), row]));
      const added = edits.added.filter((row) => !removed.delete(keyed(table, row)));
      if (!isPossible(table, [...removed.values()], added)) return undefined;
      if (removed.size > 0) statements.push(deletion(table, [...removed.values()]));
      if (added.length > 0) statements.push(insertion(table, added));
    }
    return statements.length === 0 ? undefined : statements;
  }

  #of(table: TableSnapshot): Edits {
    const edits = this.#edits.get(table) ?? { removed: new Set(), added: [] };
    this.#edits.set(table, edits);
    return edits;
  }
}

/** In the order of the columns, as rows are read. */
const keyed = ({ columns }: TableSnapshot, row: TextRow): string =>
  JSON.stringify(Object.fromEntries(Object.keys(columns).map((column) => [column, row[column] ?? null])));

function isPossible(table: TableSnapshot, removed: readonly TextRow[], added: readonly TextRow[]): boolean {
  const gone = new Set(removed);
  const rows = [...table.rows.filter((row) => !gone.has(row)), ...added];
  return table.unique.every((columns) => {
    const keys = new Set(rows.map((row) => JSON.stringify(columns.map((column) => row[column] ?? null))));
    return keys.size === rows.length;
  });
}

function deletion({ name, columns, unique: [key = []] }: TableSnapshot, rows: readonly TextRow[]): Statement {
  const same = key.map((column) => `${name}.${quoted(column)} = gone.${quoted(column)}::${columns[column] ?? 'text'}`);
  return {
    text: `DELETE FROM ${name} USING unnest(${arrays(key.length)}) AS gone (${key.map(quoted).join(', ')})
      WHERE ${same.join(' AND ')}`,
    values: key.map((column) => rows.map((row) => row[column] ?? null)),
  };
}

function insertion({ name, columns }: TableSnapshot, rows: readonly TextRow[]): Statement {
  const names = Object.keys(columns);
  const list = names.map(quoted).join(', ');
  return {
    text: `INSERT INTO ${name} (${list})
      SELECT ${names.map((column) => `new.${quoted(column)}::${columns[column] ?? 'text'}`).join(', ')}
      FROM unnest(${arrays(names.length)}) AS new (${list})`,
    values: names.map((column) => rows.map((row) => row[column] ?? null)),
  };
}

const arrays = (count: number): string =>
  Array.from({ length: count }, (_, index) => `$${String(index + 1)}::text[]`).join(', ');
