import { compareIds, firstDifference } from '../canonical-order.ts';
import { demandOfRatings, maxDistinctValues, maxRatings } from './rating.ts';
import type { Rating } from './rating.ts';

/** Ratings by number, in the order of items and readers, so that nothing computed from it depends on their arrival. */
export interface RatingTable<Value> {
  readonly items: readonly string[];
  readonly readers: readonly string[];
  /** Distinct, in the order asked for. */
  readonly values: readonly Value[];
  /** Of each rating, the numbers of its item, reader and value; rising by item, then by reader. */
  readonly itemOf: Int32Array;
  readonly readerOf: Int32Array;
  readonly valueOf: Int32Array;
}

/**
 * Labels in the order given, or else those that occur, by their text.
 *
 * @throws InvalidRatings NO_RATINGS, TOO_MANY_RATINGS, TOO_MANY_VALUES, DUPLICATE_RATING (one reader, one item, twice),
 * UNKNOWN_LABEL, DUPLICATE_LABEL.
 */
export function tabulateLabels(ratings: readonly Rating<string>[], labels?: readonly string[]): RatingTable<string> {
  if (labels === undefined) return tabulate(ratings, (label) => label, compareIds);
  demandOfRatings(new Set(labels).size === labels.length, 'DUPLICATE_LABEL');
  const position = new Map(labels.map((label, index) => [label, index]));
  for (const { value } of ratings) demandOfRatings(position.has(value), 'UNKNOWN_LABEL', value);
  const place = (label: string): number => position.get(label) ?? -1;
  return tabulate(
    ratings,
    (label) => label,
    (one, other) => place(one) - place(other),
    labels,
  );
}

/** @throws InvalidRatings as for labels; INVALID_VALUE for what is no finite number. */
export function tabulateNumbers(ratings: readonly Rating<number>[]): RatingTable<number> {
  for (const { value, itemId } of ratings) demandOfRatings(Number.isFinite(value), 'INVALID_VALUE', itemId);
  return tabulate(
    ratings,
    (value) => String(value),
    (one, other) => one - other,
  );
}

/** A set is what it contains: order and repetition mean nothing. @throws InvalidRatings as for labels. */
export function tabulateSets(ratings: readonly Rating<readonly string[]>[]): RatingTable<readonly string[]> {
  const sorted = ratings.map((rating) => ({ ...rating, value: [...new Set(rating.value)].sort(compareIds) }));
  const keyOf = (members: readonly string[]): string => JSON.stringify(members);
  return tabulate(sorted, keyOf, (one, other) => compareIds(keyOf(one), keyOf(other)));
}

function tabulate<Value>(
  ratings: readonly Rating<Value>[],
  keyOf: (value: Value) => string,
  compare: (one: Value, other: Value) => number,
  declared?: readonly Value[],
): RatingTable<Value> {
  demandOfRatings(ratings.length > 0, 'NO_RATINGS');
  demandOfRatings(ratings.length <= maxRatings, 'TOO_MANY_RATINGS', String(ratings.length));
  const items = [...new Set(ratings.map(({ itemId }) => itemId))].sort(compareIds);
  const readers = [...new Set(ratings.map(({ readerId }) => readerId))].sort(compareIds);
  const distinct = new Map(ratings.map(({ value }) => [keyOf(value), value]));
  const values = declared ?? [...distinct.values()].sort(compare);
  demandOfRatings(values.length <= maxDistinctValues, 'TOO_MANY_VALUES', String(values.length));
  const itemNumbers = numbered(items);
  const readerNumbers = numbered(readers);
  const valueNumbers = numbered(values.map(keyOf));
  const rows = ratings
    .map(({ itemId, readerId, value }) => ({
      item: itemNumbers.get(itemId) ?? -1,
      reader: readerNumbers.get(readerId) ?? -1,
      value: valueNumbers.get(keyOf(value)) ?? -1,
    }))
    .sort((one, other) => firstDifference(one.item - other.item, one.reader - other.reader));
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    const isNew = before?.item !== row.item || before.reader !== row.reader;
    demandOfRatings(isNew, 'DUPLICATE_RATING', items[row.item]);
  }
  return {
    items,
    readers,
    values,
    itemOf: Int32Array.from(rows, ({ item }) => item),
    readerOf: Int32Array.from(rows, ({ reader }) => reader),
    valueOf: Int32Array.from(rows, ({ value }) => value),
  };
}

function numbered(keys: readonly string[]): ReadonlyMap<string, number> {
  return new Map(keys.map((key, index) => [key, index]));
}
