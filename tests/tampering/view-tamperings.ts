import { routeOf } from '@consilium/contracts';
import type { StreamId } from '@consilium/domain';
import { type Queryable, readOptionalTexts } from '@consilium/postgres';
import { changeColumn, difference } from './change-column.ts';
import { changeInteger, changeUuid } from './change-value.ts';
import type { RandomSource } from './random-source.ts';
import { TableEdits } from './table-edits.ts';
import { numberOf, readTable, type TableSnapshot, textOf, type TextRow } from './table-snapshot.ts';
import { drawTamperings, type Maker, type SqlTampering } from './tampering.ts';

/** The tables of one generation, all of whose columns follow from the events. */
export interface ViewSnapshot {
  /** Those with rows. */
  readonly tables: readonly TableSnapshot[];
  /** Only `next_seq` is history; `next_offset` is Kafka's, and may be anything the projector can read on from. */
  readonly checkpoint: TableSnapshot;
  readonly parkedStream: TableSnapshot;
}

/** Of views that nobody has tampered with, as their owner. */
export async function readViewSnapshot(session: Queryable, generation: number): Promise<ViewSnapshot> {
  const [row = {}] = await session.query({
    text: `SELECT read_model.view_tables() || read_model.history_tables()
        || ARRAY(SELECT unnest(part.tables) FROM read_model.view_part AS part ORDER BY part.number) AS names`,
  });
  const schema = `view_${String(generation)}`;
  const tables: TableSnapshot[] = [];
  for (const name of readOptionalTexts(row, 'names') ?? []) tables.push(await readTable(session, schema, name ?? ''));
  return {
    tables: tables.filter(({ rows }) => rows.length > 0),
    checkpoint: await readTable(session, schema, 'checkpoint'),
    parkedStream: await readTable(session, schema, 'parked_stream'),
  };
}

type ViewMaker = Maker<ViewSnapshot, SqlTampering>;

const makers: Readonly<Record<string, ViewMaker>> = {
  'cell changed': (random, { tables }) => {
    const table = random.pick(tables);
    return changedCell(random, table, random.pick(Object.keys(table.columns)));
  },
  'key changed': (random, { tables }) => {
    const table = random.pick(tables);
    return changedCell(random, table, random.pick(keyOf(table)));
  },
  'bytes changed': (random, { tables }) => cellOfType(random, tables, 'bytea'),
  'document changed': (random, { tables }) => cellOfType(random, tables, 'jsonb'),
  'cell of another row': (random, { tables }) => {
    const table = random.pick(tables);
    const [one, other] = random.pickTwo(table.rows);
    const column = random.pick(Object.keys(table.columns));
    return asTampering(
      `${rowName(table, one)} with ${column} of ${rowName(table, other)}`,
      new TableEdits().replace(table, one, { [column]: other[column] ?? null }),
    );
  },
  'cells exchanged': (random, { tables }) => {
    const table = random.pick(tables);
    return exchanged(random, table, [random.pick(valuesOf(table))]);
  },
  'rows exchanged': (random, { tables }) => {
    const table = random.pick(tables);
    return exchanged(random, table, valuesOf(table));
  },
  'row removed': (random, { tables }) => {
    const table = random.pick(tables);
    const row = random.pick(table.rows);
    return asTampering(`${rowName(table, row)} removed`, new TableEdits().remove(table, row));
  },
  'row repeated': (random, { tables }) => {
    const table = random.pick(tables);
    const row = random.pick(table.rows);
    const column = random.pick(keyOf(table));
    const value = changeColumn(random, table, row, column);
    return asTampering(
      `${rowName(table, row)} repeated with ${column} ${String(value)}`,
      new TableEdits().add(table, { ...row, [column]: value }),
    );
  },
  'table emptied': (random, { tables }) => {
    const table = random.pick(tables);
    return asTampering(`${plain(table)} emptied`, new TableEdits().remove(table, ...table.rows));
  },
  'case removed': (random, { tables }) => {
    const caseId = randomCase(random, tables);
    const edits = new TableEdits();
    for (const [table, row] of rowsOfCase(tables, caseId)) edits.remove(table, row);
    return asTampering(`every row of case ${caseId} removed`, edits);
  },
  'case under another name': (random, { tables }) => {
    const caseId = randomCase(random, tables);
    const name = changeUuid(random, caseId);
    const edits = new TableEdits();
    for (const [table, row] of rowsOfCase(tables, caseId)) edits.replace(table, row, { case_id: name });
    return asTampering(`case ${caseId} called ${name}`, edits);
  },
  'case of another organisation': (random, { tables }) => {
    const caseId = randomCase(random, tables);
    const organisation = changeUuid(random, textOf(random.pick(tables[0]?.rows ?? []), 'organisation'));
    const edits = new TableEdits();
    for (const [table, row] of rowsOfCase(tables, caseId)) edits.replace(table, row, { organisation });
    return asTampering(`case ${caseId} given to organisation ${organisation}`, edits);
  },
  'place changed': (random, { checkpoint }) => {
    const row = random.pick(checkpoint.rows);
    const nextSeq = changeInteger(random, numberOf(row, 'next_seq'));
    return asTampering(
      `${rowName(checkpoint, row)}: next_seq now ${String(nextSeq)}`,
      new TableEdits().replace(checkpoint, row, { next_seq: String(nextSeq) }),
    );
  },
  'place removed': (random, { checkpoint }) => {
    const row = random.pick(checkpoint.rows);
    return asTampering(`${rowName(checkpoint, row)} removed`, new TableEdits().remove(checkpoint, row));
  },
  'stream hidden by parking': (random, { tables, checkpoint, parkedStream }) => {
    // Comparisons leave a parked stream out: but no event of this one fails when it is replayed.
    const [table, row] = random.pick(rowsOfCase(tables, randomCase(random, tables)));
    const column = random.pick(valuesOf(table));
    const streamId = `case-${textOf(row, 'case_id')}`;
    const { topic, partition } = routeOf(streamId as StreamId);
    const edits = new TableEdits()
      .replace(table, row, { [column]: changeColumn(random, table, row, column) })
      .add(parkedStream, {
        stream_id: streamId,
        topic,
        partition: String(partition),
        first_seq: '1',
        error_class: 'UnreadableEvent',
        error_code: null,
        parked_at: '2026-11-23 12:00:00+00',
      });
    const place = checkpoint.rows.find((each) => each['topic'] === topic && each['partition'] === String(partition));
    if (place !== undefined && random.chance()) edits.replace(checkpoint, place, { parked_streams: '1' });
    return asTampering(`${rowName(table, row)}: ${column} changed, and ${streamId} said to be parked`, edits);
  },
};

export const viewTamperingKinds: readonly string[] = Object.keys(makers);

/** `count` changes of the views, each of which makes them other than what replaying the events gives. */
export const viewTamperings = (seed: number, count: number, snapshot: ViewSnapshot): Generator<SqlTampering> =>
  drawTamperings(seed, count, snapshot, makers);

const asTampering = (what: string, edits: TableEdits): ReturnType<ViewMaker> => {
  const statements = edits.statements();
  return statements === undefined ? undefined : { what, statements };
};

const plain = ({ name }: TableSnapshot): string => name.replaceAll('"', '');
const keyOf = ({ unique: [key = []] }: TableSnapshot): readonly string[] => key;
const valuesOf = (table: TableSnapshot): readonly string[] =>
  Object.keys(table.columns).filter((column) => !keyOf(table).includes(column));
const rowName = (table: TableSnapshot, row: TextRow): string =>
  `${plain(table)} (${keyOf(table)
    .map((column) => textOf(row, column))
    .join(', ')})`;

function changedCell(random: RandomSource, table: TableSnapshot, column: string): ReturnType<ViewMaker> {
  const row = random.pick(table.rows);
  const value = changeColumn(random, table, row, column);
  return asTampering(
    `${rowName(table, row)}: ${difference(table, row, column, value)}`,
    new TableEdits().replace(table, row, { [column]: value }),
  );
}

function cellOfType(random: RandomSource, tables: readonly TableSnapshot[], type: string): ReturnType<ViewMaker> {
  const cells = tables.flatMap((table) =>
    Object.keys(table.columns)
      .filter((column) => table.columns[column] === type)
      .map((column) => [table, column] as const),
  );
  return changedCell(random, ...random.pick(cells));
}

function exchanged(random: RandomSource, table: TableSnapshot, columns: readonly string[]): ReturnType<ViewMaker> {
  const [one, other] = random.pickTwo(table.rows);
  const part = (row: TextRow): TextRow => Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
  return asTampering(
    `${rowName(table, one)} and ${rowName(table, other)} have exchanged ${columns.join(', ')}`,
    new TableEdits().replace(table, one, part(other)).replace(table, other, part(one)),
  );
}

const ofCases = (tables: readonly TableSnapshot[]): readonly TableSnapshot[] =>
  tables.filter(({ columns }) => 'case_id' in columns);

const randomCase = (random: RandomSource, tables: readonly TableSnapshot[]): string =>
  textOf(random.pick(random.pick(ofCases(tables)).rows), 'case_id');

const rowsOfCase = (tables: readonly TableSnapshot[], caseId: string): readonly (readonly [TableSnapshot, TextRow])[] =>
  ofCases(tables).flatMap((table) =>
    table.rows.filter((row) => row['case_id'] === caseId).map((row) => [table, row] as const),
  );
