/**
 * A document with the types of its variables and of its answer. Those in operations.generated.ts are made from the
 * schema, so they cannot disagree with it.
 */
export interface Operation<Variables, Data> {
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly document: string;
  /** Never there: it carries the types. */
  readonly answers?: (variables: Variables) => Data;
}
