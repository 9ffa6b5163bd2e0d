import type { AnnotatorId, CaseId } from '@consilium/domain';
import type { Queryable } from '@consilium/postgres';
import { caseColumns, caseJoins, type CaseListRequest, caseOf, type CaseView } from './case-queries.ts';
import { checkIds, type Page, pageOf, rowsFor } from './page.ts';
import { caseStatesThen } from './case-states-then.ts';
import { afterRejection, type ConsensusView, consensusViewOf, readOf, type ReadView } from './read-queries.ts';

/*
 * Cases as they were once everything up to a number of the log had happened, and nothing after it. Each looks up the last
 * version from there back, by (id, from_seq): as quick for an old case as for a new one, however long the log is.
 */

export async function findCaseAsOf(session: Queryable, caseId: CaseId, seq: number): Promise<CaseView | undefined> {
  const [row] = await session.query({
    name: 'view-case-as-of',
    text: `SELECT ${caseColumns}
      FROM (${caseStatesThen('(SELECT * FROM read_model.case_state WHERE case_state.case_id = $1)')}) AS state
      ${caseJoins}`,
    values: [caseId, seq],
  });
  return row === undefined ? undefined : caseOf(row);
}

/** In order of (position, case id), of every priority. Withdrawn ones only when asked for by that status. */
export async function listCasesAsOf(
  session: Queryable,
  { projectId, first, after, status }: CaseListRequest,
  seq: number,
): Promise<Page<CaseView>> {
  const ofProject = `(SELECT * FROM read_model.case_state
    WHERE case_state.project_id = $1 AND (case_state.position, case_state.case_id) > ($3, $4))`;
  const rows = await session.query({
    name: status === undefined ? 'view-cases-as-of' : 'view-cases-as-of-by-status',
    text: `SELECT ${caseColumns}
      FROM (
        ${caseStatesThen(ofProject)}
        WHERE ${status === undefined ? "version.status <> 'withdrawn'" : 'version.status = $6'}
        ORDER BY known.position, known.case_id
        LIMIT $5
      ) AS state
      ${caseJoins}
      ORDER BY state.position, state.case_id`,
    values: [
      projectId,
      seq,
      after?.position ?? -1,
      after?.caseId ?? '00000000-0000-0000-0000-000000000000',
      rowsFor(first),
      ...(status === undefined ? [] : [status]),
    ],
  });
  return pageOf(rows.map(caseOf), first);
}

/** The reads that counted then, each in the revision it had; only one annotator's if one is named. At most 1,000 cases. */
export async function submittedReadsAsOf(
  session: Queryable,
  caseIds: readonly CaseId[],
  seq: number,
  annotatorId?: AnnotatorId,
): Promise<ReadonlyMap<CaseId, readonly ReadView[]>> {
  const rows = await session.query({
    name: 'view-reads-as-of',
    text: `SELECT latest.case_id, latest.read_id, latest.annotator_id, latest.claim_id, 'submitted' AS status,
        latest.recorded_at_ms AS claimed_at_ms, latest.revision, latest.annotation_id,
        latest.event_id AS submitted_event_id, latest.recorded_at_ms AS submitted_at_ms, latest.payload, read.purpose,
        false AS is_gold_kept,
        ${afterRejection('latest', 'recorded_at_ms')}
      FROM read_model.read
      CROSS JOIN LATERAL (
        SELECT version.* FROM read_model.annotation_version AS version
        WHERE version.case_id = read.case_id AND version.read_id = read.read_id AND version.from_seq <= $2
        ORDER BY version.from_seq DESC LIMIT 1
      ) AS latest
      WHERE read.case_id = ANY ($1::uuid[]) AND latest.counts
        AND (read.annotator_id = $3 OR ($3::uuid IS NULL AND read.purpose = 'overlap'))
      ORDER BY latest.case_id, latest.read_id`,
    values: [checkIds(caseIds), seq, annotatorId ?? null],
  });
  return Map.groupBy(rows.map(readOf), ({ caseId }) => caseId);
}

/** The newest then; the status of the case then says whether it held. At most 1,000 cases. */
export async function consensusAsOf(
  session: Queryable,
  caseIds: readonly CaseId[],
  seq: number,
): Promise<ReadonlyMap<CaseId, ConsensusView>> {
  const rows = await session.query({
    name: 'view-consensus-as-of',
    text: `SELECT DISTINCT ON (consensus.case_id) consensus.case_id, consensus.from_seq, consensus.consensus_id,
        consensus.outcome, consensus.event_id, consensus.recorded_at_ms, consensus.payload
      FROM read_model.consensus WHERE consensus.case_id = ANY ($1::uuid[]) AND consensus.from_seq <= $2
      ORDER BY consensus.case_id, consensus.from_seq DESC`,
    values: [checkIds(caseIds), seq],
  });
  return new Map(rows.map(consensusViewOf));
}
