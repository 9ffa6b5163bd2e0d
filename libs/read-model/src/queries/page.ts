/** Rows of a list from some place on. Ask for the next page after the last of these. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasNextPage: boolean;
}

/** Longest page any query gives. */
export const longestPage = 1_000;

/** The number of rows to ask for: one more than wanted, to know whether there are further ones. */
export function rowsFor(first: number): number {
  if (!Number.isInteger(first) || first < 1 || first > longestPage) {
    throw new RangeError(`a page has 1 to ${String(longestPage)} rows`);
  }
  return first + 1;
}

export const pageOf = <Item>(items: readonly Item[], first: number): Page<Item> => ({
  items: items.slice(0, first),
  hasNextPage: items.length > first,
});

/** Most ids one call may ask for. */
const mostIds = 1_000;

export function checkIds(ids: readonly string[]): readonly string[] {
  if (ids.length > mostIds) throw new RangeError(`at most ${String(mostIds)} ids at a time`);
  return ids;
}
