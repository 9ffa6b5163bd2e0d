import type { RatingTable } from '../ratings/rating-table.ts';

/** How often each item got each value. Entries of item i are `start[i]` up to, not with, `start[i + 1]`. */
export interface ItemCounts {
  readonly itemCount: number;
  readonly valueCount: number;
  readonly start: Int32Array;
  readonly value: Int32Array;
  readonly count: Float64Array;
  /** Ratings of each item, at least 1. */
  readonly ratings: Float64Array;
}

export function countByItem(table: RatingTable<unknown>): ItemCounts {
  const itemCount = table.items.length;
  const start = new Int32Array(itemCount + 1);
  const ratings = new Float64Array(itemCount);
  const value: number[] = [];
  const count: number[] = [];
  let next = 0;
  for (let item = 0; item < itemCount; item += 1) {
    const within = new Map<number, number>();
    for (; next < table.itemOf.length && table.itemOf[next] === item; next += 1) {
      const said = table.valueOf[next] ?? 0;
      within.set(said, (within.get(said) ?? 0) + 1);
      ratings[item] = (ratings[item] ?? 0) + 1;
    }
    for (const [said, times] of [...within].sort(([one], [other]) => one - other)) {
      value.push(said);
      count.push(times);
    }
    start[item + 1] = value.length;
  }
  return {
    itemCount,
    valueCount: table.values.length,
    start,
    value: Int32Array.from(value),
    count: Float64Array.from(count),
    ratings,
  };
}
