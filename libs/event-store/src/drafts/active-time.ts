import type { AnnotatorId, CaseId, Instant } from '@consilium/domain';
import { readInteger } from '@consilium/postgres';
import type { Session } from '@consilium/postgres';
import { unavailableWhenTransient } from '../postgres/unavailable-when-transient.ts';

export interface ActiveTimeQuery {
  readonly caseId: CaseId;
  readonly annotatorId: AnnotatorId;
  /** Of the newest claim, by the store's clock. */
  readonly claimedAt: Instant;
  /** The last mark: the submission. */
  readonly at: Instant;
  /** Milliseconds: the longest that counts between two marks. */
  readonly idleGapMs: number;
}

/** Milliseconds that somebody has worked on a case, all their claims of it together. @throws StoreUnavailable */
export async function activeTime(
  session: Session,
  { caseId, annotatorId, claimedAt, at, idleGapMs }: ActiveTimeQuery,
): Promise<number> {
  const [row] = await unavailableWhenTransient(async () =>
    session.query({
      name: 'work-active-time',
      text: `SELECT work.active_ms_at(task.active_ms, task.marked_at, given.claimed_at, given.at, $5) AS active_ms
        FROM (SELECT journal.instant_of($3) AS claimed_at, journal.instant_of($4) AS at) AS given
        LEFT JOIN work.time_on_task AS task ON task.case_id = $1 AND task.annotator_id = $2`,
      values: [caseId, annotatorId, claimedAt, at, idleGapMs],
    }),
  );
  if (row === undefined) throw new Error('a sum has a row');
  return readInteger(row, 'active_ms');
}
