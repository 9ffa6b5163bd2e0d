import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { groundedName, groundedTable, runGroundedDemonstration } from '@consilium/demo';
import type { GroundedOutcome } from '@consilium/demo';
import type { PersonName } from './people.ts';
import { runProgram } from './run-program.ts';
import { personNamed, type SeededPerson } from './seed-people.ts';
import { StartFailed } from './start-failed.ts';
import type { ServingConsilium } from './start-consilium.ts';
import type { Terminal } from './terminal.ts';

export interface GroundedRequest {
  readonly serving: ServingConsilium;
  readonly repositoryRoot: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

const exportTimeoutMs = 120_000;

/**
 * Runs the second demonstration unless it is there, writes what it came to into a file of its format, and shows what was planted
 * beside what came of it.
 */
export async function showGroundedDemonstration(request: GroundedRequest): Promise<void> {
  const { serving, terminal, signal } = request;
  const person = (name: PersonName): SeededPerson => personNamed(serving.people, name);
  let outcome: GroundedOutcome | undefined;
  await terminal.phase('grounded reports', async (progress) => {
    outcome = await runGroundedDemonstration({
      graphqlUrl: `${serving.url}/graphql`,
      leadToken: person('lead').token,
      reviewerToken: person('reviewer').token,
      adjudicatorToken: person('adjudicator').token,
      annotators: [person('annotator-1'), person('annotator-2'), person('annotator-3'), person('annotator-4')],
      onProgress: ({ stage, done, of }) => progress(`${stage} ${done} of ${of}`, done / of),
      signal,
    });
    return outcome.kind === 'done'
      ? `${groundedName}: ${outcome.figures.cases} studies, ${outcome.figures.reads} reads`
      : `${groundedName} are there already (${outcome.cases} studies): nothing was imported`;
  });
  if (outcome?.kind !== 'done') return;
  const { path, studies } = await exportFinal(request, outcome.projectId);
  terminal.line();
  for (const line of groundedTable(outcome.figures)) terminal.line(line);
  terminal.line(`${studies} final studies in PadChest-GR's format: ${relative(process.cwd(), path)}`);
}

/** As anybody would, by the command line. Cases that its format has no form for are not in it. */
async function exportFinal(
  { serving, repositoryRoot, environment, signal }: GroundedRequest,
  projectId: string,
): Promise<{ readonly path: string; readonly studies: number }> {
  const path = join(serving.paths.folder, 'grounded-reports.json');
  const { succeeded, stderr } = await runProgram({
    args: [
      join(repositoryRoot, 'services/auditor/bin/consilium.js'),
      ...['export', '--format', 'padchest-gr', '--of', 'consensus', '--project', projectId, '--url', serving.url],
      ...['--recipient', 'whoever started this', '--purpose', 'demonstration', '--output', path],
    ],
    environment: { ...environment, CONSILIUM_TOKEN: personNamed(serving.people, 'auditor').token },
    timeoutMs: exportTimeoutMs,
    signal,
  });
  if (!succeeded)
    throw new StartFailed(`The final studies could not be written: ${stderr.trim().split('\n').at(-1) ?? ''}`);
  const studies = JSON.parse(await readFile(path, 'utf8')) as readonly unknown[];
  return { path, studies: studies.length };
}
