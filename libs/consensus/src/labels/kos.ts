import { demandOfRatings, demandWithin } from '../ratings/rating.ts';
import type { Rating } from '../ratings/rating.ts';
import { tabulateLabels } from '../ratings/rating-table.ts';
import { Grid } from '../statistics/grid.ts';
import { SeededRandom } from '../statistics/seeded-random.ts';
import { toLabelConsensus } from './item-labels.ts';
import type { LabelConsensus, TieRule } from './item-labels.ts';

export interface KosOptions {
  readonly tie: TieRule;
  /** Two, since the method is for two. */
  readonly labels?: readonly [string, string];
  readonly seed: number;
  /** Rounds of messages, 1..10,000. Default 100. */
  readonly rounds?: number;
}

/**
 * Karger, Oh and Shah (2011), Iterative learning for reliable crowdsourcing systems: messages between items and readers,
 * started at random around 1. For two labels. It gives no probabilities: those here say only which sign the sum of an
 * item has (1, 0, or one half each where it is 0). Messages are scaled each round, which changes no sign.
 *
 * @throws InvalidRatings as tabulateLabels; INVALID_PARAMETER where there are not two labels.
 */
export function kos(ratings: readonly Rating<string>[], options: KosOptions): LabelConsensus {
  const { tie, labels, seed, rounds = 100 } = options;
  demandWithin('rounds', rounds, 1, 10_000);
  const table = tabulateLabels(ratings, labels);
  demandOfRatings(table.values.length === 2, 'INVALID_PARAMETER', 'labels');
  const random = new SeededRandom(seed);
  const sign = Float64Array.from(table.valueOf, (label) => (label === 0 ? 1 : -1));
  let reliability: Float64Array = Float64Array.from(sign, () => 1 + random.normal());
  for (let round = 0; round < rounds; round += 1) {
    const inferred = fromOthers(sign, reliability, table.itemOf, table.items.length);
    reliability = scaled(fromOthers(sign, inferred, table.readerOf, table.readers.length));
  }
  const sums = summed(sign, reliability, table.itemOf, table.items.length);
  const probabilities = new Grid(table.items.length, 2);
  for (const [item, sum] of sums.entries()) {
    probabilities.set(item, 0, (Math.sign(sum) + 1) / 2);
    probabilities.set(item, 1, (1 - Math.sign(sum)) / 2);
  }
  return toLabelConsensus(table, probabilities, tie);
}

function summed(sign: Float64Array, message: Float64Array, of: Int32Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (const [index, which] of of.entries()) {
    sums[which] = (sums[which] ?? 0) + (sign[index] ?? 0) * (message[index] ?? 0);
  }
  return sums;
}

/** To each rating, what the other ratings of the same item (or reader) say. */
function fromOthers(sign: Float64Array, message: Float64Array, of: Int32Array, size: number): Float64Array {
  const sums = summed(sign, message, of, size);
  return message.map((own, index) => (sums[of[index] ?? 0] ?? 0) - (sign[index] ?? 0) * own);
}

function scaled(messages: Float64Array): Float64Array {
  const most = messages.reduce((greatest, message) => Math.max(greatest, Math.abs(message)), 0);
  return most === 0 ? messages : messages.map((message) => message / most);
}
