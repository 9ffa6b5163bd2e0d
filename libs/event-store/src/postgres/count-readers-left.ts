import type { CaseId, OrganisationId, ProjectId } from '@consilium/domain';
import { readInteger } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { unavailableWhenTransient } from './unavailable-when-transient.ts';

export interface ReadersLeftQuery {
  readonly organisation: OrganisationId;
  readonly projectId: ProjectId;
  readonly caseId: CaseId;
}

/**
 * How many annotators of a project have had no part in a case yet: neither read nor skipped nor adjudicated it. Who holds it at
 * present, or let it go unread, is one of them. @throws StoreUnavailable
 */
export async function countReadersLeft(
  database: Queryable,
  { organisation, projectId, caseId }: ReadersLeftQuery,
): Promise<number> {
  const [row] = await unavailableWhenTransient(async () =>
    database.query({
      name: 'journal-readers-left',
      text: 'SELECT journal.readers_left($1, $2, $3) AS readers',
      values: [organisation, projectId, caseId],
    }),
  );
  if (row === undefined) throw new Error('a function gave no row');
  return readInteger(row, 'readers');
}
