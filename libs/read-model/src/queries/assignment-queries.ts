import type { AnnotatorId, CaseId } from '@consilium/domain';
import { readBoolean, readInteger } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { checkIds } from './page.ts';
import { type QueueRequest, valuesOf } from './queue-queries.ts';
import { readIdentifier } from './read-identifier.ts';

/** Cases that this annotator was given and has not read, in queue order; they may have been taken a moment ago. */
export async function suggestAssigned(session: Queryable, request: QueueRequest): Promise<readonly CaseId[]> {
  const rows = await session.query({
    name: 'view-suggest-assigned',
    text: 'SELECT suggested.case_id FROM read_model.suggest_assigned($1, $2, $3, $4, $5) AS suggested (case_id)',
    values: valuesOf(request),
  });
  return rows.map((row) => readIdentifier(row, 'case_id'));
}

/**
 * Cases of the project that this annotator was given and has not read, whatever others have done with them, counted up to `limit`: a
 * number that tells a blinded annotator nothing.
 */
export async function countAssigned(
  session: Queryable,
  { projectId, annotatorId, limit }: QueueRequest,
): Promise<number> {
  const [row] = await session.query({
    name: 'view-count-assigned',
    text: `SELECT count(*) AS assigned FROM (
        SELECT FROM read_model.case_assignment AS given
        JOIN read_model.case_state AS listed ON listed.case_id = given.case_id
        WHERE given.annotator_id = $2 AND given.is_assigned AND listed.project_id = $1
          AND listed.status NOT IN ('withdrawn', 'excluded')
          AND NOT EXISTS (
            SELECT FROM journal.claim AS own
            WHERE own.case_id = listed.case_id AND own.annotator_id = $2
              AND (own.status IN ('submitted', 'skipped', 'answeredGold')
                OR (own.status IN ('held', 'answeringGold') AND own.lease_ends_at > statement_timestamp()))
          )
        LIMIT $3
      ) AS assigned`,
    values: [projectId, annotatorId, limit],
  });
  return row === undefined ? 0 : readInteger(row, 'assigned');
}

export interface AssignmentView {
  readonly annotatorId: AnnotatorId;
  /** A place is kept for them: they have no part in the case yet. */
  readonly isKept: boolean;
}

/** Whom each of these cases (at most 1,000) is given to, in order of their ids. */
export async function assignmentsOf(
  session: Queryable,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, readonly AssignmentView[]>> {
  const rows = await session.query({
    name: 'view-assignments',
    text: `SELECT given.case_id, given.annotator_id, NOT EXISTS (
          SELECT FROM journal.claim AS part
          WHERE part.case_id = given.case_id AND part.annotator_id = given.annotator_id
            AND (part.status NOT IN ('held', 'released', 'expired')
              OR (part.status = 'held' AND part.lease_ends_at > statement_timestamp()))
        ) AS is_kept
      FROM read_model.case_assignment AS given
      WHERE given.case_id = ANY ($1::uuid[]) AND given.is_assigned
      ORDER BY given.case_id, given.annotator_id`,
    values: [checkIds(caseIds)],
  });
  return Map.groupBy(
    rows.map((row) => ({
      caseId: readIdentifier(row, 'case_id'),
      annotatorId: readIdentifier(row, 'annotator_id'),
      isKept: readBoolean(row, 'is_kept'),
    })),
    ({ caseId }) => caseId,
  );
}
