import type { AnnotatorId, EventId, OrganisationId, ProjectId, StreamId } from '@consilium/domain';
import { readBytes, readInteger, readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import type { RecordedEvent } from '../event-store.ts';
import { unavailableWhenTransient } from './unavailable-when-transient.ts';

export interface GoldScoresQuery {
  readonly organisation: OrganisationId;
  readonly projectId: ProjectId;
  readonly annotatorId: AnnotatorId;
}

export type StoredScoring = Pick<RecordedEvent, 'eventId' | 'streamId' | 'type' | 'schemaVersion' | 'payloadBytes'>;

const mostEvents = 10_000;

/**
 * The `answersScored` events of the cases that an annotator has answered as gold and that are gold still, in the order in which they
 * were recorded; at most the newest 10,000. Runs as consilium_quality, over an index of those types. @throws StoreUnavailable
 */
export async function goldScoresOf(
  database: Queryable,
  { organisation, projectId, annotatorId }: GoldScoresQuery,
): Promise<readonly StoredScoring[]> {
  const rows = await unavailableWhenTransient(async () =>
    database.query({
      name: 'journal-gold-scores',
      text: `
        SELECT * FROM (
          SELECT event.event_id, event.stream_id, event.type, event.schema_version, event.payload_bytes FROM journal.claim
          JOIN journal.event ON event.stream_id = 'case-' || claim.case_id
            AND event.type IN ('goldSet', 'goldCorrected', 'goldAnswered', 'adjudicationDecided', 'answersScored')
            AND event.type = 'answersScored' AND event.organisation = claim.organisation
          WHERE claim.annotator_id = $3 AND claim.project_id = $2 AND claim.organisation = $1
            AND claim.status = 'answeredGold'
            AND NOT EXISTS (
              SELECT FROM journal.event AS retired
              WHERE retired.stream_id = event.stream_id AND retired.type = 'goldRetired'
                AND NOT EXISTS (
                  SELECT FROM journal.event AS again
                  WHERE again.stream_id = event.stream_id AND again.type = 'goldSet'
                    AND again.stream_version > retired.stream_version
                )
            )
          ORDER BY event.event_id DESC LIMIT ${String(mostEvents)}
        ) AS newest
        ORDER BY newest.event_id`,
      values: [organisation, projectId, annotatorId],
    }),
  );
  return rows.map((row) => ({
    eventId: readText(row, 'event_id') as EventId,
    streamId: readText(row, 'stream_id') as StreamId,
    type: readText(row, 'type'),
    schemaVersion: readInteger(row, 'schema_version'),
    payloadBytes: readBytes(row, 'payload_bytes'),
  }));
}
