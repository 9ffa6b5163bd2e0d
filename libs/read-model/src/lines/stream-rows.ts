import type { Envelope } from '@consilium/contracts';
import { projectEvent } from '../projections/project-event.ts';
import { projectedOf } from '../store/decode-record.ts';
import type { RowChange } from '../tables/row-change.ts';
import { type ViewName, viewTable } from '../tables/view-tables.ts';
import { lineOf } from './view-lines.ts';

/** An event as the journal has it, with the number that it has in the log. */
export interface StoredEvent {
  readonly envelope: Envelope;
  readonly payloadBytes: Uint8Array;
  readonly globalSeq: number;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * The rows that the events of one stream make, by the projections of the views, without a database. It does what writing would
 * do while all is as it should be; what no database would take as it is, or would take for another reason, it leaves to one.
 */
export class StreamRows {
  readonly #views = new Map<ViewName, Map<string, Values>>();
  readonly #id: string;

  /** `id` within the stream: of the project, annotator or case. */
  constructor(id: string) {
    this.#id = id;
  }

  /** In the order of the stream. False where this event cannot be applied here. */
  apply(event: StoredEvent): boolean {
    try {
      return projectEvent(projectedOf(event)).every((change) => this.#change(change));
    } catch {
      return false;
    }
  }

  /** By view, in the order of the key. */
  *lines(): Generator<readonly [ViewName, readonly string[]]> {
    for (const [view, rows] of this.#views) {
      const inOrder = [...rows.values()].sort(byKey(viewTable(view).key));
      yield [view, inOrder.map((row) => lineOf(view, row))];
    }
  }

  #change(change: RowChange): boolean {
    const { key, put, stream } = viewTable(change.table);
    const values: Values = change.kind === 'put' ? change.row : change.key;
    const [, streamColumn] = stream;
    if (values[streamColumn] !== this.#id) return false;
    const rows = this.#rowsOf(change.table);
    let name = '';
    for (const column of key) name += ` ${String(values[column])}`;
    const row = rows.get(name);
    if (change.kind === 'put') {
      if (row !== undefined && put !== 'replaced') return false;
      rows.set(name, values);
      return true;
    }
    if (row === undefined) return false;
    rows.set(name, { ...row, ...(change.kind === 'patch' ? change.values : sums(row, change.values)) });
    return true;
  }

  #rowsOf(view: ViewName): Map<string, Values> {
    const rows = this.#views.get(view) ?? new Map<string, Values>();
    this.#views.set(view, rows);
    return rows;
  }
}

const sums = (row: Values, added: Values): Values =>
  Object.fromEntries(Object.entries(added).map(([column, by]) => [column, Number(row[column]) + Number(by)]));

/** As the server orders them: UUIDs by their text, numbers by size. */
const byKey =
  (key: readonly string[]) =>
  (one: Values, other: Values): number => {
    for (const column of key) {
      const [value, against] = [one[column] as string | number, other[column] as string | number];
      if (value !== against) return value < against ? -1 : 1;
    }
    return 0;
  };
