import { changeColumn } from './change-column.ts';
import type { JournalSnapshot } from './journal-snapshot.ts';
import type { RandomSource } from './random-source.ts';
import { TableEdits } from './table-edits.ts';
import { bytesOf, type TableSnapshot, textOf, type TextRow } from './table-snapshot.ts';
import type { Maker, SqlTampering } from './tampering.ts';

export type JournalMaker = Maker<JournalSnapshot, SqlTampering>;

export const asTampering = (what: string, edits: TableEdits): ReturnType<JournalMaker> => {
  const statements = edits.statements();
  return statements === undefined ? undefined : { what, statements };
};

/** The row that a person would look for: the key, or what stands for it. */
export const rowName = ({ name, unique: [key = []] }: TableSnapshot, row: TextRow): string =>
  `${name.replaceAll('"', '')} (${key.map((column) => textOf(row, column)).join(', ')})`;

type TableName = 'event' | 'log' | 'head' | 'partitionHead' | 'tile' | 'checkpoint';

const historyColumns: Readonly<Record<TableName, readonly string[]>> = {
  event: [
    'stream_id',
    'stream_version',
    'event_id',
    'organisation',
    'recorded_at',
    'schema_version',
    'type',
    'salt',
    'payload_hash',
    'stream_hash',
    'meta_bytes',
    'payload_bytes',
  ],
  log: ['global_seq', 'stream_id', 'stream_version', 'organisation', 'topic', 'partition', 'partition_seq'],
  head: ['last_global_seq'],
  partitionHead: ['topic', 'partition', 'last_seq'],
  tile: ['level', 'index', 'hashes'],
  checkpoint: ['size', 'note'],
};

/** Columns whose values, exchanged between two rows, leave every one of them well formed. */
const exchangeable: Readonly<Record<string, readonly [table: TableName, columns: readonly string[]]>> = {
  'payloads exchanged': ['event', ['payload_bytes']],
  'payloads with salts exchanged': ['event', ['payload_bytes', 'salt']],
  'payloads with hashes exchanged': ['event', ['payload_bytes', 'salt', 'payload_hash']],
  'salts exchanged': ['event', ['salt']],
  'payload hashes exchanged': ['event', ['payload_hash']],
  'stream hashes exchanged': ['event', ['stream_hash']],
  'envelopes exchanged': ['event', ['meta_bytes']],
  'event ids exchanged': ['event', ['event_id']],
  'types exchanged': ['event', ['type']],
  'instants exchanged': ['event', ['recorded_at']],
  'events exchanged': ['event', ['stream_id', 'stream_version']],
  'whole events exchanged but for their hashes': [
    'event',
    [
      'event_id',
      'organisation',
      'recorded_at',
      'schema_version',
      'type',
      'salt',
      'payload_hash',
      'meta_bytes',
      'payload_bytes',
    ],
  ],
  'places in the log exchanged': ['log', ['global_seq', 'topic', 'partition', 'partition_seq']],
  'global numbers exchanged': ['log', ['global_seq']],
  'places in partitions exchanged': ['log', ['topic', 'partition', 'partition_seq']],
  'numbers in partitions exchanged': ['log', ['partition_seq']],
  'tiles exchanged': ['tile', ['hashes']],
  'ends of partitions exchanged': ['partitionHead', ['last_seq']],
  'notes exchanged': ['checkpoint', ['note']],
};

export const columnTamperings: Readonly<Record<string, JournalMaker>> = {
  ...Object.fromEntries(
    Object.entries(historyColumns).flatMap(([table, columns]) =>
      columns.map((column): readonly [string, JournalMaker] => [
        `${table}.${column} changed`,
        (random, snapshot) => changedCell(random, snapshot[table as TableName], column),
      ]),
    ),
  ),
  ...Object.fromEntries(
    Object.entries(exchangeable).map(([kind, [table, columns]]): readonly [string, JournalMaker] => [
      kind,
      (random, snapshot) => exchangedCells(random, snapshot[table], columns),
    ]),
  ),
  'versions of a stream exchanged': (random, { event }) => {
    const [one, other] = random.pickTwo(event.rows);
    if (one['stream_id'] !== other['stream_id']) return undefined;
    return exchangeRows(event, ['stream_version'], one, other);
  },
  'note repeated': (random, { checkpoint }) => {
    const [one, other] = random.pickTwo(checkpoint.rows);
    return asTampering(
      `the note of ${rowName(checkpoint, other)} also at ${rowName(checkpoint, one)}`,
      new TableEdits().replace(checkpoint, one, { note: textOf(other, 'note') }),
    );
  },
  'payload of another event': (random, { event }) => {
    const [one, other] = random.pickTwo(event.rows);
    const columns = ['payload_bytes', ...(random.chance() ? ['salt', 'payload_hash'] : [])];
    return asTampering(
      `${rowName(event, one)} with the ${columns.join(', ')} of ${rowName(event, other)}`,
      new TableEdits().replace(event, one, part(other, columns)),
    );
  },
};

function changedCell(random: RandomSource, table: TableSnapshot, column: string): ReturnType<JournalMaker> {
  const row = random.pick(table.rows);
  const value = column === 'topic' ? random.pick(topics) : changeColumn(random, table, row, column);
  if (value === row[column]) return undefined;
  const shown = table.columns[column] === 'bytea' ? difference(bytesOf(row, column), value) : `now ${String(value)}`;
  return asTampering(
    `${rowName(table, row)}: ${column} ${table.columns[column] === 'text' ? 'changed' : shown}`,
    new TableEdits().replace(table, row, { [column]: value }),
  );
}

const topics = ['case', 'project', 'annotator', 'release', 'Case', 'case ', ''];

function difference(before: Buffer, text: string | null): string {
  const after = Buffer.from((text ?? '').slice(2), 'hex');
  const place = [...before].findIndex((byte, index) => after[index] !== byte);
  return `other from byte ${String(place < 0 ? before.length : place)} on (${String(after.length)} bytes)`;
}

function exchangedCells(
  random: RandomSource,
  table: TableSnapshot,
  columns: readonly string[],
): ReturnType<JournalMaker> {
  const [one, other] = random.pickTwo(table.rows);
  return exchangeRows(table, columns, one, other);
}

const exchangeRows = (
  table: TableSnapshot,
  columns: readonly string[],
  one: TextRow,
  other: TextRow,
): ReturnType<JournalMaker> =>
  asTampering(
    `${rowName(table, one)} and ${rowName(table, other)} have exchanged ${columns.join(', ')}`,
    new TableEdits().replace(table, one, part(other, columns)).replace(table, other, part(one, columns)),
  );

const part = (row: TextRow, columns: readonly string[]): TextRow =>
  Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
