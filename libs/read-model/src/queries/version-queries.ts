import type { AnnotationId, AnnotatorId, CaseId, EventId, Instant, ReadId, RegionId } from '@consilium/domain';
import { readBoolean, readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import type { ReadPurpose } from '../tables/case-status.ts';
import { readIdentifier, readInstant } from './read-identifier.ts';
import { afterRejection, readOf, type ReadView } from './read-queries.ts';
import { readOptionalStored } from './stored-json.ts';

/** One state that an annotation has had, and the event that brought it. */
export interface AnnotationVersionView {
  readonly caseId: CaseId;
  readonly readId: ReadId;
  readonly annotatorId: AnnotatorId;
  readonly annotationId: AnnotationId;
  readonly revision: number;
  /** False once it was withdrawn, or its sentences came to mean something else. */
  readonly counts: boolean;
  readonly purpose: ReadPurpose;
  readonly fromSeq: number;
  readonly eventId: EventId;
  readonly eventType: string;
  readonly actorId: string;
  readonly actorRole: string;
  readonly recordedAt: Instant;
  /** As `CaseEventView` has it: reason and note, where one was given. */
  readonly detail: Readonly<Record<string, unknown>> | undefined;
  /** What it said; undefined where it counts no longer. */
  readonly read: ReadView | undefined;
}

const columns = `CASE WHEN event.type IN ('goldAnswered', 'goldAmended') THEN 'gold' ELSE 'overlap' END AS purpose,
  false AS is_gold_kept, version.case_id, version.read_id, version.annotator_id, version.claim_id, version.annotation_id,
  version.revision, version.counts, version.from_seq, version.event_id, version.recorded_at_ms, version.payload,
  'submitted' AS status, version.recorded_at_ms AS claimed_at_ms, version.recorded_at_ms AS submitted_at_ms,
  version.event_id AS submitted_event_id, ${afterRejection('version', 'recorded_at_ms')}, event.type AS event_type, event.actor_id, event.actor_role, event.detail`;

/** The event of a case is found among those of the case: they are few. */
const eventJoin = `JOIN read_model.case_event AS event
  ON event.case_id = version.case_id AND event.event_id = version.event_id`;

/** Of one annotation, in order; at most 1,000. */
export async function annotationVersions(
  session: Queryable,
  annotationId: AnnotationId,
): Promise<readonly AnnotationVersionView[]> {
  const rows = await session.query({
    name: 'view-annotation-versions',
    text: `SELECT ${columns} FROM read_model.annotation_version AS version ${eventJoin}
      WHERE version.annotation_id = $1 ORDER BY version.from_seq LIMIT 1000`,
    values: [annotationId],
  });
  return rows.map(versionOf);
}

/**
 * Of the read that a region is in: the versions from the first with this region on, those without it included, since they say
 * when it went. In order; at most 1,000.
 */
export async function regionVersions(
  session: Queryable,
  regionId: RegionId,
): Promise<readonly AnnotationVersionView[]> {
  const rows = await session.query({
    name: 'view-region-versions',
    text: `SELECT ${columns}
      FROM (
        SELECT region.case_id, region.read_id, min(region.from_seq) AS from_seq
        FROM read_model.region_version AS region WHERE region.region_id = $1
        GROUP BY region.case_id, region.read_id
      ) AS born
      JOIN read_model.annotation_version AS version ON version.case_id = born.case_id
        AND version.read_id = born.read_id AND version.from_seq >= born.from_seq
      ${eventJoin}
      ORDER BY version.from_seq LIMIT 1000`,
    values: [regionId],
  });
  return rows.map(versionOf);
}

const versionOf = (row: Row): AnnotationVersionView => ({
  caseId: readIdentifier(row, 'case_id'),
  readId: readIdentifier(row, 'read_id'),
  annotatorId: readIdentifier(row, 'annotator_id'),
  annotationId: readIdentifier(row, 'annotation_id'),
  revision: readInteger(row, 'revision'),
  counts: readBoolean(row, 'counts'),
  purpose: readText(row, 'purpose') === 'gold' ? 'gold' : 'overlap',
  fromSeq: readInteger(row, 'from_seq'),
  eventId: readIdentifier(row, 'event_id'),
  eventType: readText(row, 'event_type'),
  actorId: readText(row, 'actor_id'),
  actorRole: readText(row, 'actor_role'),
  recordedAt: readInstant(row, 'recorded_at_ms'),
  detail: readOptionalStored(row, 'detail'),
  read: row['payload'] === null ? undefined : readOf(row),
});
