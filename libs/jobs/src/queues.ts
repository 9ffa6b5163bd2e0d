import { type ConsensusJob, consensusJobSchema } from '@consilium/contracts';
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
