import type { CaseStatus } from '@consilium/domain';

/** Whether what a consensus said before, if there was one, holds no longer. */
export const hasNoConsensus = (status: CaseStatus): boolean =>
  status === 'reading' || status === 'awaitingConsensus' || status === 'excluded' || status === 'withdrawn';
