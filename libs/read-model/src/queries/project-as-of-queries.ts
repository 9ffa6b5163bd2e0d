import type { Instant, ProjectId, Protocol } from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { caseStatesThen } from './case-states-then.ts';
import { progressOf, projectOf, type ProjectPlace, type ProjectProgress, type ProjectView } from './project-queries.ts';
import { type Page, pageOf, rowsFor } from './page.ts';
import { readInstant } from './read-identifier.ts';
import { readProtocol } from './stored-json.ts';

/* Projects as they were once everything up to a number of the log had happened, and nothing after it. */

/** Each project with the protocol it had at `$1`; a project that had none yet is left out. */
const projectsThen = `SELECT project.project_id, project.name, protocol.protocol_version, project.created_at_ms,
    protocol.body AS protocol
  FROM read_model.project
  CROSS JOIN LATERAL (
    SELECT version.protocol_version FROM read_model.project_version AS version
    WHERE version.project_id = project.project_id AND version.from_seq <= $1
    ORDER BY version.from_seq DESC LIMIT 1
  ) AS version
  JOIN read_model.protocol
    ON protocol.project_id = project.project_id AND protocol.protocol_version = version.protocol_version`;

/** Undefined before its first protocol. */
export async function findProjectAsOf(
  session: Queryable,
  projectId: ProjectId,
  seq: number,
): Promise<ProjectView | undefined> {
  const [row] = await session.query({
    name: 'view-project-as-of',
    text: `${projectsThen} WHERE project.project_id = $2`,
    values: [seq, projectId],
  });
  return row === undefined ? undefined : projectOf(row);
}

/** Those that had their first protocol by then, the oldest first: the same order as of the present. */
export async function listProjectsAsOf(
  session: Queryable,
  { first, after }: { readonly first: number; readonly after?: ProjectPlace | undefined },
  seq: number,
): Promise<Page<ProjectView>> {
  const rows = await session.query({
    name: 'view-projects-as-of',
    text: `${projectsThen}
      WHERE project.organisation = journal.current_organisation()
        AND (project.created_at_ms, project.project_id) > ($2, $3)
      ORDER BY project.created_at_ms, project.project_id
      LIMIT $4`,
    values: [seq, after?.createdAt ?? -1, after?.projectId ?? '00000000-0000-0000-0000-000000000000', rowsFor(first)],
  });
  return pageOf(rows.map(projectOf), first);
}

/** Looks at every case of the project. */
export async function projectProgressAsOf(
  session: Queryable,
  projectId: ProjectId,
  seq: number,
): Promise<ProjectProgress> {
  const rows = await session.query({
    name: 'view-project-progress-as-of',
    text: `SELECT state.status, count(*) AS cases, sum(state.reads_submitted)::bigint AS reads
      FROM (${caseStatesThen('(SELECT * FROM read_model.case_state WHERE case_state.project_id = $1)')}) AS state
      GROUP BY state.status`,
    values: [projectId, seq],
  });
  return progressOf(rows);
}

/** A protocol that a project has had, and who adopted it. */
export interface ProtocolVersionView {
  readonly fromSeq: number;
  readonly protocolVersion: number;
  readonly protocol: Protocol;
  readonly actorId: string;
  readonly actorRole: string;
  readonly adoptedAt: Instant;
}

/** In order, up to a number of the log, or all; at most 1,000. */
export async function listProtocolVersions(
  session: Queryable,
  projectId: ProjectId,
  seq?: number,
): Promise<readonly ProtocolVersionView[]> {
  const rows = await session.query({
    name: 'view-protocol-versions',
    text: `SELECT version.from_seq, version.protocol_version, protocol.body AS protocol, version.actor_id,
        version.actor_role, version.recorded_at_ms
      FROM read_model.project_version AS version
      JOIN read_model.protocol
        ON protocol.project_id = version.project_id AND protocol.protocol_version = version.protocol_version
      WHERE version.project_id = $1 AND ($2::bigint IS NULL OR version.from_seq <= $2)
      ORDER BY version.from_seq LIMIT 1000`,
    values: [projectId, seq ?? null],
  });
  return rows.map((row) => ({
    fromSeq: readInteger(row, 'from_seq'),
    protocolVersion: readInteger(row, 'protocol_version'),
    protocol: readProtocol(row),
    actorId: readText(row, 'actor_id'),
    actorRole: readText(row, 'actor_role'),
    adoptedAt: readInstant(row, 'recorded_at_ms'),
  }));
}
