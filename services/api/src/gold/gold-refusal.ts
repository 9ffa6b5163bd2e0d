import type { CaseRefusal } from '@consilium/domain';
import type { GoldObstacle, NotGold } from '../schema/generated/schema-types.ts';

export type GoldRefusals = NotGold;

const obstacles: Partial<Record<CaseRefusal['code'], GoldObstacle>> = {
  ALREADY_GOLD: 'alreadyGold',
  NOT_GOLD: 'notGold',
  WRONG_STATUS: 'notDecided',
  CASE_WITHDRAWN: 'caseWithdrawn',
  CASE_EXCLUDED: 'caseExcluded',
};

const words: Readonly<Record<GoldObstacle, string>> = {
  alreadyGold: 'The case is gold already: correct its truth.',
  notGold: 'The case is not gold, or not any more.',
  notDecided: 'The decision of its adjudicators was opened again since.',
  caseWithdrawn: 'The case is withdrawn.',
  caseExcluded: 'The case is excluded.',
};

/** Undefined where the refusal means what it means to a reader. */
export function goldRefusal({ code }: CaseRefusal): NotGold | undefined {
  const why = obstacles[code];
  return why === undefined ? undefined : { __typename: 'NotGold', message: `${words[why]} Nothing was changed.`, why };
}
