import type { ConsensusJob } from '@consilium/contracts';
import { idWithinStream } from '@consilium/domain';
import type { EventId, OrganisationId, StreamId } from '@consilium/domain';
import type { JobRequest } from '@consilium/jobs';

/** The job that a `readsCompleted` event asks for. Its id is made of the event's, so it is the same from wherever it comes. */
export const consensusJobOf = (event: {
  readonly organisation: OrganisationId;
  readonly streamId: StreamId;
  readonly streamVersion: number;
  readonly eventId: EventId;
}): JobRequest<ConsensusJob> => ({
  jobId: `consensus-${event.eventId}`,
  payload: {
    kind: 'computeConsensus',
    organisation: event.organisation,
    caseId: idWithinStream(event.streamId),
    streamVersion: event.streamVersion,
    eventId: event.eventId,
  },
});
