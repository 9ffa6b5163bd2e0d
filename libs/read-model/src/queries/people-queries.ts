import { memberRoles, pauseReasons } from '@consilium/domain';
import type {
  AnnotatorId,
  HeldQualification,
  Instant,
  Language,
  MemberRole,
  PauseReason,
  PersonId,
  ProjectId,
} from '@consilium/domain';
import { readBoolean, readOptionalText, readText, UnexpectedRow } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { readIdentifier, readInstant } from './read-identifier.ts';

/* Who reads and acts in a project, at present or as it was at a number of the log. */

export interface AnnotatorView {
  readonly annotatorId: AnnotatorId;
  readonly personId: PersonId;
  readonly registeredAt: Instant;
  /** Undefined of whoever may claim. */
  readonly pausedFor: PauseReason | undefined;
  /** Those given and not taken away, expired ones too; languages first. */
  readonly qualifications: readonly HeldQualification[];
}

/** Of one project, in order of registration; a project has at most some hundreds. */
export async function listAnnotators(
  session: Queryable,
  projectId: ProjectId,
  seq?: number,
): Promise<readonly AnnotatorView[]> {
  const rows = await session.query({
    name: 'view-annotators',
    text: `SELECT annotator.annotator_id, annotator.person_id, annotator.registered_at_ms, pause.reason
      FROM read_model.annotator
      LEFT JOIN LATERAL (
        SELECT pause.reason FROM read_model.annotator_pause_version AS pause
        WHERE pause.annotator_id = annotator.annotator_id AND ($2::bigint IS NULL OR pause.from_seq <= $2)
        ORDER BY pause.from_seq DESC LIMIT 1
      ) AS pause ON true
      WHERE annotator.project_id = $1 AND ($2::bigint IS NULL OR EXISTS (
        SELECT FROM read_model.annotator_version AS version
        WHERE version.annotator_id = annotator.annotator_id AND version.from_seq <= $2
      ))
      ORDER BY annotator.registered_at_ms, annotator.annotator_id
      LIMIT 1000`,
    values: [projectId, seq ?? null],
  });
  const annotatorIds = rows.map((row): AnnotatorId => readIdentifier(row, 'annotator_id'));
  const qualifications = await qualificationsOf(session, annotatorIds, seq);
  return rows.map((row) => {
    const annotatorId: AnnotatorId = readIdentifier(row, 'annotator_id');
    return {
      annotatorId,
      personId: readIdentifier(row, 'person_id'),
      registeredAt: readInstant(row, 'registered_at_ms'),
      pausedFor: pauseReasonOf(row),
      qualifications: qualifications.get(annotatorId) ?? [],
    };
  });
}

function pauseReasonOf(row: Row): PauseReason | undefined {
  const text = readOptionalText(row, 'reason');
  const reason = pauseReasons.find((each) => each === text);
  if (text !== undefined && reason === undefined) throw new UnexpectedRow('reason', 'a reason of a pause', text);
  return reason;
}

async function qualificationsOf(
  session: Queryable,
  annotatorIds: readonly AnnotatorId[],
  seq: number | undefined,
): Promise<ReadonlyMap<AnnotatorId, readonly HeldQualification[]>> {
  const rows = await session.query({
    name: 'view-qualifications',
    text: `SELECT latest.annotator_id, latest.kind, latest.term, latest.expires_at_ms
      FROM (
        SELECT DISTINCT ON (version.annotator_id, version.kind, version.term) version.*
        FROM read_model.qualification_version AS version
        WHERE version.annotator_id = ANY ($1::uuid[]) AND ($2::bigint IS NULL OR version.from_seq <= $2)
        ORDER BY version.annotator_id, version.kind, version.term, version.from_seq DESC
      ) AS latest
      WHERE latest.holds
      ORDER BY latest.kind DESC, latest.term`,
    values: [annotatorIds, seq ?? null],
  });
  const held = rows.map((row) => [readIdentifier(row, 'annotator_id'), heldOf(row)] as const);
  return new Map(
    [...Map.groupBy(held, ([annotatorId]) => annotatorId)].map(([annotatorId, all]) => [
      annotatorId,
      all.map(([, qualification]) => qualification),
    ]),
  );
}

/** The projection wrote what the schema of its event had let through. */
function heldOf(row: Row): HeldQualification {
  const term = readText(row, 'term');
  const expiry = row['expires_at_ms'] === null ? {} : { expiresAt: readInstant(row, 'expires_at_ms') };
  return readText(row, 'kind') === 'language'
    ? { qualification: { kind: 'language', language: term as Language }, ...expiry }
    : { qualification: { kind: 'findingGroup', group: term }, ...expiry };
}

export interface MemberView {
  readonly personId: PersonId;
  readonly role: MemberRole;
  readonly since: Instant;
}

export interface ProjectMembersView {
  /** By role and person; at most 4,000. */
  readonly listed: readonly MemberView[];
  /** Roles that somebody was ever listed for. */
  readonly closedRoles: readonly MemberRole[];
}

export async function listMembers(session: Queryable, projectId: ProjectId, seq?: number): Promise<ProjectMembersView> {
  const rows = await session.query({
    name: 'view-members',
    text: `SELECT DISTINCT ON (version.role, version.person_id)
        version.role, version.person_id, version.listed, version.recorded_at_ms
      FROM read_model.member_version AS version
      WHERE version.project_id = $1 AND ($2::bigint IS NULL OR version.from_seq <= $2)
      ORDER BY version.role, version.person_id, version.from_seq DESC`,
    values: [projectId, seq ?? null],
  });
  const members = rows.map((row) => ({
    personId: readIdentifier(row, 'person_id'),
    role: memberRoleOf(row),
    since: readInstant(row, 'recorded_at_ms'),
    isListed: readBoolean(row, 'listed'),
  }));
  return {
    listed: members.filter(({ isListed }) => isListed).map(({ isListed: _, ...member }) => member),
    closedRoles: memberRoles.filter((role) => members.some((member) => member.role === role)),
  };
}

function memberRoleOf(row: Row): MemberRole {
  const text = readText(row, 'role');
  const role = memberRoles.find((each) => each === text);
  if (role === undefined) throw new UnexpectedRow('role', 'a role that people are listed for', text);
  return role;
}

/** The person's part as annotator of the project, if they have one. */
export async function findAnnotatorOf(
  session: Queryable,
  projectId: ProjectId,
  personId: PersonId,
): Promise<AnnotatorId | undefined> {
  const [row] = await session.query({
    name: 'view-annotator-of',
    text: `SELECT annotator.annotator_id FROM read_model.annotator
      WHERE annotator.project_id = $1 AND annotator.person_id = $2`,
    values: [projectId, personId],
  });
  return row === undefined ? undefined : readIdentifier(row, 'annotator_id');
}
