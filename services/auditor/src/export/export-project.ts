import { randomUUID } from 'node:crypto';
import { beginExport, project as projectQuery, projects as projectsQuery, wholeCases } from '@consilium/client';
import type { ConsiliumClient, ProjectFields, WholeCasesData } from '@consilium/client';
import { CommandFailed } from '../command-failed.ts';
import { caseLine, countedWith, headerLine, noCounts, trailerLine } from './export-lines.ts';
import type { ExportCounts } from './export-lines.ts';

const casesPerPage = 100;

/** On record with the api before anything is read; whoever erases a subject later is told. */
export interface ExportPurpose {
  readonly recipient: string;
  readonly purpose: string;
}

export interface ExportProgress {
  readonly counts: ExportCounts;
  /** Cases of the project when the export began; undefined for who may not know. */
  readonly of: number | undefined;
}

/**
 * The lines of an export, a page of cases at a time, so that memory stays the same however large the project is. Each case
 * is as it was when its page was read; cases imported meanwhile come too.
 * @throws CommandFailed; the client's errors
 */
export async function* exportProject(
  client: ConsiliumClient,
  { projectId, to }: { readonly projectId: string | undefined; readonly to: ExportPurpose },
  onPage: (progress: ExportProgress) => void,
): AsyncGenerator<string, ExportCounts> {
  const project = await projectToExport(client, projectId);
  await putOnRecord(client, project.id, to);
  yield headerLine(project);
  let counts = noCounts;
  for (let after: string | null = null, more = true; more;) {
    const page: WholeCasesData = await client.request(wholeCases, {
      projectId: project.id,
      first: casesPerPage,
      after,
    });
    for (const { node } of page.cases.edges) {
      counts = countedWith(counts, node);
      yield caseLine(node);
    }
    onPage({ counts, of: project.progress?.cases });
    ({ hasNextPage: more, endCursor: after } = page.cases.pageInfo);
  }
  yield trailerLine(counts);
  return counts;
}

/** The one that is named, else the only one. @throws CommandFailed */
export const projectToExport = async (
  client: ConsiliumClient,
  projectId: string | undefined,
): Promise<ProjectFields> => (projectId === undefined ? onlyProject(client) : projectOf(client, projectId));

/** With the api, before anything is read. @throws CommandFailed */
export async function putOnRecord(client: ConsiliumClient, projectId: string, to: ExportPurpose): Promise<void> {
  const input = { commandId: randomUUID(), projectId, ...to };
  const { beginExport: answer } = await client.request(beginExport, { input });
  if (answer.__typename === 'Invalid') {
    const [problem] = answer.problems;
    throw new CommandFailed('usage', problem === undefined ? answer.message : `--${problem.path}: ${problem.message}.`);
  }
  if (answer.__typename !== 'ExportBegun') throw new CommandFailed('notFound', answer.message);
}

async function projectOf(client: ConsiliumClient, id: string): Promise<ProjectFields> {
  const { project } = await client.request(projectQuery, { id });
  if (project === null) throw new CommandFailed('notFound', `There is no project ${id} for you.`);
  return project;
}

const namedAtMost = 20;

async function onlyProject(client: ConsiliumClient): Promise<ProjectFields> {
  const { projects } = await client.request(projectsQuery, { first: namedAtMost });
  const [only, ...others] = projects.edges.map(({ node }) => node);
  if (only === undefined) throw new CommandFailed('notFound', 'There is no project to export.');
  if (others.length === 0) return only;
  const choices = [only, ...others].map(({ id, name }) => `  ${id}  ${name}`).join('\n');
  throw new CommandFailed('usage', `There are several projects: choose one with --project.\n${choices}`);
}
