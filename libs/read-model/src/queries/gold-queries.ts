import type {
  Annotation,
  AnnotationId,
  AnnotatorId,
  CaseId,
  EventId,
  GoldSource,
  Instant,
  PersonId,
  ProjectId,
  ProtectedText,
  ReadId,
  SubjectId,
  TimeOnTask,
} from '@consilium/domain';
import { readBoolean, readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { checkIds, type Page, pageOf, rowsFor } from './page.ts';
import { readIdentifier, readInstant } from './read-identifier.ts';
import { readPayload } from './stored-json.ts';

/** A case that is gold, or was. */
export interface GoldCaseView {
  readonly caseId: CaseId;
  readonly subjectId: SubjectId;
  readonly isActive: boolean;
  readonly truthVersion: number;
}

export interface GoldListRequest {
  readonly projectId: ProjectId;
  /** 1 to 1,000. */
  readonly first: number;
  readonly after?: CaseId | undefined;
}

/** In order of their ids. */
export async function listGold(
  session: Queryable,
  { projectId, first, after }: GoldListRequest,
): Promise<Page<GoldCaseView>> {
  const rows = await session.query({
    name: 'view-gold',
    text: `SELECT gold.case_id, file.subject_id, gold.is_active, gold.truth_version
      FROM read_model.gold
      JOIN read_model.case_file AS file ON file.case_id = gold.case_id
      WHERE file.project_id = $1 AND gold.case_id > $2
      ORDER BY gold.case_id LIMIT $3`,
    values: [projectId, after ?? '00000000-0000-0000-0000-000000000000', rowsFor(first)],
  });
  return pageOf(
    rows.map((row) => ({
      caseId: readIdentifier(row, 'case_id'),
      subjectId: readIdentifier(row, 'subject_id'),
      isActive: readBoolean(row, 'is_active'),
      truthVersion: readInteger(row, 'truth_version'),
    })),
    first,
  );
}

/** One truth that a case had; its texts are sealed in the event `eventId`. */
export interface GoldTruthView {
  readonly caseId: CaseId;
  readonly truthVersion: number;
  readonly annotationId: AnnotationId;
  readonly source: GoldSource;
  readonly annotation: Annotation;
  readonly note: ProtectedText | undefined;
  readonly setBy: AnnotatorId;
  readonly actorId: PersonId;
  readonly eventId: EventId;
  readonly eventType: 'goldSet' | 'goldCorrected';
  readonly givenAt: Instant;
}

/** Of every given case (at most 1,000), the first first. */
export async function goldTruthsOf(
  session: Queryable,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, readonly GoldTruthView[]>> {
  const rows = await session.query({
    name: 'view-gold-truths',
    text: `SELECT truth.case_id, truth.truth_version, truth.set_by, truth.event_id, truth.event_type, truth.actor_id,
        truth.recorded_at_ms, truth.payload
      FROM read_model.gold_truth AS truth WHERE truth.case_id = ANY ($1::uuid[])
      ORDER BY truth.case_id, truth.truth_version`,
    values: [checkIds(caseIds)],
  });
  return Map.groupBy(rows.map(truthOf), ({ caseId }) => caseId);
}

function truthOf(row: Row): GoldTruthView {
  const { annotationId, source, annotation, note } = readPayload(row, 'goldSet');
  return {
    caseId: readIdentifier(row, 'case_id'),
    truthVersion: readInteger(row, 'truth_version'),
    annotationId,
    source,
    annotation,
    note,
    setBy: readIdentifier(row, 'set_by'),
    // Whoever gives a truth is a person.
    actorId: readText(row, 'actor_id') as PersonId,
    eventId: readIdentifier(row, 'event_id'),
    eventType: readText(row, 'event_type') === 'goldSet' ? 'goldSet' : 'goldCorrected',
    givenAt: readInstant(row, 'recorded_at_ms'),
  };
}

/**
 * What an annotator said of a gold case: revision 1 is what scores are made from, a later one was amended in its window. Its texts
 * are sealed in the event `eventId`.
 */
export interface GoldAnswerView {
  readonly caseId: CaseId;
  readonly annotatorId: AnnotatorId;
  readonly readId: ReadId;
  readonly annotationId: AnnotationId;
  readonly revision: number;
  readonly annotation: Annotation;
  /** The truth that there was when the first revision came. */
  readonly truthVersion: number | undefined;
  readonly timeOnTask: TimeOnTask | undefined;
  readonly eventId: EventId;
  readonly answeredAt: Instant;
}

/**
 * Every answer to every given case (at most 1,000), each revision, by annotator: whoever scores holds them against the newest truth.
 * Those of people who have given a truth of the case since are left out.
 */
export async function goldAnswersOf(
  session: Queryable,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, readonly GoldAnswerView[]>> {
  const rows = await session.query({
    name: 'view-gold-answers',
    text: `SELECT version.case_id, version.annotator_id, version.read_id, version.annotation_id, version.revision,
        version.event_id, version.recorded_at_ms, version.payload
      FROM read_model.read
      JOIN read_model.annotation_version AS version ON version.case_id = read.case_id AND version.read_id = read.read_id
      WHERE read.case_id = ANY ($1::uuid[]) AND read.purpose = 'gold'
        AND NOT EXISTS (
          SELECT FROM read_model.gold_truth AS truth
          WHERE truth.case_id = read.case_id AND truth.set_by = read.annotator_id
        )
      ORDER BY version.case_id, version.annotator_id, version.revision`,
    values: [checkIds(caseIds)],
  });
  return Map.groupBy(rows.map(answerOf), ({ caseId }) => caseId);
}

function answerOf(row: Row): GoldAnswerView {
  const { annotation, truthVersion, timeOnTask } = readPayload(row, 'goldAnswered');
  return {
    caseId: readIdentifier(row, 'case_id'),
    annotatorId: readIdentifier(row, 'annotator_id'),
    readId: readIdentifier(row, 'read_id'),
    annotationId: readIdentifier(row, 'annotation_id'),
    revision: readInteger(row, 'revision'),
    annotation,
    truthVersion,
    timeOnTask,
    eventId: readIdentifier(row, 'event_id'),
    answeredAt: readInstant(row, 'recorded_at_ms'),
  };
}
