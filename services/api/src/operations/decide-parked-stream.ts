import { aggregateOf, isUuid, parking, streamIdOf } from '@consilium/domain';
import type { EventId, StreamId } from '@consilium/domain';
import type { Session } from '@consilium/postgres';
import { listParkedStreams } from '@consilium/read-model';
import type { Viewer } from '../access/viewer.ts';
import { invalidAt, notFound } from '../platform/refusals.ts';
import { type CommandPorts, readCommand, runCommand } from '../platform/run-command.ts';
import { parkingState, streamOf } from '../platform/stream-state.ts';
import type {
  DecideParkedStreamInput,
  DecideParkedStreamResult,
  NotFound,
  ParkedStreamDecided,
} from '../schema/generated/schema-types.ts';

/**
 * Records what an operator decided, on the one stream of such decisions of the organisation. The views act on the event when
 * it reaches them, now and in every later rebuild.
 */
export async function decideParkedStream(
  ports: CommandPorts,
  session: Session,
  viewer: Viewer,
  input: DecideParkedStreamInput,
): Promise<DecideParkedStreamResult> {
  const command = readCommand(ports, viewer, 'decideParkedStream', input);
  if ('__typename' in command) return command;
  if (aggregateOf(input.streamId) === undefined) return invalidAt('streamId', 'NOT_A_STREAM', 'it is no stream id');
  if (!isUuid(input.eventId)) return invalidAt('eventId', 'NOT_A_UUID', 'an event id is a UUID in lower case');
  const [parkedStreamId, parkedEventId] = [input.streamId as StreamId, input.eventId as EventId];
  const streamId = streamIdOf('quality', viewer.organisation);
  return runCommand<ParkedStreamDecided, NotFound>(ports, command, [streamId], async (loaded) => {
    const parked = await listParkedStreams(session);
    if (!parked.some((one) => one.streamId === parkedStreamId && one.eventId === parkedEventId)) {
      return { kind: 'refused', refusal: notFound('parked stream') };
    }
    const decision = parking.decide(
      {
        type: input.decision === 'retry' ? 'retryParkedStream' : 'discardParkedEvent',
        parkedStreamId,
        parkedEventId,
      },
      parkingState(streamOf(loaded, streamId)),
    );
    return {
      kind: 'accepted',
      writes: [{ streamId, events: decision.ok ? decision.events : [], reasonCode: input.reason }],
      answer: { __typename: 'ParkedStreamDecided' },
    };
  });
}
