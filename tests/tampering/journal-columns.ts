import { canonicalJson, type JsonValue, payloadHashOf, streamLinkOf, streamStartOf } from '@consilium/contracts';
import type { StreamId } from '@consilium/domain';
import { changeColumn, difference } from './change-column.ts';
import { changeJson } from './change-value.ts';
import type { JournalSnapshot } from './journal-snapshot.ts';
import type { RandomSource } from './random-source.ts';
import { TableEdits } from './table-edits.ts';
import { byteaText, bytesOf, numberOf, type TableSnapshot, textOf, type TextRow } from './table-snapshot.ts';
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
    const stream = random.pick(event.rows)['stream_id'];
    const own = event.rows.filter((row) => row['stream_id'] === stream);
    return own.length < 2 ? undefined : exchangeRows(event, ['stream_version'], ...random.pickTwo(own));
  },
  'payload changed, and its hash': (random, { event, history }) => {
    const { eventRow } = random.pick(history);
    return asTampering(
      `${rowName(event, eventRow)} with another payload and the hash of it`,
      new TableEdits().replace(event, eventRow, otherPayload(random, eventRow)),
    );
  },
  'payload changed, and its hashes': (random, { event, history }) => {
    const { eventRow } = random.pick(history);
    const changes = otherPayload(random, eventRow);
    const version = numberOf(eventRow, 'stream_version');
    const before = event.rows.find(
      (row) => row['stream_id'] === eventRow['stream_id'] && numberOf(row, 'stream_version') === version - 1,
    );
    const streamHash = streamLinkOf(
      before === undefined ? streamStartOf(textOf(eventRow, 'stream_id') as StreamId) : bytesOf(before, 'stream_hash'),
      bytesOf(changes, 'payload_hash'),
      bytesOf(eventRow, 'meta_bytes'),
    );
    return asTampering(
      `${rowName(event, eventRow)} with another payload, the hash of it and the stream hash; the next events keep theirs`,
      new TableEdits().replace(event, eventRow, { ...changes, stream_hash: byteaText(streamHash) }),
    );
  },
  'log shifted': (random, { log, head }) => {
    const by = random.between(1, 3);
    const edits = new TableEdits();
    for (const row of log.rows) edits.replace(log, row, { global_seq: String(numberOf(row, 'global_seq') + by) });
    for (const row of head.rows) {
      edits.replace(head, row, { last_global_seq: String(numberOf(row, 'last_global_seq') + by) });
    }
    return asTampering(`every number of the log greater by ${String(by)}`, edits);
  },
  'partition shifted': (random, { log, partitionHead }) => {
    const by = random.pick([-1, 1, 2]);
    const end = random.pick(partitionHead.rows);
    const edits = new TableEdits().replace(partitionHead, end, { last_seq: String(numberOf(end, 'last_seq') + by) });
    for (const row of log.rows) {
      if (row['topic'] !== end['topic'] || row['partition'] !== end['partition']) continue;
      edits.replace(log, row, { partition_seq: String(numberOf(row, 'partition_seq') + by) });
    }
    return asTampering(`${rowName(partitionHead, end)}: its numbers and its end moved by ${String(by)}`, edits);
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

function otherPayload(random: RandomSource, eventRow: TextRow): TextRow {
  const value = JSON.parse(bytesOf(eventRow, 'payload_bytes').toString('utf8')) as JsonValue;
  const payload = Buffer.from(canonicalJson(changeJson(random, value)));
  return {
    payload_bytes: byteaText(payload),
    payload_hash: byteaText(payloadHashOf(bytesOf(eventRow, 'salt'), payload)),
  };
}

function changedCell(random: RandomSource, table: TableSnapshot, column: string): ReturnType<JournalMaker> {
  const row = random.pick(table.rows);
  const value = column === 'topic' ? random.pick(topics) : changeColumn(random, table, row, column);
  if (value === row[column]) return undefined;
  return asTampering(
    `${rowName(table, row)}: ${difference(table, row, column, value)}`,
    new TableEdits().replace(table, row, { [column]: value }),
  );
}

const topics = ['case', 'project', 'annotator', 'release', 'Case', 'case ', ''];

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
