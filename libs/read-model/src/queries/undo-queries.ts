import type { AnnotatorId, CaseId, Instant, ProjectId } from '@consilium/domain';
import type { Queryable } from '@consilium/postgres';
import { readIdentifier } from './read-identifier.ts';

const longest = 10_000;

export interface SubmittedReadsRequest {
  readonly projectId: ProjectId;
  readonly annotatorId: AnnotatorId;
  /** Inclusive. */
  readonly from: Instant | undefined;
  /** Exclusive. */
  readonly to: Instant | undefined;
  /** 1 to 10,000. */
  readonly limit: number;
}

/**
 * Cases in which a read of this annotator counts, in order of their ids: by the claims of the journal, which are of this
 * moment. The view leaves out those submitted at another time; where it is behind the journal a case is given too much, never
 * too little, so whoever needs the instant looks at the case itself.
 */
export async function casesSubmittedBy(session: Queryable, request: SubmittedReadsRequest): Promise<readonly CaseId[]> {
  const { projectId, annotatorId, from, to, limit } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > longest) {
    throw new RangeError(`limit must be from 1 to ${String(longest)}`);
  }
  const rows = await session.query({
    name: 'view-cases-submitted-by',
    text: `SELECT claim.case_id
      FROM journal.claim
      WHERE claim.annotator_id = $1 AND claim.project_id = $2 AND claim.status = 'submitted'
        AND NOT EXISTS (
          SELECT FROM read_model.read
          WHERE read.case_id = claim.case_id AND read.annotator_id = $1 AND read.status = 'submitted'
            AND (read.submitted_at_ms < $3 OR read.submitted_at_ms >= $4)
        )
      ORDER BY claim.case_id
      LIMIT $5`,
    values: [annotatorId, projectId, from ?? 0, to ?? Number.MAX_SAFE_INTEGER, limit],
  });
  return rows.map((row) => readIdentifier(row, 'case_id'));
}
