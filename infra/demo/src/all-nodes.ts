/** A page of a connection, as GraphQL answers it. */
export interface Page<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All that a connection holds, in its order; `onPage` hears after each page how much that is so far. */
export async function allNodes<Node>(
  pageAfter: (after: string | null) => Promise<Page<Node>>,
  onPage?: (known: number) => void,
): Promise<readonly Node[]> {
  const found: Node[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Page<Node> = await pageAfter(after);
    found.push(...page.edges.map(({ node }) => node));
    onPage?.(found.length);
    ({ hasNextPage: more, endCursor: after } = page.pageInfo);
  }
  return found;
}
