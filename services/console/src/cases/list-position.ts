/**
 * Where one stands in a list that can only be read forwards: the cursors of the pages before, and of this one.
 * Going back means asking with a cursor that was given out before.
 */
export interface ListPosition {
  /** `after` of the first page up to the current one; null asks for the first. */
  readonly cursors: readonly [null, ...string[]];
}

export const listStart: ListPosition = { cursors: [null] };

export function currentCursor({ cursors }: ListPosition): string | null {
  return cursors.at(-1) ?? null;
}

export function pageNumber({ cursors }: ListPosition): number {
  return cursors.length;
}

export function forward({ cursors }: ListPosition, endCursor: string): ListPosition {
  return { cursors: [...cursors, endCursor] };
}

/** The first page stays where it is. */
export function back({ cursors }: ListPosition): ListPosition {
  const [first, ...rest] = cursors;
  return { cursors: [first, ...rest.slice(0, -1)] };
}
