import type { Attribute } from './consensus-input.ts';
import { compareIds, firstDifference } from './canonical-order.ts';
import { lowerWeightedMedian, weightedMedian } from './weighted-median.ts';
import type { Box } from './box.ts';

/** What one reader said, with the reader's weight. */
export interface Said<Value> {
  readonly readerId: string;
  readonly weight: number;
  readonly value: Value;
}

/** What all readers of a cluster said of it, kept beside what it comes to. */
export interface FusedChoice {
  /** The value with the greatest weight of votes; null where several share it, or none was given. */
  readonly value: string | null;
  readonly decision: 'agreed' | 'majority' | 'disputed' | 'unanswered';
  readonly values: readonly { readonly readerId: string; readonly value: string }[];
}

export type FusedAttribute =
  | ({ readonly name: string; readonly kind: 'nominal' } & FusedChoice)
  | {
      readonly name: string;
      readonly kind: 'ordinal' | 'interval';
      readonly value: number;
      readonly decision: 'agreed' | 'median';
      readonly values: readonly { readonly readerId: string; readonly value: number }[];
    };

/** The box of the weighted medians of each coordinate; valid where all are, since the medians keep their order. */
export function fuseBoxes(boxes: readonly Said<Box>[]): Box {
  const median = (coordinate: keyof Box): number =>
    weightedMedian(boxes.map(({ value, weight }) => ({ value: value[coordinate], weight })));
  return { x1: median('x1'), y1: median('y1'), x2: median('x2'), y2: median('y2') };
}

/** The vote of plurality: with two values it is the majority, and a tie for the first place is a disagreement. */
export function fuseChoices(choices: readonly Said<string>[]): FusedChoice {
  const ordered = choices.toSorted((one, other) => compareIds(one.readerId, other.readerId));
  const votes = new Map<string, number>();
  for (const { value, weight } of ordered) votes.set(value, (votes.get(value) ?? 0) + weight);
  const most = Math.max(...votes.values());
  const [first, ...tied] = [...votes].filter(([, weight]) => weight === most).map(([value]) => value);
  const values = ordered.map(({ readerId, value }) => ({ readerId, value }));
  if (first === undefined) return { value: null, decision: 'unanswered', values };
  if (tied.length > 0) return { value: null, decision: 'disputed', values };
  return { value: first, decision: votes.size === 1 ? 'agreed' : 'majority', values };
}

/**
 * One answer a name, over the readers who gave that attribute: nominal values by plurality, ordinal ones by the lower
 * weighted median (so the answer is a grade some reader gave), interval ones by the weighted median.
 */
export function fuseAttributes(regions: readonly Said<readonly Attribute[]>[]): readonly FusedAttribute[] {
  const said = regions
    .flatMap(({ readerId, weight, value }) => value.map((attribute) => ({ readerId, weight, attribute })))
    .sort((one, other) =>
      firstDifference(compareIds(one.attribute.name, other.attribute.name), compareIds(one.readerId, other.readerId)),
    );
  return [...new Set(said.map(({ attribute }) => attribute.name))].map((name) => {
    const named = said.filter(({ attribute }) => attribute.name === name);
    const numbers = named.flatMap(({ readerId, weight, attribute: { kind, value } }) =>
      kind === 'nominal' ? [] : [{ readerId, weight, kind, value }],
    );
    const [first] = numbers;
    if (first !== undefined) return { name, kind: first.kind, ...fuseNumbers(numbers, first.kind) };
    const choices = named.flatMap(({ readerId, weight, attribute: { kind, value } }) =>
      kind === 'nominal' ? [{ readerId, weight, value }] : [],
    );
    return { name, kind: 'nominal', ...fuseChoices(choices) };
  });
}

function fuseNumbers(numbers: readonly Said<number>[], kind: 'ordinal' | 'interval') {
  const median = kind === 'ordinal' ? lowerWeightedMedian : weightedMedian;
  const decision: 'agreed' | 'median' = new Set(numbers.map(({ value }) => value)).size === 1 ? 'agreed' : 'median';
  return { value: median(numbers), decision, values: numbers.map(({ readerId, value }) => ({ readerId, value })) };
}
