import type {
  CaseId,
  CaseImage,
  CaseSentence,
  CaseSource,
  CaseStatus,
  ClinicalMetadata,
  EventId,
  Instant,
  ProjectId,
  ProtectedText,
  SubjectId,
} from '@consilium/domain';
import { readInteger, readOptionalInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { isCaseStatus } from '../tables/case-status.ts';
import { type Page, pageOf, rowsFor } from './page.ts';
import { readIdentifier, readInstant } from './read-identifier.ts';
import { readPayload } from './stored-json.ts';

/** Texts are sealed under the subject's key, in the event `caseImported` with id `importedEventId`, at their own paths. */
export interface CaseView {
  readonly caseId: CaseId;
  readonly projectId: ProjectId;
  readonly subjectId: SubjectId;
  readonly position: number;
  readonly priority: number;
  readonly status: CaseStatus;
  /** By which it is read. */
  readonly protocolVersion: number;
  /** Version of the protocol at its import. */
  readonly importedUnder: number;
  /** Undefined for the moment in which the case was seen before its project's protocol. */
  readonly readsWanted: number | undefined;
  readonly readsSubmitted: number;
  readonly externalKey: ProtectedText;
  readonly images: readonly CaseImage[];
  readonly sentences: readonly CaseSentence[];
  readonly source: CaseSource | undefined;
  readonly clinical: ClinicalMetadata | undefined;
  readonly importedAt: Instant;
  readonly importedEventId: EventId;
}

/** Of a row `state` of `case_state`, or one that has its columns. */
export const caseColumns = `state.case_id, state.project_id, state.position, state.priority, state.status,
  state.protocol_version, state.reads_submitted,
  -- As readsWanted of the domain: those of the protocol, and those that were asked for since, as far as it allows.
  least(protocol.reads_per_case + state.extra_reads,
    greatest(protocol.reads_per_case, (protocol.body ->> 'readsMaximum')::integer)) AS reads_wanted,
  case_file.subject_id, case_file.protocol_version AS imported_under, case_file.imported_event_id, case_file.imported_at_ms, case_file.payload`;

export const caseJoins = `JOIN read_model.case_file ON case_file.case_id = state.case_id
  LEFT JOIN read_model.protocol
    ON protocol.project_id = state.project_id AND protocol.protocol_version = state.protocol_version`;

export function caseOf(row: Row): CaseView {
  const { externalKey, images, sentences, source, clinical } = readPayload(row, 'caseImported');
  return {
    caseId: readIdentifier(row, 'case_id'),
    projectId: readIdentifier(row, 'project_id'),
    subjectId: readIdentifier(row, 'subject_id'),
    position: readInteger(row, 'position'),
    priority: readInteger(row, 'priority'),
    status: readStatus(row),
    protocolVersion: readInteger(row, 'protocol_version'),
    importedUnder: readInteger(row, 'imported_under'),
    readsWanted: readOptionalInteger(row, 'reads_wanted'),
    readsSubmitted: readInteger(row, 'reads_submitted'),
    externalKey,
    images,
    sentences,
    source,
    clinical,
    importedAt: readInstant(row, 'imported_at_ms'),
    importedEventId: readIdentifier(row, 'imported_event_id'),
  };
}

function readStatus(row: Row): CaseStatus {
  const status = readText(row, 'status');
  if (!isCaseStatus(status)) throw new Error(`${status} is no status of a case`);
  return status;
}

export async function findCase(session: Queryable, caseId: CaseId): Promise<CaseView | undefined> {
  const [row] = await session.query({
    name: 'view-case',
    text: `SELECT ${caseColumns} FROM read_model.case_state AS state ${caseJoins} WHERE state.case_id = $1`,
    values: [caseId],
  });
  return row === undefined ? undefined : caseOf(row);
}

/** Where a page of cases ended. */
export interface CasePlace {
  readonly position: number;
  readonly caseId: CaseId;
}

export interface CaseListRequest {
  readonly projectId: ProjectId;
  /** 1 to 1,000. */
  readonly first: number;
  readonly after?: CasePlace | undefined;
  readonly status?: CaseStatus | undefined;
}

/** In order of (position, case id), of every priority. Withdrawn cases only where that status is asked for. */
export async function listCases(
  session: Queryable,
  { projectId, first, after, status }: CaseListRequest,
): Promise<Page<CaseView>> {
  const rows = await session.query({
    name: status === undefined ? 'view-cases' : 'view-cases-by-status',
    text: `SELECT ${caseColumns}
      FROM (
        SELECT * FROM read_model.case_state
        WHERE case_state.project_id = $1 AND (case_state.position, case_state.case_id) > ($2, $3)
          ${status === undefined ? "AND case_state.status <> 'withdrawn'" : 'AND case_state.status = $5'}
        ORDER BY case_state.position, case_state.case_id
        LIMIT $4
      ) AS state
      ${caseJoins}
      ORDER BY state.position, state.case_id`,
    values: [
      projectId,
      after?.position ?? -1,
      after?.caseId ?? '00000000-0000-0000-0000-000000000000',
      rowsFor(first),
      ...(status === undefined ? [] : [status]),
    ],
  });
  return pageOf(rows.map(caseOf), first);
}
