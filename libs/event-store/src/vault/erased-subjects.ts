import { decodeEvent } from '@consilium/contracts';
import type { CaseId, Instant, ProjectId, SubjectId } from '@consilium/domain';
import { readBytes, readInteger } from '@consilium/postgres';
import type { Session } from '@consilium/postgres';
import { unavailableWhenTransient } from '../postgres/unavailable-when-transient.ts';

export interface CaseOfSubject {
  readonly caseId: CaseId;
  readonly projectId: ProjectId;
  readonly importedAt: Instant;
}

/**
 * Every case of a subject in the organisation of the session, from the journal, so that one which the views do not show yet is
 * not missed. Reads all imports, seconds for a million: subjects are seldom erased, and an index would be paid by every import.
 * @throws StoreUnavailable
 */
export async function casesOfSubject(session: Session, subjectId: SubjectId): Promise<readonly CaseOfSubject[]> {
  const rows = await unavailableWhenTransient(async () =>
    session.query({
      name: 'vault-cases-of-subject',
      // Payloads are canonical JSON, and nothing in them but this field can look like it: texts are sealed, in base64.
      text: `
        SELECT event.schema_version, event.payload_bytes, journal.epoch_ms(event.recorded_at) AS recorded_at_ms
        FROM journal.event
        WHERE event.type = 'caseImported' AND position($1::bytea IN event.payload_bytes) > 0
        ORDER BY event.stream_id COLLATE "C"`,
      values: [Buffer.from(`"subjectId":"${subjectId}"`)],
    }),
  );
  return rows.flatMap((row) => {
    const schemaVersion = readInteger(row, 'schema_version');
    const event = decodeEvent({ type: 'caseImported', schemaVersion, payloadBytes: readBytes(row, 'payload_bytes') });
    if (event.type !== 'caseImported') return [];
    const { caseId, projectId } = event;
    return [{ caseId, projectId, importedAt: readInteger(row, 'recorded_at_ms') as Instant }];
  });
}

/** Run as the owner, before services start: how many keys had come back, with a vault restored from an older copy. */
export async function destroyKeysOfErased(owner: Session): Promise<number> {
  const [row] = await owner.query({ text: 'SELECT vault.destroy_keys_of_erased() AS destroyed' });
  return row === undefined ? 0 : readInteger(row, 'destroyed');
}
