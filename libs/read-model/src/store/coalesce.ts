import type { RowChange } from '../tables/row-change.ts';
import { type ViewName, viewNames, viewTable } from '../tables/view-tables.ts';

type Values = Readonly<Record<string, unknown>>;

/** Rows of one table that one statement writes. */
export type RowGroup =
  | { readonly kind: 'put'; readonly table: ViewName; readonly rows: readonly Values[] }
  | {
      readonly kind: 'update';
      readonly table: ViewName;
      /** Set to the row's value. */
      readonly set: readonly string[];
      /** Increased by the row's value. */
      readonly add: readonly string[];
      /** With the columns of the key besides. */
      readonly rows: readonly Values[];
    };

/** What is to happen to one row: it is written whole, or some columns are set and some increased. */
interface Pending {
  readonly put: boolean;
  readonly row: Record<string, unknown>;
  readonly set: Set<string>;
  readonly add: Set<string>;
}

interface OfTable {
  readonly puts: Values[];
  readonly pending: Map<string, Pending>;
}

/**
 * Brings the changes of a batch down to at most one for each row, and these to one group for each table, kind and set of
 * columns, in an order in which they can be written.
 */
export function coalesce(changes: Iterable<RowChange>): readonly RowGroup[] {
  const tables = new Map<ViewName, OfTable>();
  for (const change of changes) {
    let ofTable = tables.get(change.table);
    if (ofTable === undefined) {
      ofTable = { puts: [], pending: new Map<string, Pending>() };
      tables.set(change.table, ofTable);
    }
    // Rows that never change need no merging; should one come twice, the database refuses it.
    if (change.kind === 'put' && viewTable(change.table).put === 'final') ofTable.puts.push(change.row);
    else merge(ofTable, change);
  }
  return viewNames.flatMap((table) => groupsOf(table, tables.get(table)));
}

function merge({ puts, pending }: OfTable, change: RowChange): void {
  const table = viewTable(change.table);
  const values: Values = change.kind === 'put' ? change.row : change.key;
  const key = keyOf(table.key, values);
  const known = pending.get(key);
  if (change.kind === 'put') {
    if (known?.put === true && table.put === 'once') puts.push(change.row);
    else pending.set(key, { put: true, row: { ...change.row }, set: new Set(), add: new Set() });
    return;
  }
  const entry = known ?? { put: false, row: { ...change.key }, set: new Set<string>(), add: new Set<string>() };
  if (known === undefined) pending.set(key, entry);
  for (const [column, value] of Object.entries(change.values)) {
    if (change.kind === 'patch') {
      entry.row[column] = value;
      entry.set.add(column);
      entry.add.delete(column);
    } else {
      entry.row[column] = Number(entry.row[column] ?? 0) + Number(value);
      if (!entry.set.has(column)) entry.add.add(column);
    }
  }
}

function keyOf(columns: readonly string[], values: Values): string {
  let key = '';
  for (const column of columns) key += ` ${String(values[column])}`;
  return key;
}

function groupsOf(table: ViewName, ofTable: OfTable | undefined): readonly RowGroup[] {
  if (ofTable === undefined) return [];
  const all = [...ofTable.pending.values()];
  const puts = [...all.filter(({ put }) => put).map(({ row }) => row), ...ofTable.puts];
  const updates = Map.groupBy(
    all.filter(({ put }) => !put),
    ({ set, add }) => `${sorted(set).join(' ')}+${sorted(add).join(' ')}`,
  );
  return [
    ...(puts.length === 0 ? [] : [{ kind: 'put' as const, table, rows: puts }]),
    ...[...updates.values()].map((group) => ({
      kind: 'update' as const,
      table,
      set: sorted(group[0]?.set),
      add: sorted(group[0]?.add),
      rows: group.map(({ row }) => row),
    })),
  ];
}

const sorted = (columns: ReadonlySet<string> = new Set()): readonly string[] => [...columns].sort();
