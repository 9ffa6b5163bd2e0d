import type { CaseId, ProjectId } from '@consilium/domain';
import type { Queryable } from '@consilium/postgres';
import { readIdentifier } from './read-identifier.ts';

const longest = 10_000;

export interface CasesToMoveRequest {
  readonly projectId: ProjectId;
  /** The version to move to: cases that go by it are left out. */
  readonly protocolVersion: number;
  /** Only cases that go by this version. */
  readonly from: number | undefined;
  /** Only these cases. */
  readonly caseIds: readonly CaseId[] | undefined;
  /** 1 to 10,000. */
  readonly limit: number;
}

/**
 * Cases of a project that go by another version of its protocol, in order of their ids, those at an end last: they cannot be moved and
 * must not take the places of others. The view may be behind the journal, so the case itself is asked before anything is done.
 */
export async function casesToMove(session: Queryable, request: CasesToMoveRequest): Promise<readonly CaseId[]> {
  const { projectId, protocolVersion, from, caseIds, limit } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > longest) {
    throw new RangeError(`limit must be from 1 to ${String(longest)}`);
  }
  const rows = await session.query({
    name: 'view-cases-to-move',
    text: `SELECT listed.case_id
      FROM read_model.case_state AS listed
      WHERE listed.project_id = $1 AND listed.protocol_version <> $2
        AND ($3::integer IS NULL OR listed.protocol_version = $3)
        AND ($4::uuid[] IS NULL OR listed.case_id = ANY ($4::uuid[]))
      ORDER BY (listed.status IN ('withdrawn', 'excluded', 'adjudicated', 'finalised')), listed.case_id
      LIMIT $5`,
    values: [projectId, protocolVersion, from ?? null, caseIds ?? null, limit],
  });
  return rows.map((row) => readIdentifier(row, 'case_id'));
}
