import { isUuid, project, streamIdOf } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { invalid, notFound } from '../platform/refusals.ts';
import { type CommandPorts, type Failure, readCommand, runCommand } from '../platform/run-command.ts';
import { projectState, streamOf } from '../platform/stream-state.ts';
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
    const state = projectState(streamOf(loaded, streamId));
    const decision = project.decide({ type: 'adoptProtocol', protocol }, state);
    if (!decision.ok) return { kind: 'refused', refusal: projectRefusal(decision.refusal) };
    const protocolVersion = state.status === 'active' ? state.protocolVersion + 1 : 1;
    return {
      kind: 'accepted',
      writes: [{ streamId, events: decision.events }],
      answer: { __typename: 'ProtocolAdopted', projectId, protocolVersion },
    };
  });
}
