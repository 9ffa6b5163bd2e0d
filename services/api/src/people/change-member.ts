import { assertNever, isUuid, project, streamIdOf } from '@consilium/domain';
import type { PersonId, ProjectRefusal } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { invalid, invalidAt, notFound } from '../platform/refusals.ts';
import { type CommandPorts, readCommand, runCommand } from '../platform/run-command.ts';
import { projectFor, streamOf } from '../platform/stream-state.ts';
import type {
  Invalid,
  MemberChanged,
  MemberInput,
  MemberResult,
  NotFound,
  NotHeld,
} from '../schema/generated/schema-types.ts';

/** Listing somebody who is listed changes nothing. Administrators can in any case; leads where they act in the project themselves. */
export async function changeMember(
  ports: CommandPorts,
  viewer: Viewer,
  type: 'addMember' | 'removeMember',
  input: MemberInput,
): Promise<MemberResult> {
  const command = readCommand(ports, viewer, type, input);
  if ('__typename' in command) return command;
  const { projectId, role } = input;
  if (!isUuid(projectId)) return notFound('project');
  if (!isUuid(input.personId)) return invalidAt('personId', 'NOT_A_UUID', 'a person id is a UUID in lower case');
  const personId = input.personId as PersonId;
  const streamId = streamIdOf('project', projectId);
  return runCommand<MemberChanged, NotFound | NotHeld | Invalid>(ports, command, [streamId], (loaded) => {
    const state = projectFor(viewer, streamOf(loaded, streamId));
    if (state === undefined) return { kind: 'refused', refusal: notFound('project') };
    const decision = project.decide({ type, personId, role }, state);
    if (!decision.ok) return { kind: 'refused', refusal: memberRefusal(decision.refusal) };
    return {
      kind: 'accepted',
      writes: [{ streamId, events: decision.events }],
      answer: { __typename: 'MemberChanged', projectId },
    };
  });
}

function memberRefusal(refusal: ProjectRefusal): NotFound | NotHeld | Invalid {
  switch (refusal.code) {
    case 'PROJECT_UNKNOWN':
      return notFound('project');
    case 'INVALID_PROJECT':
      return invalid(refusal.problems);
    case 'NOT_LISTED':
      return { __typename: 'NotHeld', message: 'They are not on that list. Nothing was changed.' };
    case 'PROJECT_EXISTS':
      throw new Error(`a change of members was refused as ${refusal.code}`);
    default:
      return assertNever(refusal);
  }
}
