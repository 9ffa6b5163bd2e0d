import type { AnnotatorId } from '@consilium/domain';

/**
 * What a blinded annotator is told of a case: that it came in, was withdrawn, excluded or moved to another version of the protocol, what
 * was done to its sentences, their own doing, that it was given to them, and what was done to their own read or comments. An expiry is left out although it is of their own
 * read: it is recorded when somebody else claims, so its being
 * there would tell of them.
 */
const ownTypes: ReadonlySet<string> = new Set([
  'readClaimed',
  'readReleased',
  'readSkipped',
  'annotationSubmitted',
  'annotationAmended',
  'annotationWithdrawn',
  'lateAnnotationKept',
  'lateAnnotationAccepted',
  'lateAnnotationDeclined',
  'caseFlagged',
  'annotationOutdated',
  'caseAssigned',
  'caseUnassigned',
  'threadOpened',
  'commentAdded',
  'commentCorrected',
  'commentRetracted',
  'threadResolved',
  'threadReopened',
  // Told as those of a read.
  'goldClaimed',
  'goldReleased',
  'goldSkipped',
  'goldAnswered',
  'goldAmended',
]);
const typesOfCase: ReadonlySet<string> = new Set([
  'caseImported',
  'caseWithdrawn',
  'caseReinstated',
  'caseExcluded',
  'caseIncluded',
  'caseProtocolMoved',
  'sentenceCorrected',
  'sentenceSplit',
  'sentencesMerged',
]);

export const showsToBlinded = (
  event: { readonly type: string; readonly annotatorId: AnnotatorId | undefined },
  own: AnnotatorId,
): boolean => typesOfCase.has(event.type) || (event.annotatorId === own && ownTypes.has(event.type));
