import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@consilium/contracts';
import type { Row, Session, Transaction } from '@consilium/postgres';
import { schemaOf } from '../store/write-rows.ts';
import { type ViewName, viewNames, viewTable } from '../tables/view-tables.ts';
import { parkedStreamsOf } from './generations.ts';

/** Rows held in memory at a time. */
const pageRows = 1_000;

export interface ViewHash {
  readonly rows: number;
  /** Hex. */
  readonly sha256: string;
}

export type ViewHashes = Readonly<Record<ViewName, ViewHash>>;

/**
 * SHA-256 of every view of a generation: its rows in order of the key, each as canonical JSON (RFC 8785) and a line feed.
 * Equal for any two generations that saw the same events, whenever and in whatever batches. Places and times of our own
 * clocks are in no view; streams parked here, or named in `leaveOut`, are left out. All of one snapshot.
 */
export async function canonicalSha256(
  session: Session,
  generation: number,
  leaveOut: readonly string[] = [],
): Promise<ViewHashes> {
  return session.transaction(async (transaction) => {
    await transaction.query({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY' });
    const parked = await parkedStreamsOf(transaction, generation);
    const skipped = new Set([...leaveOut, ...parked.map(({ streamId }) => streamId)]);
    const hashes: Partial<Record<ViewName, ViewHash>> = {};
    for (const view of viewNames) hashes[view] = await hashOf(transaction, generation, view, skipped);
    return hashes as ViewHashes;
  });
}

async function hashOf(
  transaction: Transaction,
  generation: number,
  view: ViewName,
  skipped: ReadonlySet<string>,
): Promise<ViewHash> {
  const [aggregate, column] = viewTable(view).stream;
  const hash = createHash('sha256');
  let rows = 0;
  for await (const row of rowsOf(transaction, generation, view)) {
    if (skipped.has(`${aggregate}-${String(row[column])}`)) continue;
    hash.update(`${canonicalJson(jsonOf(row))}\n`);
    rows += 1;
  }
  return { rows, sha256: hash.digest('hex') };
}

/** Rows are JSON by their column types (texts, numbers, nulls, parsed jsonb), except bytes, which stand as base64. */
const jsonOf = (row: Row): JsonValue =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : (value as JsonValue),
    ]),
  );

/** All rows in order of the key, page by page. */
async function* rowsOf(transaction: Transaction, generation: number, view: ViewName): AsyncGenerator<Row> {
  const { columns, key } = viewTable(view);
  const text = (after: string): string => `SELECT ${Object.keys(columns).join(', ')}
    FROM ${schemaOf(generation)}.${view} ${after} ORDER BY ${key.join(', ')} LIMIT ${String(pageRows)}`;
  const places = key.map((column, index) => `$${String(index + 1)}::${columns[column] ?? 'text'}`);
  let page = await transaction.query({ text: text('') });
  for (;;) {
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageRows) return;
    page = await transaction.query({
      text: text(`WHERE (${key.join(', ')}) > (${places.join(', ')})`),
      values: key.map((column) => last[column]),
    });
  }
}
