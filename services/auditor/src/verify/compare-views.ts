import type { Queryable } from '@consilium/postgres';
import { canonicalRows, viewNames } from '@consilium/read-model';
import type { CanonicalRow, ViewName } from '@consilium/read-model';
import type { ReportProblem } from '../history/history-source.ts';
import { nextOf } from '../history/next-of.ts';

export interface ViewsOfGeneration {
  readonly session: Queryable;
  readonly generation: number;
}

/**
 * Every row of every view beside the row that a replay has made, both read in order of their keys, so that memory stays the
 * same. Rows of streams in `leaveOut` (parked in one of the two) are passed over. @returns how many rows were compared
 */
export async function compareViews(
  live: ViewsOfGeneration,
  replayed: ViewsOfGeneration,
  leaveOut: ReadonlySet<string>,
  report: ReportProblem,
  onProgress: (rows: number) => void,
): Promise<number> {
  let rows = 0;
  for (const view of viewNames) {
    const pairs = pairRows(rowsOf(live, view, leaveOut), rowsOf(replayed, view, leaveOut));
    for await (const { shown, expected } of pairs) {
      rows += 1;
      if (rows % 1_000 === 0) onProgress(rows);
      const subject = `${view} ${(shown ?? expected)?.key.join(' ') ?? ''}`;
      if (expected === undefined) {
        report({ where: 'view', code: 'ROW_STRANGE', subject, message: 'no event makes this row' });
      } else if (shown === undefined) {
        report({ where: 'view', code: 'ROW_MISSING', subject, message: 'events make this row, and the view has none' });
      } else {
        const columns = Object.keys(expected.columns).filter((name) => shown.columns[name] !== expected.columns[name]);
        if (columns.length === 0) continue;
        const message = `${columns.join(', ')} ${columns.length === 1 ? 'is' : 'are'} not what its events say`;
        report({ where: 'view', code: 'ROW_DIFFERS', subject, message });
      }
    }
  }
  return rows;
}

async function* rowsOf(
  { session, generation }: ViewsOfGeneration,
  view: ViewName,
  leaveOut: ReadonlySet<string>,
): AsyncGenerator<CanonicalRow> {
  for await (const row of canonicalRows(session, generation, view)) if (!leaveOut.has(row.streamId)) yield row;
}

interface RowPair {
  readonly shown: CanonicalRow | undefined;
  readonly expected: CanonicalRow | undefined;
}

async function* pairRows(
  shownRows: AsyncGenerator<CanonicalRow>,
  expectedRows: AsyncGenerator<CanonicalRow>,
): AsyncGenerator<RowPair> {
  let [shown, expected] = [await nextOf(shownRows), await nextOf(expectedRows)];
  while (shown !== undefined || expected !== undefined) {
    const order = compareKeys(shown?.key, expected?.key);
    yield { shown: order <= 0 ? shown : undefined, expected: order >= 0 ? expected : undefined };
    if (order <= 0) shown = await nextOf(shownRows);
    if (order >= 0) expected = await nextOf(expectedRows);
  }
}

/** As the server orders them: UUIDs by their text, numbers by size. An end comes after everything. */
function compareKeys(one: CanonicalRow['key'] | undefined, other: CanonicalRow['key'] | undefined): number {
  if (one === undefined || other === undefined) return one === other ? 0 : one === undefined ? 1 : -1;
  for (const [index, value] of one.entries()) {
    const against = other[index];
    if (against === undefined || value === against) continue;
    return value < against ? -1 : 1;
  }
  return 0;
}
