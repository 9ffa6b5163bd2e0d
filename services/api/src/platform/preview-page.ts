import type { Action, CaseId } from '@consilium/domain';
import type { PageInfo } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';
import { type CursorScope, makeCursor, readCursor } from './cursor.ts';
import type { KeyedHash } from './keyed-hash.ts';
import { pageSize } from './page-size.ts';
import type { RequestScope } from './request-scope.ts';

/** A list that is made whole for each page, about cases. */
export interface PreviewList<Item> {
  readonly signatures: KeyedHash;
  /** Of the preview and its token: a cursor holds as long as the token does. */
  readonly place: CursorScope;
  readonly items: readonly Item[];
  /** That the cases of the page were looked at is noted under this. */
  readonly action: Action;
}

export interface PreviewPage<Item> {
  readonly edges: { readonly cursor: string; readonly node: Item }[];
  readonly pageInfo: PageInfo;
}

/** @throws GraphQLError BAD_USER_INPUT */
export function previewPage<Item extends { readonly caseId: string }>(
  scope: RequestScope,
  { signatures, place, items, action }: PreviewList<Item>,
  { first, after }: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
): PreviewPage<Item> {
  const size = pageSize(first);
  const from = isGiven(after) ? indexOf(readCursor(signatures, place, after)) : 0;
  const page = items.slice(from, from + size);
  scope.accessLog.note(
    action,
    page.map(({ caseId }) => caseId as CaseId),
  );
  const edges = page.map((node, index) => ({ cursor: makeCursor(signatures, place, [from + index + 1]), node }));
  return {
    edges,
    pageInfo: { hasNextPage: from + size < items.length, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

function indexOf([place]: readonly unknown[]): number {
  if (typeof place !== 'number') throw new Error('a signed cursor has another form');
  return place;
}
