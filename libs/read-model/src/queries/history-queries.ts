import type { AnnotatorId, CaseId, EventId, Instant, ReadId } from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { type Page, pageOf, rowsFor } from './page.ts';
import { readIdentifier, readInstant, readOptionalIdentifier } from './read-identifier.ts';
import { readOptionalStored } from './stored-json.ts';

/** One event of a case. */
export interface CaseEventView {
  readonly caseId: CaseId;
  readonly streamVersion: number;
  readonly globalSeq: number;
  readonly eventId: EventId;
  readonly type: string;
  readonly actorId: string;
  readonly actorRole: string;
  readonly readId: ReadId | undefined;
  /** Whose read it is about. */
  readonly annotatorId: AnnotatorId | undefined;
  readonly recordedAt: Instant;
  /**
   * What is worth telling beside the type, by type:
   * - readSkipped: `reason`, and `note` sealed in this event at the path `note`
   * - externalReadRecorded: `annotationId`
   * - annotationSubmitted: `annotationId`, `revision`
   * - annotationWithdrawn: the same, `reason` and `note`
   * - annotationAmended: the same, and `restoredRevision` or `amendedRevision`
   * - readReleased: `reason` and `note`, where given
   * - lateAnnotationKept, lateAnnotationAccepted: `annotationId`; lateAnnotationDeclined: also `reason` and `note`
   * - caseFlagged: `flagId`, `reason` and `note`; flagResolved: `flagId` and `note`
   * - caseWithdrawn, caseReinstated, caseExcluded, caseIncluded: `reason` and `note`
   * - consensusReached, disagreementFound: `consensusId`
   * - goldSet, goldCorrected: `truthVersion`, `source`, `reason` and `note`; goldRetired: `reason` and `note`
   * - goldReleased, goldSkipped, goldAnswered and goldAmended as those of a read
   */
  readonly detail: Readonly<Record<string, unknown>> | undefined;
}

export interface CaseEventsRequest {
  readonly caseId: CaseId;
  /** 1 to 1,000. */
  readonly first: number;
  /** @default 0 */
  readonly afterVersion?: number | undefined;
  /** Only events up to this number of the log. */
  readonly toSeq?: number | undefined;
  /** Only events about this annotator's read, and those about none. */
  readonly annotatorId?: AnnotatorId | undefined;
  /** Events of these types are left out, but for those about this annotator. */
  readonly hidden?: { readonly types: readonly string[]; readonly unlessOf: AnnotatorId } | undefined;
}

/** In the order of the stream. */
export async function listCaseEvents(
  session: Queryable,
  { caseId, first, afterVersion = 0, annotatorId, toSeq, hidden }: CaseEventsRequest,
): Promise<Page<CaseEventView>> {
  const rows = await session.query({
    name: 'view-case-events',
    text: `SELECT event.case_id, event.stream_version, event.global_seq, event.event_id, event.type, event.actor_id,
        event.actor_role, event.read_id, event.annotator_id, event.recorded_at_ms, event.detail
      FROM read_model.case_event AS event
      WHERE event.case_id = $1 AND event.stream_version > $2
        AND ($3::uuid IS NULL OR event.annotator_id IS NULL OR event.annotator_id = $3)
        AND ($5::bigint IS NULL OR event.global_seq <= $5)
        AND (event.type <> ALL ($6::text[]) OR event.annotator_id = $7)
      ORDER BY event.stream_version
      LIMIT $4`,
    values: [
      caseId,
      afterVersion,
      annotatorId ?? null,
      rowsFor(first),
      toSeq ?? null,
      hidden?.types ?? [],
      hidden?.unlessOf ?? null,
    ],
  });
  return pageOf(rows.map(caseEventOf), first);
}

const caseEventOf = (row: Row): CaseEventView => ({
  caseId: readIdentifier(row, 'case_id'),
  streamVersion: readInteger(row, 'stream_version'),
  globalSeq: readInteger(row, 'global_seq'),
  eventId: readIdentifier(row, 'event_id'),
  type: readText(row, 'type'),
  actorId: readText(row, 'actor_id'),
  actorRole: readText(row, 'actor_role'),
  readId: readOptionalIdentifier(row, 'read_id'),
  annotatorId: readOptionalIdentifier(row, 'annotator_id'),
  recordedAt: readInstant(row, 'recorded_at_ms'),
  detail: readOptionalStored(row, 'detail'),
});
