import { type ConsensusJob, consensusJobSchema, type ScoringJob, scoringJobSchema } from '@consilium/contracts';
import type { QueueDefinition } from './queue-definition.ts';

/**
 * Computes the consensus of a case whose reads are complete. Six attempts with doubling waits last half a minute; what
 * outlasts that (a database that is down for long) comes back with the next reconcile.
 */
export const consensusQueue: QueueDefinition<ConsensusJob> = {
  name: 'consensus',
  payload: consensusJobSchema,
  attempts: 6,
  backOffMs: 1_000,
  lockMs: 30_000,
  maxStalls: 5,
  keepCompleted: { ageSeconds: 3_600, count: 5_000 },
  keepFailed: { ageSeconds: 7 * 86_400, count: 5_000 },
};

/** Scores answers against a truth that became known, or that they came after. Otherwise as consensus is computed. */
export const scoringQueue: QueueDefinition<ScoringJob> = {
  ...consensusQueue,
  name: 'scoring',
  payload: scoringJobSchema,
};
