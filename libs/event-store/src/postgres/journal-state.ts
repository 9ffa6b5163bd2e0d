/** The SQLSTATE codes that the functions of the journal raise. */
export const journalState = {
  epochFenced: 'CS001',
  appendOnly: 'CS002',
  brokenContract: 'CS003',
  subjectErased: 'CS004',
} as const;
