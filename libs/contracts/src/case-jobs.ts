import { idWithinStream } from '@consilium/domain';
import type { EventId, OrganisationId, StreamId } from '@consilium/domain';
import { z } from 'zod';

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

/** Ids only: a job's data lies in Redis, where nothing about a patient belongs. */
const ofCause = {
  organisation: uuid,
  caseId: uuid,
  /** Version of the case stream at the event that asks for the job. */
  streamVersion: z.int().min(1),
  eventId: uuid,
};

/** Asked for by a `readsCompleted` event. */
export const consensusJobSchema = z.strictObject({ kind: z.literal('computeConsensus'), ...ofCause });
export type ConsensusJob = z.output<typeof consensusJobSchema>;

/** Asked for by one of {@link scoringCauses}. */
export const scoringJobSchema = z.strictObject({ kind: z.literal('scoreAnswers'), ...ofCause });
export type ScoringJob = z.output<typeof scoringJobSchema>;

/** What makes answers due to be scored: an answer to gold, another truth of a case, a decision of an adjudication. */
export const scoringCauses = ['goldSet', 'goldCorrected', 'goldAnswered', 'adjudicationDecided'] as const;

/** An event that asks for a job. */
export interface JobCause {
  readonly organisation: OrganisationId;
  readonly streamId: StreamId;
  readonly streamVersion: number;
  readonly eventId: EventId;
}

/** The id of a job is made of its event's, so it is the same from wherever it comes. */
export const consensusJobOf = (cause: JobCause): { readonly jobId: string; readonly payload: ConsensusJob } => ({
  jobId: `consensus-${cause.eventId}`,
  payload: { kind: 'computeConsensus', ...payloadOf(cause) },
});

export const scoringJobOf = (cause: JobCause): { readonly jobId: string; readonly payload: ScoringJob } => ({
  jobId: `scoring-${cause.eventId}`,
  payload: { kind: 'scoreAnswers', ...payloadOf(cause) },
});

const payloadOf = ({ organisation, streamId, streamVersion, eventId }: JobCause) => ({
  organisation,
  caseId: idWithinStream(streamId),
  streamVersion,
  eventId,
});
