import { type CaseStatus, caseStatuses } from '@consilium/domain';

export const isCaseStatus = (text: string): text is CaseStatus => caseStatuses.some((status) => status === text);

export const readStatuses = ['held', 'released', 'expired', 'skipped', 'submitted', 'withdrawn', 'outdated'] as const;
/** Of a read, as its last event left it: a lease that ran out stays 'held' until somebody claims. */
export type ReadStatus = (typeof readStatuses)[number];

/** 'gold': what was said of a case whose answer is known; it is no read of the case. */
export type ReadPurpose = 'overlap' | 'gold';

export const isReadStatus = (text: string): text is ReadStatus => readStatuses.some((status) => status === text);
