import type { AnnotatorId } from '@consilium/domain';

/**
 * What a blinded annotator is told of a case: that it came in, and their own doing. An expiry is left out although it is of
 * their own read: it is recorded when somebody else claims, so its being there would tell of them.
 */
const ownTypes: ReadonlySet<string> = new Set(['readClaimed', 'readReleased', 'readSkipped', 'annotationSubmitted']);

export const showsToBlinded = (
  event: { readonly type: string; readonly annotatorId: AnnotatorId | undefined },
  own: AnnotatorId,
): boolean => event.type === 'caseImported' || (event.annotatorId === own && ownTypes.has(event.type));
