/** What is wrong with a case. */
export const flagReasons = [
  'imageUnusable',
  'reportUnusable',
  'wrongSide',
  'identityVisible',
  'duplicate',
  'other',
] as const;
export type FlagReason = (typeof flagReasons)[number];

/** A patient could be recognised: nobody more may see the case until somebody has looked. */
export const holdsCase = (reason: FlagReason): boolean => reason === 'identityVisible';

/** So many may be open in one case at a time. */
export const openFlagsMaximum = 20;
