/** Why a read was skipped. */
export const skipReasons = [
  'imageUnusable',
  'reportUnusable',
  'outsideMyField',
  'conflictOfInterest',
  'other',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** Why a case is given back by somebody who may read it another time. */
export const returnReasons = [
  'needsOtherExpertise',
  'imageProblem',
  'reportProblem',
  'noTime',
  'claimedByMistake',
  'other',
] as const;
export type ReturnReason = (typeof returnReasons)[number];
