import type { AnnotatorId, CaseId, Instant, ProjectId } from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { readIdentifier, readInstant } from './read-identifier.ts';

/** How an annotator's claims in a project stand, by the claims of the journal and the server's clock. */
export interface OwnClaims {
  readonly held: number;
  readonly submitted: number;
  readonly skipped: number;
}

export async function ownClaims(
  session: Queryable,
  projectId: ProjectId,
  annotatorId: AnnotatorId,
): Promise<OwnClaims> {
  const [row] = await session.query({
    name: 'view-own-claims',
    text: `SELECT
        count(*) FILTER (WHERE claim.status IN ('held', 'answeringGold') AND claim.lease_ends_at > statement_timestamp()) AS held,
        count(*) FILTER (WHERE claim.status IN ('submitted', 'answeredGold')) AS submitted,
        count(*) FILTER (WHERE claim.status = 'skipped') AS skipped
      FROM journal.claim WHERE claim.annotator_id = $1 AND claim.project_id = $2`,
    values: [annotatorId, projectId],
  });
  if (row === undefined) throw new Error('a count has a row');
  return {
    held: readInteger(row, 'held'),
    submitted: readInteger(row, 'submitted'),
    skipped: readInteger(row, 'skipped'),
  };
}

/** One annotator's hold on a case. */
export interface CaseHolder {
  readonly annotatorId: AnnotatorId;
  /** As the journal has it, but for the lease of a reader that ran out without an event: that is 'expired' here. */
  readonly status: string;
  /** Of the newest claim; in the past where it does not hold any more. */
  readonly leaseEndsAt: Instant;
}

/** Of one case, in order of annotator ids; at most 1,000. */
export async function holdersOf(session: Queryable, caseId: CaseId): Promise<readonly CaseHolder[]> {
  const rows = await session.query({
    name: 'view-case-holders',
    text: `SELECT claim.annotator_id, journal.epoch_ms(claim.lease_ends_at) AS lease_ends_at_ms,
        CASE WHEN claim.status IN ('held', 'answeringGold') AND claim.lease_ends_at <= statement_timestamp() THEN 'expired'
          ELSE claim.status::text END AS status
      FROM journal.claim WHERE claim.case_id = $1 ORDER BY claim.annotator_id LIMIT 1000`,
    values: [caseId],
  });
  return rows.map((row) => ({
    annotatorId: readIdentifier(row, 'annotator_id'),
    status: readText(row, 'status'),
    leaseEndsAt: readInstant(row, 'lease_ends_at_ms'),
  }));
}

/** Cases of a project by the rule that keeps them from being claimed, or lets them. */
export interface QueueCounts {
  readonly reading: number;
  /** Of those: everybody wanted has read it or holds it. */
  readonly full: number;
  /** Of those: held back because a patient could be recognised. */
  readonly heldBack: number;
  readonly otherwise: number;
}

/** Reads all cases of the project: for a lead who wonders, not for every claim. */
export async function queueCounts(session: Queryable, projectId: ProjectId): Promise<QueueCounts> {
  const [row] = await session.query({
    name: 'view-queue-counts',
    text: `SELECT
        count(*) FILTER (WHERE queued.status = 'reading') AS reading,
        count(*) FILTER (WHERE queued.status = 'reading' AND queued.taken >= queued.wanted) AS is_full,
        count(*) FILTER (WHERE queued.status = 'reading' AND queued.is_held_back) AS held_back,
        count(*) FILTER (WHERE queued.status <> 'reading') AS otherwise
      FROM (
        SELECT listed.status, protocol.reads_per_case + listed.extra_reads AS wanted,
          (SELECT count(*) FROM journal.claim AS taken WHERE taken.case_id = listed.case_id
            AND (taken.status = 'submitted'
              OR (taken.status = 'held' AND taken.lease_ends_at > statement_timestamp()))) AS taken,
          EXISTS (SELECT FROM read_model.case_flag AS flag WHERE flag.case_id = listed.case_id
            AND flag.status = 'open' AND flag.reason = 'identityVisible') AS is_held_back
        FROM read_model.case_state AS listed
        JOIN read_model.protocol ON protocol.project_id = listed.project_id
          AND protocol.protocol_version = listed.protocol_version
        WHERE listed.project_id = $1
      ) AS queued`,
    values: [projectId],
  });
  if (row === undefined) throw new Error('a count has a row');
  return {
    reading: readInteger(row, 'reading'),
    full: readInteger(row, 'is_full'),
    heldBack: readInteger(row, 'held_back'),
    otherwise: readInteger(row, 'otherwise'),
  };
}

/** The clock that leases and windows are judged by. */
export async function serverClock(session: Queryable): Promise<Instant> {
  const [row] = await session.query({
    name: 'view-server-clock',
    text: 'SELECT journal.epoch_ms(clock_timestamp()) AS now_ms',
    values: [],
  });
  if (row === undefined) throw new Error('the clock has a row');
  return readInstant(row, 'now_ms');
}
