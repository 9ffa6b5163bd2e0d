import type { AnnotatorId, CaseId, ClaimId, Instant, Language, ProjectId } from '@consilium/domain';
import { readInteger } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { readIdentifier, readInstant } from './read-identifier.ts';

/** Most cases one call suggests or counts. */
const mostSuggested = 100;

export interface QueueRequest {
  readonly projectId: ProjectId;
  readonly annotatorId: AnnotatorId;
  /** 1 to 100. */
  readonly limit: number;
  /** Only cases whose sentences are all given in it. */
  readonly language?: Language | undefined;
  /** @default 0 */
  readonly priorityAtLeast?: number | undefined;
}

/**
 * Cases in queue order that this annotator might claim: still being read, not held, submitted or skipped by them, and with
 * fewer live or submitted claims than reads wanted. Claims are those of the journal at this moment, by the server's clock;
 * the rest may be some milliseconds old, so this only suggests: the case's decider decides. The first `skip` of those are passed
 * over.
 */
export async function suggestCases(
  session: Queryable,
  { skip = 0, ...request }: QueueRequest & { readonly skip?: number | undefined },
): Promise<readonly CaseId[]> {
  const rows = await session.query({
    name: 'view-suggest-cases',
    text: 'SELECT suggested.case_id FROM read_model.suggest_cases($1, $2, $3, $4, $5, $6) AS suggested (case_id)',
    values: [...valuesOf(request), skip],
  });
  return rows.map((row) => readIdentifier(row, 'case_id'));
}

/** Gold cases that this annotator might be given, in an order that is theirs alone. */
export async function suggestGold(session: Queryable, request: QueueRequest): Promise<readonly CaseId[]> {
  const rows = await session.query({
    name: 'view-suggest-gold',
    text: 'SELECT suggested.case_id FROM read_model.suggest_gold($1, $2, $3, $4, $5) AS suggested (case_id)',
    values: valuesOf(request),
  });
  return rows.map((row) => readIdentifier(row, 'case_id'));
}

/** How many cases of a project an annotator has ever claimed. */
export async function countClaimed(
  session: Queryable,
  projectId: ProjectId,
  annotatorId: AnnotatorId,
): Promise<number> {
  const [row] = await session.query({
    name: 'view-count-claimed',
    text: `SELECT count(*) AS claimed FROM journal.claim WHERE claim.annotator_id = $1 AND claim.project_id = $2`,
    values: [annotatorId, projectId],
  });
  return row === undefined ? 0 : readInteger(row, 'claimed');
}

/** How many cases `suggestCases` could give, counted up to `limit`. */
export async function countAvailable(session: Queryable, request: QueueRequest): Promise<number> {
  const [row] = await session.query({
    name: 'view-count-available',
    text: 'SELECT count(*) AS available FROM read_model.suggest_cases($1, $2, $3, $4, $5, 0)',
    values: valuesOf(request),
  });
  return row === undefined ? 0 : readInteger(row, 'available');
}

/**
 * Cases of the project that this annotator has not read, whatever others have done with them, counted up to `limit`: a
 * number that tells a blinded annotator nothing.
 */
export async function countUnread(session: Queryable, request: QueueRequest): Promise<number> {
  const [row] = await session.query({
    name: 'view-count-unread',
    text: `SELECT count(*) AS unread FROM (
        SELECT FROM read_model.case_state AS listed
        WHERE listed.project_id = $1 AND listed.status <> 'withdrawn' AND listed.priority >= $5
          AND ($4::text IS NULL OR ($4 = 'es' AND listed.is_in_es) OR ($4 = 'en' AND listed.is_in_en))
          AND NOT EXISTS (
            SELECT FROM journal.claim AS own
            WHERE own.case_id = listed.case_id AND own.annotator_id = $2
              AND (own.status IN ('submitted', 'skipped', 'answeredGold')
                OR (own.status IN ('held', 'answeringGold') AND own.lease_ends_at > statement_timestamp()))
          )
        LIMIT $3
      ) AS unread`,
    values: valuesOf(request),
  });
  return row === undefined ? 0 : readInteger(row, 'unread');
}

/** Of a function that suggests. @throws RangeError */
export function valuesOf({
  projectId,
  annotatorId,
  limit,
  language,
  priorityAtLeast = 0,
}: QueueRequest): readonly unknown[] {
  if (!Number.isInteger(limit) || limit < 1 || limit > mostSuggested) {
    throw new RangeError(`limit must be from 1 to ${String(mostSuggested)}`);
  }
  return [projectId, annotatorId, limit, language ?? null, priorityAtLeast];
}

export interface HeldClaim {
  readonly caseId: CaseId;
  readonly claimId: ClaimId;
  readonly leaseEndsAt: Instant;
}

/**
 * The live claims of a person by the server's clock, as a reader (of gold too), an adjudicator or a reviewer, in the order in which their leases
 * end; at most 10,000. The statuses are a part of the statement, so that their index serves it.
 */
export async function heldClaims(
  session: Queryable,
  projectId: ProjectId,
  annotatorId: AnnotatorId,
  status: 'held' | 'adjudicating' | 'reviewing' = 'held',
): Promise<readonly HeldClaim[]> {
  const rows = await session.query({
    name: `view-${status}-claims`,
    text: `SELECT claim.case_id, claim.claim_id, journal.epoch_ms(claim.lease_ends_at) AS lease_ends_at_ms
      FROM journal.claim
      WHERE claim.annotator_id = $1 AND claim.project_id = $2 AND claim.status ${status === 'held' ? "IN ('held', 'answeringGold')" : `= '${status}'`}
        AND claim.lease_ends_at > statement_timestamp()
      ORDER BY claim.lease_ends_at, claim.case_id
      LIMIT 10000`,
    values: [annotatorId, projectId],
  });
  return rows.map((row) => ({
    caseId: readIdentifier(row, 'case_id'),
    claimId: readIdentifier(row, 'claim_id'),
    leaseEndsAt: readInstant(row, 'lease_ends_at_ms'),
  }));
}
