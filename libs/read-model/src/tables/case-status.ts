export const caseStatuses = [
  'reading',
  'awaitingConsensus',
  'settled',
  'disputed',
  'adjudicating',
  'adjudicated',
  'finalised',
  'withdrawn',
] as const;
export type CaseStatus = (typeof caseStatuses)[number];

export const isCaseStatus = (text: string): text is CaseStatus => caseStatuses.some((status) => status === text);

export const readStatuses = ['held', 'released', 'expired', 'skipped', 'submitted', 'withdrawn'] as const;
/** Of a read, as its last event left it: a lease that ran out stays 'held' until somebody claims. */
export type ReadStatus = (typeof readStatuses)[number];

export const isReadStatus = (text: string): text is ReadStatus => readStatuses.some((status) => status === text);
