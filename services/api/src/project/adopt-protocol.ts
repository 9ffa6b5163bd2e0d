import { isUuid, project, streamIdOf } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { invalid, notFound } from '../platform/refusals.ts';
import { type CommandPorts, type Failure, readCommand, runCommand } from '../platform/run-command.ts';
import { projectFor, streamOf } from '../platform/stream-state.ts';
import type {
  AdoptProtocolInput,
  AdoptProtocolResult,
  NotFound,
  ProtocolAdopted,
} from '../schema/generated/schema-types.ts';
import { projectRefusal } from './create-project.ts';
import { protocolOf } from './protocol-input.ts';

/** From now on cases are imported under the new version; those that are here keep theirs. */
export async function adoptProtocol(
  ports: CommandPorts,
  viewer: Viewer,
  input: AdoptProtocolInput,
): Promise<AdoptProtocolResult> {
  const command = readCommand(ports, viewer, 'adoptProtocol', input);
  if ('__typename' in command) return command;
  const { projectId } = input;
  if (!isUuid(projectId)) return notFound('project');
  const protocol = protocolOf(input.protocol);
  if (!('readsPerCase' in protocol)) return invalid(protocol);
  const streamId = streamIdOf('project', projectId);
  return runCommand<ProtocolAdopted, NotFound | Failure>(ports, command, [streamId], (loaded) => {
    const state = projectFor(viewer, streamOf(loaded, streamId));
    if (state === undefined) return { kind: 'refused', refusal: notFound('project') };
    const decision = project.decide({ type: 'adoptProtocol', protocol }, state);
    if (!decision.ok) return { kind: 'refused', refusal: projectRefusal(decision.refusal) };
    return {
      kind: 'accepted',
      writes: [{ streamId, events: decision.events }],
      answer: { __typename: 'ProtocolAdopted', projectId, protocolVersion: state.protocolVersion + 1 },
    };
  });
}
