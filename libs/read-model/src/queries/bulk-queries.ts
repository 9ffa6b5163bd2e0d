import type { CaseId, CaseStatus, ProjectId } from '@consilium/domain';
import type { Queryable } from '@consilium/postgres';
import { readIdentifier } from './read-identifier.ts';

const longest = 10_000;

export interface CasesOfStatusRequest {
  readonly projectId: ProjectId;
  readonly status: CaseStatus;
  /** 1 to 10,000. */
  readonly limit: number;
}

/** In order of their ids. The view may be behind the journal, so the case itself is asked before anything is done. */
export async function casesOfStatus(
  session: Queryable,
  { projectId, status, limit }: CasesOfStatusRequest,
): Promise<readonly CaseId[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > longest) {
    throw new RangeError(`limit must be from 1 to ${String(longest)}`);
  }
  const rows = await session.query({
    name: 'view-cases-of-status',
    text: `SELECT listed.case_id FROM read_model.case_state AS listed
      WHERE listed.project_id = $1 AND listed.status = $2
      ORDER BY listed.case_id
      LIMIT $3`,
    values: [projectId, status, limit],
  });
  return rows.map((row) => readIdentifier(row, 'case_id'));
}
