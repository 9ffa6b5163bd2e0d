import { idWithinStream } from '@consilium/domain';
import type { EventId, OrganisationId, StreamId } from '@consilium/domain';
import type { ConsensusJob } from './consensus-job.ts';

/** The job that a `readsCompleted` event asks for. Its id is made of the event's, so it is the same from wherever it comes. */
export const consensusJobOf = (event: {
  readonly organisation: OrganisationId;
  readonly streamId: StreamId;
  readonly streamVersion: number;
  readonly eventId: EventId;
}): { readonly jobId: string; readonly payload: ConsensusJob } => ({
  jobId: `consensus-${event.eventId}`,
  payload: {
    kind: 'computeConsensus',
    organisation: event.organisation,
    caseId: idWithinStream(event.streamId),
    streamVersion: event.streamVersion,
    eventId: event.eventId,
  },
});
