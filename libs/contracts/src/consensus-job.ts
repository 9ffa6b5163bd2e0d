import { z } from 'zod';

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

/** Ids only: a job's data lies in Redis, where nothing about a patient belongs. */
export const consensusJobSchema = z.strictObject({
  kind: z.literal('computeConsensus'),
  organisation: uuid,
  caseId: uuid,
  /** Version of the case stream at its `readsCompleted` event. */
  streamVersion: z.int().min(1),
  /** The `readsCompleted` event. */
  eventId: uuid,
});

export type ConsensusJob = z.output<typeof consensusJobSchema>;
