import type { CaseId, EventId, ProtectedText, ReadId } from '@consilium/domain';
import { UnexpectedRow } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { checkIds } from './page.ts';
import { readIdentifier } from './read-identifier.ts';
import { readOptionalStored } from './stored-json.ts';

export interface ExternalReaderView {
  readonly readId: ReadId;
  readonly caseId: CaseId;
  /** Sealed in the event externalReadRecorded with this id, at the path `reader`. */
  readonly reader: ProtectedText;
  readonly eventId: EventId;
}

/** Who gave the reads that came in with these cases (at most 1,000). */
export async function externalReadersOf(
  session: Queryable,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, readonly ExternalReaderView[]>> {
  const rows = await session.query({
    name: 'view-external-readers',
    text: `SELECT external_read.case_id, external_read.read_id, external_read.event_id, external_read.detail
      FROM read_model.external_read WHERE external_read.case_id = ANY ($1::uuid[])
      ORDER BY external_read.case_id, external_read.read_id`,
    values: [checkIds(caseIds)],
  });
  const readers = rows.map((row): ExternalReaderView => {
    const reader = readOptionalStored(row, 'detail')?.['reader'];
    if (typeof reader !== 'object' || reader === null) throw new UnexpectedRow('detail', 'a reader', reader);
    return {
      readId: readIdentifier(row, 'read_id'),
      caseId: readIdentifier(row, 'case_id'),
      reader: reader as ProtectedText,
      eventId: readIdentifier(row, 'event_id'),
    };
  });
  return Map.groupBy(readers, ({ caseId }) => caseId);
}
