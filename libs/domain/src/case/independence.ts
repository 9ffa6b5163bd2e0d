export const independences = ['blind', 'afterReveal', 'notRecorded'] as const;
/**
 * What the annotator of a revision could have known of others' reads when they gave it: nothing; all that was shown to them
 * before; or it is not on record (events of before this was written down, and reads that were withdrawn and given anew).
 * Agreement and weights are made from 'blind' ones alone.
 */
export type Independence = (typeof independences)[number];

/**
 * Of a revision whose event does not say it. Nobody is shown anything before their first submission; who had to read again may
 * have seen others' reads between, and whoever was asked again by a reviewer has been told what the reviewer said.
 */
export function independenceOfSubmission(
  isSubmission: boolean,
  revision: number,
  isAfterRejection: boolean,
): Independence {
  if (isAfterRejection) return 'afterReveal';
  return isSubmission && revision === 1 ? 'blind' : 'notRecorded';
}
