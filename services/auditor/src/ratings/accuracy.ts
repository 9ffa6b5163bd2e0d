import type { LabelConsensus } from '@consilium/consensus';

/** How many of the questions whose truth is known have the true label. */
export interface Accuracy {
  /** right / of: an undecided question is not right. */
  readonly value: number | null;
  readonly right: number;
  readonly undecided: number;
  readonly of: number;
  /** Questions of the truth that nobody answered; they count nowhere. */
  readonly notAnswered: number;
}

export function accuracyOf({ items }: Pick<LabelConsensus, 'items'>, truth: ReadonlyMap<string, string>): Accuracy {
  const judged = items.filter(({ itemId }) => truth.has(itemId));
  const right = judged.filter(({ itemId, label }) => label === truth.get(itemId)).length;
  return {
    value: judged.length === 0 ? null : right / judged.length,
    right,
    undecided: judged.filter(({ label }) => label === null).length,
    of: judged.length,
    notAnswered: truth.size - judged.length,
  };
}
