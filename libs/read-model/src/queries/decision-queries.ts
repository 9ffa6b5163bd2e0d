import type { AnnotationId, AnnotatorId, CaseId, EventId, FlagId, FlagReason, Instant } from '@consilium/domain';
import type { Annotation, ClaimId, ProjectId, ProtectedText, ReadId, SubjectId } from '@consilium/domain';
import { flagReasons } from '@consilium/domain';
import { readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { readIdentifier, readInstant, readOptionalIdentifier } from './read-identifier.ts';
import { readOptionalStored, readPayload } from './stored-json.ts';

/** An annotation that came too late and waits for a lead; its texts are sealed in its event, below the path `annotation`. */
export interface LateAnnotationView {
  readonly caseId: CaseId;
  readonly subjectId: SubjectId;
  readonly annotationId: AnnotationId;
  readonly readId: ReadId;
  readonly annotatorId: AnnotatorId;
  readonly claimId: ClaimId;
  readonly eventId: EventId;
  readonly keptAt: Instant;
  readonly annotation: Annotation;
}

/** Oldest first. */
export async function lateAnnotations(
  session: Queryable,
  projectId: ProjectId,
  limit: number,
): Promise<readonly LateAnnotationView[]> {
  const rows = await session.query({
    name: 'view-late-annotations',
    text: `SELECT late.case_id, file.subject_id, late.annotation_id, late.read_id, late.annotator_id, late.claim_id,
        late.event_id, late.recorded_at_ms, late.payload
      FROM read_model.late_annotation AS late
      JOIN read_model.case_file AS file ON file.case_id = late.case_id
      WHERE late.status = 'kept' AND file.project_id = $1
      ORDER BY late.recorded_at_ms, late.annotation_id LIMIT $2`,
    values: [projectId, limit],
  });
  return rows.map(lateAnnotationOf);
}

const lateAnnotationOf = (row: Row): LateAnnotationView => ({
  caseId: readIdentifier(row, 'case_id'),
  subjectId: readIdentifier(row, 'subject_id'),
  annotationId: readIdentifier(row, 'annotation_id'),
  readId: readIdentifier(row, 'read_id'),
  annotatorId: readIdentifier(row, 'annotator_id'),
  claimId: readIdentifier(row, 'claim_id'),
  eventId: readIdentifier(row, 'event_id'),
  keptAt: readInstant(row, 'recorded_at_ms'),
  annotation: readPayload(row, 'lateAnnotationKept').annotation,
});

/** A flag that nobody has resolved; its note is sealed in its event at the path `note`. */
export interface FlagView {
  readonly caseId: CaseId;
  readonly subjectId: SubjectId;
  readonly flagId: FlagId;
  /** Whose claim it was flagged under. */
  readonly annotatorId: AnnotatorId | undefined;
  readonly actorId: string;
  readonly actorRole: string;
  readonly reason: FlagReason;
  readonly note: ProtectedText | undefined;
  readonly eventId: EventId;
  readonly flaggedAt: Instant;
}

/** Oldest first. */
export async function openFlags(session: Queryable, projectId: ProjectId, limit: number): Promise<readonly FlagView[]> {
  const rows = await session.query({
    name: 'view-open-flags',
    text: `SELECT flag.case_id, file.subject_id, flag.flag_id, flag.annotator_id, flag.actor_id, flag.actor_role,
        flag.reason, flag.event_id, flag.recorded_at_ms, flag.detail
      FROM read_model.case_flag AS flag
      JOIN read_model.case_file AS file ON file.case_id = flag.case_id
      WHERE flag.status = 'open' AND file.project_id = $1
      ORDER BY flag.recorded_at_ms, flag.flag_id LIMIT $2`,
    values: [projectId, limit],
  });
  return rows.map(flagOf);
}

/** Reasons of the open flags of one case. */
export async function openFlagsOf(session: Queryable, caseId: CaseId): Promise<readonly FlagReason[]> {
  const rows = await session.query({
    name: 'view-open-flags-of',
    text: `SELECT flag.reason FROM read_model.case_flag AS flag WHERE flag.case_id = $1 AND flag.status = 'open'`,
    values: [caseId],
  });
  return rows.map(reasonOf);
}

function reasonOf(row: Row): FlagReason {
  const reason = flagReasons.find((each) => each === row['reason']);
  if (reason === undefined) throw new Error(`${readText(row, 'reason')} is no reason of a flag`);
  return reason;
}

function flagOf(row: Row): FlagView {
  return {
    caseId: readIdentifier(row, 'case_id'),
    subjectId: readIdentifier(row, 'subject_id'),
    flagId: readIdentifier(row, 'flag_id'),
    annotatorId: readOptionalIdentifier(row, 'annotator_id'),
    actorId: readText(row, 'actor_id'),
    actorRole: readText(row, 'actor_role'),
    reason: reasonOf(row),
    // Stored by the projection, which took it from an event of a known schema.
    note: readOptionalStored(row, 'detail')?.['note'] as ProtectedText | undefined,
    eventId: readIdentifier(row, 'event_id'),
    flaggedAt: readInstant(row, 'recorded_at_ms'),
  };
}
