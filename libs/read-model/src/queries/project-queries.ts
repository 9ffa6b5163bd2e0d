import type { Instant, PersonId, ProjectId, Protocol } from '@consilium/domain';
import { readBoolean, readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { type Page, pageOf, rowsFor } from './page.ts';
import { readIdentifier, readInstant } from './read-identifier.ts';
import { readProtocol } from './stored-json.ts';

/*
 * Every query takes a session of one organisation (`database.forOrganisation`) and sees that organisation's rows only:
 * another's ids give what unknown ids give.
 */

export interface ProjectView {
  readonly projectId: ProjectId;
  readonly name: string;
  /** The newest. */
  readonly protocolVersion: number;
  readonly protocol: Protocol;
  readonly createdAt: Instant;
}

/** Numbers of cases. */
export interface ProjectProgress {
  /** Withdrawn ones are counted below and nowhere else. */
  readonly cases: number;
  readonly reading: number;
  readonly awaitingConsensus: number;
  readonly settled: number;
  readonly disputed: number;
  readonly adjudicating: number;
  readonly adjudicated: number;
  readonly finalised: number;
  readonly excluded: number;
  readonly withdrawn: number;
  readonly readsSubmitted: number;
}

const projectColumns = `project.project_id, project.name, project.protocol_version, project.created_at_ms,
  protocol.body AS protocol
  FROM read_model.project
  JOIN read_model.protocol
    ON protocol.project_id = project.project_id AND protocol.protocol_version = project.protocol_version`;

export const projectOf = (row: Row): ProjectView => ({
  projectId: readIdentifier(row, 'project_id'),
  name: readText(row, 'name'),
  protocolVersion: readInteger(row, 'protocol_version'),
  protocol: readProtocol(row),
  createdAt: readInstant(row, 'created_at_ms'),
});

export async function findProject(session: Queryable, projectId: ProjectId): Promise<ProjectView | undefined> {
  const [row] = await session.query({
    name: 'view-project',
    text: `SELECT ${projectColumns} WHERE project.project_id = $1`,
    values: [projectId],
  });
  return row === undefined ? undefined : projectOf(row);
}

/** Where a page of projects ended. */
export interface ProjectPlace {
  readonly createdAt: Instant;
  readonly projectId: ProjectId;
}

/** The oldest first. */
export async function listProjects(
  session: Queryable,
  { first, after }: { readonly first: number; readonly after?: ProjectPlace | undefined },
): Promise<Page<ProjectView>> {
  const rows = await session.query({
    name: 'view-projects',
    text: `SELECT ${projectColumns}
      WHERE project.organisation = journal.current_organisation()
        AND (project.created_at_ms, project.project_id) > ($1, $2)
      ORDER BY project.created_at_ms, project.project_id
      LIMIT $3`,
    values: [after?.createdAt ?? -1, after?.projectId ?? '00000000-0000-0000-0000-000000000000', rowsFor(first)],
  });
  return pageOf(rows.map(projectOf), first);
}

/** All zero for a project that is unknown or empty. */
export async function projectProgress(session: Queryable, projectId: ProjectId): Promise<ProjectProgress> {
  const rows = await session.query({
    name: 'view-project-progress',
    text: `SELECT case_state.status, count(*) AS cases, sum(case_state.reads_submitted) AS reads
      FROM read_model.case_state WHERE case_state.project_id = $1 GROUP BY case_state.status`,
    values: [projectId],
  });
  return progressOf(rows);
}

/** Of rows with a status, its cases and their reads. */
export function progressOf(rows: readonly Row[]): ProjectProgress {
  const cases = new Map(rows.map((row) => [readText(row, 'status'), readInteger(row, 'cases')]));
  const current = rows.filter((row) => readText(row, 'status') !== 'withdrawn');
  return {
    cases: current.reduce((sum, row) => sum + readInteger(row, 'cases'), 0),
    reading: cases.get('reading') ?? 0,
    awaitingConsensus: cases.get('awaitingConsensus') ?? 0,
    settled: cases.get('settled') ?? 0,
    disputed: cases.get('disputed') ?? 0,
    adjudicating: cases.get('adjudicating') ?? 0,
    adjudicated: cases.get('adjudicated') ?? 0,
    finalised: cases.get('finalised') ?? 0,
    excluded: cases.get('excluded') ?? 0,
    withdrawn: cases.get('withdrawn') ?? 0,
    readsSubmitted: current.reduce((sum, row) => sum + readInteger(row, 'reads'), 0),
  };
}

/** Whether the person is registered in any project. Looks at all annotators of the organisation, of which there are thousands. */
export async function annotatesAnywhere(session: Queryable, personId: PersonId): Promise<boolean> {
  const [row] = await session.query({
    name: 'view-annotates-anywhere',
    text: `SELECT EXISTS (
        SELECT FROM read_model.annotator
        WHERE annotator.organisation = journal.current_organisation() AND annotator.person_id = $1
      ) AS annotates`,
    values: [personId],
  });
  return row !== undefined && readBoolean(row, 'annotates');
}
