import type { Problem, ProjectId } from '@consilium/domain';
import { recordExport } from '@consilium/read-model';
import { commandIdReused, invalid, notFound } from '../platform/refusals.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { type CommandPorts, readCommand } from '../platform/run-command.ts';
import type { BeginExportInput, BeginExportResult } from '../schema/generated/schema-types.ts';

const longestText = 200;

/** On record before the first case is read; an export that then breaks off stays on record. */
export async function beginExport(
  ports: CommandPorts,
  scope: Pick<RequestScope, 'session' | 'viewer' | 'findProject'>,
  input: BeginExportInput,
): Promise<BeginExportResult> {
  const { session, viewer } = scope;
  const command = readCommand(ports, viewer, 'beginExport', input);
  if ('__typename' in command) return command;
  const { recipient, purpose } = input;
  const problems = [...lengthProblems('recipient', recipient), ...lengthProblems('purpose', purpose)];
  if (problems.length > 0) return invalid(problems);
  const projectId = input.projectId as ProjectId;
  if ((await scope.findProject(projectId)) === undefined) return notFound('project');
  const { organisation, personId: actorId, role: actorRole } = viewer;
  const { commandId } = command;
  const isRecorded = await recordExport(session, {
    organisation,
    projectId,
    actorId,
    actorRole,
    commandId,
    recipient,
    purpose,
  });
  return isRecorded ? { __typename: 'ExportBegun', exportId: commandId } : commandIdReused();
}

const lengthProblems = (path: string, text: string): readonly Problem[] =>
  text.trim() !== '' && text.length <= longestText
    ? []
    : [{ path, code: 'BAD_LENGTH', message: `give 1 to ${String(longestText)} characters` }];
