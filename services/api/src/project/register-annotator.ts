import { annotator, isUuid, streamIdOf } from '@consilium/domain';
import type { PersonId, ProjectId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { invalidAt, notFound } from '../platform/refusals.ts';
import { type CommandPorts, readCommand, runCommand } from '../platform/run-command.ts';
import { annotatorState, projectFor, streamOf } from '../platform/stream-state.ts';
import type {
  AnnotatorRegistered,
  NotFound,
  RegisterAnnotatorInput,
  RegisterAnnotatorResult,
} from '../schema/generated/schema-types.ts';

/** Registering the same person again changes nothing. */
export async function registerAnnotator(
  ports: CommandPorts,
  viewer: Viewer,
  input: RegisterAnnotatorInput,
): Promise<RegisterAnnotatorResult> {
  const command = readCommand(ports, viewer, 'registerAnnotator', input);
  if ('__typename' in command) return command;
  if (!isUuid(input.projectId)) return notFound('project');
  if (!isUuid(input.personId)) return invalidAt('personId', 'NOT_A_UUID', 'a person id is a UUID in lower case');
  const [projectId, personId] = [input.projectId as ProjectId, input.personId as PersonId];
  const annotatorId = ports.identities.annotator(projectId, personId);
  const [projectStream, streamId] = [streamIdOf('project', projectId), streamIdOf('annotator', annotatorId)];
  return runCommand<AnnotatorRegistered, NotFound>(ports, command, [projectStream, streamId], (loaded) => {
    if (projectFor(viewer, streamOf(loaded, projectStream)) === undefined) {
      return { kind: 'refused', refusal: notFound('project') };
    }
    const decision = annotator.decide(
      { type: 'registerAnnotator', annotatorId, projectId, personId },
      annotatorState(streamOf(loaded, streamId)),
    );
    return {
      kind: 'accepted',
      writes: [{ streamId, events: decision.ok ? decision.events : [] }],
      answer: { __typename: 'AnnotatorRegistered', annotatorId },
    };
  });
}
