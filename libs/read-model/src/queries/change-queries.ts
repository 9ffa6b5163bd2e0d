import type { AnnotatorId, CaseId, Instant, OrganisationId, ProjectId } from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { rowsFor } from './page.ts';
import { readIdentifier, readInstant, readOptionalIdentifier } from './read-identifier.ts';

/** An event that became visible in the views. */
export interface ChangeView {
  /** Grows in the order in which changes become visible, with gaps. */
  readonly feedId: number;
  readonly organisation: OrganisationId;
  readonly projectId: ProjectId;
  readonly caseId: CaseId | undefined;
  /** Whose read it is about. */
  readonly annotatorId: AnnotatorId | undefined;
  readonly type: string;
  readonly recordedAt: Instant;
  readonly globalSeq: number;
}

export interface ChangePage {
  readonly changes: readonly ChangeView[];
  /** Ask after this next time. */
  readonly feedId: number;
  /** Changes after the asked place were dropped from the bounded feed: what is shown must be queried again. */
  readonly resync: boolean;
}

export interface ChangesRequest {
  /** Undefined: from the oldest that is kept. */
  readonly after?: number | undefined;
  /** 1 to 1,000. */
  readonly first: number;
  readonly projectId?: ProjectId | undefined;
}

const changeColumns = `change.feed_id, change.organisation, change.project_id, change.case_id, change.annotator_id,
  change.type, change.recorded_at_ms, change.global_seq`;

const changeOf = (row: Row): ChangeView => ({
  feedId: readInteger(row, 'feed_id'),
  organisation: readIdentifier(row, 'organisation'),
  projectId: readIdentifier(row, 'project_id'),
  caseId: readOptionalIdentifier(row, 'case_id'),
  annotatorId: readOptionalIdentifier(row, 'annotator_id'),
  type: readText(row, 'type'),
  recordedAt: readInstant(row, 'recorded_at_ms'),
  globalSeq: readInteger(row, 'global_seq'),
});

/** The changes of the session's organisation, oldest first. */
export async function listChanges(
  session: Queryable,
  { after, first, projectId }: ChangesRequest,
): Promise<ChangePage> {
  rowsFor(first);
  const rows = await session.query({
    name: 'view-changes',
    text: `SELECT bounds.dropped_through, ${changeColumns}
      FROM read_model.feed_bound AS bounds
      LEFT JOIN LATERAL (
        SELECT * FROM read_model.change
        WHERE change.feed_id > $1 AND ($2::uuid IS NULL OR change.project_id = $2)
        ORDER BY change.feed_id LIMIT $3
      ) AS change ON true
      ORDER BY change.feed_id`,
    values: [after ?? 0, projectId ?? null, first],
  });
  const [row] = rows;
  const droppedThrough = row === undefined ? 0 : readInteger(row, 'dropped_through');
  const changes = rows.filter((each) => each['feed_id'] !== null).map(changeOf);
  return {
    changes,
    feedId: changes.at(-1)?.feedId ?? Math.max(after ?? 0, droppedThrough),
    resync: after !== undefined && after < droppedThrough,
  };
}

/** Where the feed ends now, over all organisations: a follower begins here. Needs the role `consilium_api`. */
export async function feedEnd(database: Queryable): Promise<number> {
  const [row] = await database.query({ name: 'view-feed-end', text: 'SELECT read_model.feed_end() AS feed_id' });
  return row === undefined ? 0 : readInteger(row, 'feed_id');
}

/**
 * The changes of **all** organisations after a place, oldest first, for the process that serves them all: it passes each on
 * only within its organisation. Poll every 20 ms or so; an empty answer is cheap. Needs the role `consilium_api`.
 */
export async function feedTail(database: Queryable, afterId: number, limit: number): Promise<ChangePage> {
  rowsFor(limit);
  const rows = await database.query({
    name: 'view-feed-tail',
    text: `SELECT bounds.dropped_through, ${changeColumns}
      FROM read_model.feed_tail($1, $2) AS change CROSS JOIN read_model.feed_bound AS bounds
      ORDER BY change.feed_id`,
    values: [afterId, limit],
  });
  const [first] = rows;
  return {
    changes: rows.map(changeOf),
    feedId: rows.length === 0 ? afterId : readInteger(rows[rows.length - 1] ?? {}, 'feed_id'),
    resync: first !== undefined && afterId < readInteger(first, 'dropped_through'),
  };
}
