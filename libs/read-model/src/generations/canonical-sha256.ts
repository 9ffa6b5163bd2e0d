import { createHash } from 'node:crypto';
import type { Session, Transaction } from '@consilium/postgres';
import { type ViewName, viewNames } from '../tables/view-tables.ts';
import { canonicalRowJson, canonicalRows } from './canonical-rows.ts';
import { parkedStreamsOf } from './generations.ts';

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
  const hash = createHash('sha256');
  let rows = 0;
  for await (const row of canonicalRows(transaction, generation, view)) {
    if (skipped.has(row.streamId)) continue;
    hash.update(`${canonicalRowJson(row)}\n`);
    rows += 1;
  }
  return { rows, sha256: hash.digest('hex') };
}
