/**
 * The order in which everything is taken before it is computed, so that the answer never depends on the order in which
 * reads arrived: by UTF-16 code units, the same on every machine and in every locale.
 */
export function compareIds(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Ids with null first. */
export function compareOptionalIds(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  return compareIds(one, other);
}

/** Compares by the first criterion that tells the two apart. */
export function firstDifference(...comparisons: readonly number[]): number {
  return comparisons.find((comparison) => comparison !== 0) ?? 0;
}
