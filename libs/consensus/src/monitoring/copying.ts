import { isValidBox } from '../box.ts';
import type { Box } from '../box.ts';
import { compareIds, firstDifference } from '../canonical-order.ts';
import { demandOfRatings } from '../ratings/rating.ts';
import type { Rating } from '../ratings/rating.ts';
import { tabulateLabels } from '../ratings/rating-table.ts';
import type { RatingTable } from '../ratings/rating-table.ts';
import { binomialTail } from '../statistics/special-functions.ts';

export interface SharedErrors {
  readonly readers: readonly [string, string];
  /** Items that both rated, and on which the others had a plurality. */
  readonly items: number;
  /** Where both gave the same label, other than the others' plurality; and how many there would be if they erred apart. */
  readonly sharedErrors: number;
  readonly expected: number;
  /** Chance of as many or more if they erred apart, times the number of pairs (Bonferroni), at most 1. */
  readonly chance: number;
}

const maxReaders = 300;

/**
 * Pairs of readers who share errors more often than errors of their rates would meet by chance: what copying looks like
 * (after the error-similarity analysis of Bellezza and Bellezza 1989), judged by the plurality of everybody else. Items on
 * which all err make honest readers look alike too, so this is a reason to look at the pair, and no proof.
 *
 * @param below only pairs with a smaller chance than this. Default 0.01.
 * @returns by chance, then readers. @throws InvalidRatings as tabulateLabels; TOO_LARGE for more than 300 readers.
 */
export function findSharedErrors(ratings: readonly Rating<string>[], below = 0.01): readonly SharedErrors[] {
  const table = tabulateLabels(ratings);
  demandOfRatings(table.readers.length <= maxReaders, 'TOO_LARGE', 'readers');
  const tallies = talliesOfPairs(table);
  return [...tallies.values()]
    .map(({ readers: [one, other], items, ones, others, shared }): SharedErrors => {
      const meeting = (ones / items) * (others / items);
      return {
        readers: [table.readers[one] ?? '', table.readers[other] ?? ''],
        items,
        sharedErrors: shared,
        expected: meeting * items,
        chance: Math.min(1, tallies.size * binomialTail(shared, items, meeting)),
      };
    })
    .filter(({ chance }) => chance < below)
    .sort((one, other) =>
      firstDifference(one.chance - other.chance, compareIds(one.readers.join(' '), other.readers.join(' '))),
    );
}

interface Tally {
  readonly readers: readonly [number, number];
  items: number;
  ones: number;
  others: number;
  shared: number;
}

function talliesOfPairs(table: RatingTable<string>): ReadonlyMap<number, Tally> {
  const tallies = new Map<number, Tally>();
  const byItem = Map.groupBy(table.itemOf.keys(), (index) => table.itemOf[index] ?? 0);
  for (const indexes of byItem.values()) {
    const votes = new Float64Array(table.values.length);
    for (const index of indexes) votes[table.valueOf[index] ?? 0] = (votes[table.valueOf[index] ?? 0] ?? 0) + 1;
    for (const [position, first] of indexes.entries()) {
      for (const second of indexes.slice(position + 1)) {
        const [one = 0, other = 0] = [table.valueOf[first], table.valueOf[second]];
        const truth = pluralityWithout(votes, one, other);
        if (truth === null) continue;
        const readers = [table.readerOf[first] ?? 0, table.readerOf[second] ?? 0] as const;
        const key = readers[0] * maxReaders + readers[1];
        const tally = tallies.get(key) ?? { readers, items: 0, ones: 0, others: 0, shared: 0 };
        tally.items += 1;
        tally.ones += Number(one !== truth);
        tally.others += Number(other !== truth);
        tally.shared += Number(one !== truth && one === other);
        tallies.set(key, tally);
      }
    }
  }
  return tallies;
}

/** What the others gave most often; null where they are none or tie. */
function pluralityWithout(votes: Float64Array, one: number, other: number): number | null {
  const left = votes.map((count, label) => count - Number(label === one) - Number(label === other));
  const most = left.reduce((greatest, count) => Math.max(greatest, count), 0);
  const first = left.indexOf(most);
  return most === 0 || left.lastIndexOf(most) !== first ? null : first;
}

export interface DrawnBox {
  readonly imageId: string;
  readonly readerId: string;
  readonly box: Box;
}

export interface IdenticalBoxes {
  readonly readers: readonly [string, string];
  /** Images on which both drew, and boxes of theirs with the very same four coordinates. */
  readonly images: number;
  readonly identical: number;
}

/**
 * Boxes that two readers share to the last digit, which hands do not draw twice: copies, or a suggestion that both took over.
 *
 * @returns pairs with at least one, most first. @throws InvalidRatings INVALID_VALUE, TOO_MANY_RATINGS.
 */
export function findIdenticalBoxes(boxes: readonly DrawnBox[]): readonly IdenticalBoxes[] {
  demandOfRatings(boxes.length <= 100_000, 'TOO_MANY_RATINGS', String(boxes.length));
  for (const { imageId, box } of boxes) demandOfRatings(isValidBox(box), 'INVALID_VALUE', imageId);
  const pairs = new Map<string, { readers: readonly [string, string]; images: number; identical: number }>();
  for (const onImage of Map.groupBy(boxes, ({ imageId }) => imageId).values()) {
    const drawn = new Map<string, Set<string>>();
    for (const { readerId, box } of onImage) {
      const places = drawn.get(readerId) ?? new Set<string>();
      drawn.set(readerId, places.add(JSON.stringify([box.x1, box.y1, box.x2, box.y2])));
    }
    const readers = [...drawn].sort(([one], [other]) => compareIds(one, other));
    for (const [index, [one, places]] of readers.entries()) {
      for (const [other, others] of readers.slice(index + 1)) {
        const key = JSON.stringify([one, other]);
        const pair = pairs.get(key) ?? { readers: [one, other] as const, images: 0, identical: 0 };
        pair.images += 1;
        pair.identical += [...places].filter((place) => others.has(place)).length;
        pairs.set(key, pair);
      }
    }
  }
  return [...pairs.values()]
    .filter(({ identical }) => identical > 0)
    .sort((one, other) =>
      firstDifference(other.identical - one.identical, compareIds(one.readers.join(' '), other.readers.join(' '))),
    );
}
