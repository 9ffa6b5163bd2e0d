import { mayDo } from '@consilium/domain';
import type { AnnotatorId, CaseEvent, Role } from '@consilium/domain';

/** An annotator's own doing with a gold case, and what the same is called with any other. */
const ownAs: ReadonlyMap<string, CaseEvent['type']> = new Map<CaseEvent['type'], CaseEvent['type']>([
  ['goldClaimed', 'readClaimed'],
  ['goldReleased', 'readReleased'],
  ['goldSkipped', 'readSkipped'],
  ['goldAnswered', 'annotationSubmitted'],
  ['goldAmended', 'annotationAmended'],
]);

/** What answers were worth tells that there was a truth to hold them against. */
export const goldTypes: readonly string[] = [
  'goldSet',
  'goldCorrected',
  'goldRetired',
  'answersScored',
  ...ownAs.keys(),
];

export const isOfGold = (type: string): boolean => goldTypes.includes(type);

/** Whether somebody is told at all that a case is gold: nobody who reads in the project is. */
export const seesGold = (role: Role, isAnnotator: boolean): boolean => !isAnnotator && mayDo(role, 'gold.read');

/** As an event is called to whoever must not know that the case is gold. */
export const typeAsRead = (type: string): string => ownAs.get(type) ?? type;

/** Not to be shown, nor told of by its absence, to whoever must not know that the case is gold. */
export const hidesGold = (
  { type, annotatorId }: { readonly type: string; readonly annotatorId: AnnotatorId | undefined },
  own: AnnotatorId,
): boolean => isOfGold(type) && !(ownAs.has(type) && annotatorId === own);
