import { project, streamIdOf } from '@consilium/domain';
import type { ProjectRefusal } from '@consilium/domain';
import { assertNever } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { commandIdReused, invalid, notFound } from '../platform/refusals.ts';
import { type CommandPorts, readCommand, runCommand } from '../platform/run-command.ts';
import { projectState, streamOf } from '../platform/stream-state.ts';
import type {
  CommandIdReused,
  CreateProjectInput,
  CreateProjectResult,
  Invalid,
  NotFound,
  ProjectCreated,
} from '../schema/generated/schema-types.ts';
import { asInProtocolInput, protocolOf } from './protocol-input.ts';

/** The project's id comes from the command: a repeat can only be answered, never make a second project. */
export async function createProject(
  ports: CommandPorts,
  viewer: Viewer,
  input: CreateProjectInput,
): Promise<CreateProjectResult> {
  const command = readCommand(ports, viewer, 'createProject', input);
  if ('__typename' in command) return command;
  const protocol = protocolOf(input.protocol);
  if (!('readsPerCase' in protocol)) return invalid(protocol);
  const projectId = ports.identities.project(viewer.organisation, viewer.personId, command.commandId);
  const streamId = streamIdOf('project', projectId);
  return runCommand<ProjectCreated, Invalid | CommandIdReused>(ports, command, [streamId], (loaded) => {
    const state = projectState(streamOf(loaded, streamId));
    const decision = project.decide({ type: 'createProject', projectId, name: input.name, protocol }, state);
    if (!decision.ok) return { kind: 'refused', refusal: creationRefused(decision.refusal) };
    return {
      kind: 'accepted',
      writes: [{ streamId, events: decision.events }],
      answer: { __typename: 'ProjectCreated', projectId },
    };
  });
}

function creationRefused(refusal: ProjectRefusal): Invalid | CommandIdReused {
  const said = projectRefusal(refusal);
  if (said.__typename === 'NotFound') throw new Error(`a project to be created was refused as ${refusal.code}`);
  return said;
}

export function projectRefusal(refusal: ProjectRefusal): Invalid | CommandIdReused | NotFound {
  switch (refusal.code) {
    case 'INVALID_PROJECT':
      return invalid(refusal.problems.map(asInProtocolInput));
    case 'PROJECT_EXISTS':
      return commandIdReused();
    case 'PROJECT_UNKNOWN':
      return notFound('project');
    case 'NOT_LISTED':
      throw new Error(`a protocol was refused as ${refusal.code}`);
    default:
      return assertNever(refusal);
  }
}
