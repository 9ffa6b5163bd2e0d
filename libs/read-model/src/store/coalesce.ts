import type { RowChange } from '../tables/row-change.ts';
import { type ViewName, viewNames, viewTable } from '../tables/view-tables.ts';

type Values = Readonly<Record<string, unknown>>;

/** Rows of one table that one statement writes. `columns` are those of every row, the key's first. */
export type RowGroup =
  | { readonly kind: 'put'; readonly table: ViewName; readonly rows: readonly Values[] }
  | {
      readonly kind: 'update';
      readonly table: ViewName;
      /** Set to the row's value. */
      readonly set: readonly string[];
      /** Increased by the row's value. */
      readonly add: readonly string[];
      readonly rows: readonly Values[];
    };

/** What is to happen to one row: it is written whole, or some columns are set and some increased. */
interface Pending {
  readonly put: boolean;
  readonly row: Record<string, unknown>;
  readonly set: Set<string>;
  readonly add: Set<string>;
}

/**
 * Brings the changes of a batch down to at most one for each row, and these to one group for each table, kind and set of
 * columns, in an order in which they can be written.
 */
export function coalesce(changes: readonly RowChange[]): readonly RowGroup[] {
  const tables = new Map<ViewName, Map<string, Pending>>();
  for (const change of changes) {
    const rows = tables.get(change.table) ?? new Map<string, Pending>();
    tables.set(change.table, rows);
    merge(rows, change);
  }
  return viewNames.flatMap((table) => groupsOf(table, tables.get(table)));
}

function merge(rows: Map<string, Pending>, change: RowChange): void {
  const values: Values = change.kind === 'put' ? change.row : change.key;
  const key = viewTable(change.table)
    .key.map((column) => String(values[column]))
    .join(' ');
  const known = rows.get(key);
  switch (change.kind) {
    case 'put':
      // A second row of a key that is written once goes to the database as it is, which refuses it.
      rows.set(known?.put === true && viewTable(change.table).put === 'once' ? `${key} again` : key, {
        put: true,
        row: { ...change.row },
        set: new Set(),
        add: new Set(),
      });
      return;
    case 'patch': {
      const pending = known ?? { put: false, row: { ...change.key }, set: new Set(), add: new Set() };
      for (const [column, value] of Object.entries(change.values)) {
        pending.row[column] = value;
        pending.set.add(column);
        pending.add.delete(column);
      }
      rows.set(key, pending);
      return;
    }
    case 'add': {
      const pending = known ?? { put: false, row: { ...change.key }, set: new Set(), add: new Set() };
      for (const [column, value] of Object.entries(change.values)) {
        pending.row[column] = Number(pending.row[column] ?? 0) + value;
        if (!pending.set.has(column)) pending.add.add(column);
      }
      rows.set(key, pending);
    }
  }
}

function groupsOf(table: ViewName, rows: ReadonlyMap<string, Pending> | undefined): readonly RowGroup[] {
  if (rows === undefined) return [];
  const all = [...rows.values()];
  const puts = all.filter(({ put }) => put).map(({ row }) => row);
  const updates = Map.groupBy(
    all.filter(({ put }) => !put),
    ({ set, add }) => `${[...set].sort().join(' ')}+${[...add].sort().join(' ')}`,
  );
  return [
    ...(puts.length === 0 ? [] : [{ kind: 'put' as const, table, rows: puts }]),
    ...[...updates.values()].map((group) => ({
      kind: 'update' as const,
      table,
      set: [...(group[0]?.set ?? [])].sort(),
      add: [...(group[0]?.add ?? [])].sort(),
      rows: group.map(({ row }) => row),
    })),
  ];
}
