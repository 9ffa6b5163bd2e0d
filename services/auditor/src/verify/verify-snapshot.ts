import { PostgresJournalAudit } from '@consilium/event-store';
import type { SealStore } from '@consilium/event-store';
import type { Queryable } from '@consilium/postgres';
import type { TrustedLogKey } from '@consilium/transparency';
import type { ReportProblem } from '../history/history-source.ts';
import { openJournal } from '../history/open-history.ts';
import type { HeadsOfPlace } from './merge-heads.ts';
import { verifyHistory } from './verify-history.ts';
import type { VerifiedHistory, VerifyHistoryOptions } from './verify-history.ts';
import { verifyJournal } from './verify-journal.ts';

export interface VerifySnapshotOptions {
  /** One transaction, REPEATABLE READ, so that what goes on meanwhile is no difference. */
  readonly snapshot: Queryable;
  /** Besides those in the journal, as they were before the snapshot: the journal has each first. */
  readonly otherHeads: readonly HeadsOfPlace[];
  readonly keys: readonly TrustedLogKey[];
  readonly report: ReportProblem;
  readonly onProgress: (events: number, of: number) => void;
  readonly onEvent?: VerifyHistoryOptions['onEvent'];
}

/** The journal by itself, and beside the heads that others hold: events, log, tree, heads, counters. */
export async function verifySnapshot({
  snapshot,
  otherHeads,
  keys,
  report,
  onProgress,
  onEvent,
}: VerifySnapshotOptions): Promise<VerifiedHistory> {
  const audit = new PostgresJournalAudit(snapshot);
  const source = await openJournal(snapshot, async () => undefined);
  const { seals, counters } = source;
  const size = await sizeOfTree(seals);
  const history = await verifyHistory({
    source,
    heads: [{ place: 'journal', heads: source.heads(), hasAll: true }, ...otherHeads],
    tree: {
      size,
      tile: async (place) => audit.tile(place),
      countTiles: async () => audit.countTiles(),
    },
    keys,
    report,
    onProgress: (events) => onProgress(events, source.expectedSize),
    onEvent,
  });
  await verifyJournal(audit, counters, history.lastGlobalSeq, report);
  return history;
}

/** A head of a size that no number can be is told where heads are compared. */
async function sizeOfTree(seals: SealStore): Promise<number> {
  try {
    return (await seals.lastCheckpoint())?.size ?? 0;
  } catch {
    return 0;
  }
}
