import { idWithinStream } from '@consilium/domain';
import type { CaseId, StreamId, SubjectId } from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Session } from '@consilium/postgres';
import { unavailableWhenTransient } from '../postgres/unavailable-when-transient.ts';

/**
 * Every case of a subject in the organisation of the session, from the journal, so that one which the views do not show yet is
 * not missed. Reads all imports, seconds for a million: subjects are seldom erased, and an index would be paid by every import.
 * @throws StoreUnavailable
 */
export async function casesOfSubject(session: Session, subjectId: SubjectId): Promise<readonly CaseId[]> {
  const rows = await unavailableWhenTransient(async () =>
    session.query({
      name: 'vault-cases-of-subject',
      // Payloads are canonical JSON, and nothing in them but this field can look like it: texts are sealed, in base64.
      text: `
        SELECT event.stream_id
        FROM journal.event
        WHERE event.type = 'caseImported' AND position($1::bytea IN event.payload_bytes) > 0
        ORDER BY event.stream_id COLLATE "C"`,
      values: [Buffer.from(`"subjectId":"${subjectId}"`)],
    }),
  );
  return rows.map((row) => idWithinStream(readText(row, 'stream_id') as StreamId) as CaseId);
}

/** Run as the owner, before services start: how many keys had come back, with a vault restored from an older copy. */
export async function destroyKeysOfErased(owner: Session): Promise<number> {
  const [row] = await owner.query({ text: 'SELECT vault.destroy_keys_of_erased() AS destroyed' });
  return row === undefined ? 0 : readInteger(row, 'destroyed');
}
