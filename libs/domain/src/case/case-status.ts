/** Of a case that was imported (docs/adr/0016). */
export const caseStatuses = [
  'reading',
  'awaitingConsensus',
  'settled',
  'disputed',
  'adjudicating',
  'adjudicated',
  'finalised',
  'excluded',
  'withdrawn',
] as const;
export type CaseStatus = (typeof caseStatuses)[number];
