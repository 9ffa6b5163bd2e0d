import type {
  CaseId,
  CaseSentence,
  DisagreementId,
  EventId,
  Instant,
  ProjectId,
  SentenceEvent,
  SentenceId,
  SubjectId,
  TranslationQuestion,
} from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { checkIds, type Page, pageOf, rowsFor } from './page.ts';
import { readIdentifier, readInstant } from './read-identifier.ts';
import { afterRejection, readOf, type ReadView } from './read-queries.ts';
import { readOptionalStored, readPayload } from './stored-json.ts';

/** What changes the sentences of a case. */
export type SentenceChangeEvent = Extract<
  SentenceEvent,
  { readonly type: 'sentenceCorrected' | 'sentenceSplit' | 'sentencesMerged' }
>;

/** One change of the sentences; its texts are sealed in the event `eventId`. */
export interface SentenceChangeView {
  readonly caseId: CaseId;
  readonly fromSeq: number;
  readonly eventId: EventId;
  readonly actorId: string;
  readonly actorRole: string;
  readonly reason: string | undefined;
  readonly changedAt: Instant;
  readonly event: SentenceChangeEvent;
}

/** Of every given case (at most 1,000), in order. */
export async function sentenceChangesOf(
  session: Queryable,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, readonly SentenceChangeView[]>> {
  const rows = await session.query({
    name: 'view-sentence-changes',
    text: `SELECT change.case_id, change.from_seq, change.type, change.event_id, change.actor_id, change.actor_role,
        change.reason, change.recorded_at_ms, change.payload
      FROM read_model.sentence_change AS change WHERE change.case_id = ANY ($1::uuid[])
      ORDER BY change.case_id, change.from_seq`,
    values: [checkIds(caseIds)],
  });
  return Map.groupBy(rows.map(changeOf), ({ caseId }) => caseId);
}

const changeOf = (row: Row): SentenceChangeView => ({
  caseId: readIdentifier(row, 'case_id'),
  fromSeq: readInteger(row, 'from_seq'),
  eventId: readIdentifier(row, 'event_id'),
  actorId: readText(row, 'actor_id'),
  actorRole: readText(row, 'actor_role'),
  reason: row['reason'] === null ? undefined : readText(row, 'reason'),
  changedAt: readInstant(row, 'recorded_at_ms'),
  // Held against the schema of its event before it came here.
  event: { type: readText(row, 'type'), ...readPayload(row, 'sentenceChange') } as SentenceChangeEvent,
});

/** A submitted read that sentences of another meaning outdated, as it was given. */
export interface OutdatedReadView {
  readonly read: ReadView;
  readonly outdatedAt: Instant;
  readonly fromSeq: number;
}

/** Of every given case (at most 1,000), the newest last. */
export async function outdatedReadsOf(
  session: Queryable,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, readonly OutdatedReadView[]>> {
  const rows = await session.query({
    name: 'view-outdated-reads',
    text: `SELECT given.case_id, given.read_id, given.annotator_id, given.claim_id, 'outdated' AS status,
        'overlap' AS purpose, false AS is_gold_kept,
        given.recorded_at_ms AS claimed_at_ms, given.revision, given.annotation_id,
        given.event_id AS submitted_event_id, given.recorded_at_ms AS submitted_at_ms, given.payload,
        ${afterRejection('given', 'recorded_at_ms')},
        outdated.recorded_at_ms AS outdated_at_ms, outdated.from_seq
      FROM read_model.outdated_annotation AS outdated
      JOIN read_model.annotation_version AS given ON given.case_id = outdated.case_id
        AND given.read_id = outdated.read_id AND given.revision = outdated.revision AND given.counts
      WHERE outdated.case_id = ANY ($1::uuid[])
      ORDER BY outdated.case_id, outdated.from_seq`,
    values: [checkIds(caseIds)],
  });
  const views = rows.map((row) => ({
    read: readOf(row),
    outdatedAt: readInstant(row, 'outdated_at_ms'),
    fromSeq: readInteger(row, 'from_seq'),
  }));
  return Map.groupBy(views, ({ read }) => read.caseId);
}

/** A pair of languages that nobody has decided about, and what its case came in with. */
export interface TranslationQuestionView {
  readonly caseId: CaseId;
  readonly subjectId: SubjectId;
  readonly importedEventId: EventId;
  readonly importedAt: Instant;
  /** As they came in. */
  readonly sentences: readonly CaseSentence[];
  readonly disagreementId: DisagreementId;
  readonly sentenceId: SentenceId;
  readonly version: number;
  readonly checker: TranslationQuestion['checker'];
  readonly hits: TranslationQuestion['hits'];
  readonly fromSeq: number;
  readonly askedAt: Instant;
}

/** Where a page of questions ended: two of one event cannot be, so its number is enough. */
export interface TranslationQuestionRequest {
  readonly projectId: ProjectId;
  /** 1 to 1,000. */
  readonly first: number;
  /** Number of the log behind which to go on; 0 from the start. */
  readonly afterSeq: number;
}

/** Those of a project, the oldest first; not of cases that were withdrawn or excluded. */
export async function translationQuestions(
  session: Queryable,
  { projectId, first, afterSeq }: TranslationQuestionRequest,
): Promise<Page<TranslationQuestionView>> {
  const rows = await session.query({
    name: 'view-translation-questions',
    text: `SELECT question.case_id, file.subject_id, file.imported_event_id, file.imported_at_ms, file.payload,
        question.disagreement_id, question.sentence_id, question.version, question.detail, question.from_seq,
        question.recorded_at_ms
      FROM read_model.translation_question AS question
      JOIN read_model.case_file AS file ON file.case_id = question.case_id
      JOIN read_model.case_state AS state ON state.case_id = question.case_id
      WHERE question.status = 'open' AND question.project_id = $1 AND question.from_seq > $2 AND state.status NOT IN ('withdrawn', 'excluded')
      ORDER BY question.from_seq LIMIT $3`,
    values: [projectId, afterSeq, rowsFor(first)],
  });
  return pageOf(rows.map(questionOf), first);
}

function questionOf(row: Row): TranslationQuestionView {
  // Stored by the projection, which took it from an event of a known schema.
  const { checker, hits } = readOptionalStored(row, 'detail') as unknown as Pick<
    TranslationQuestion,
    'checker' | 'hits'
  >;
  return {
    caseId: readIdentifier(row, 'case_id'),
    subjectId: readIdentifier(row, 'subject_id'),
    importedEventId: readIdentifier(row, 'imported_event_id'),
    importedAt: readInstant(row, 'imported_at_ms'),
    sentences: readPayload(row, 'caseImported').sentences,
    disagreementId: readIdentifier(row, 'disagreement_id'),
    sentenceId: readIdentifier(row, 'sentence_id'),
    version: readInteger(row, 'version'),
    checker,
    hits,
    fromSeq: readInteger(row, 'from_seq'),
    askedAt: readInstant(row, 'recorded_at_ms'),
  };
}
