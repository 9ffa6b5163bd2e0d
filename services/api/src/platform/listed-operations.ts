import { createHash } from 'node:crypto';
import type { GraphQLError } from 'graphql';
import { queryError } from './query-errors.ts';

/** `any`: every document that the schema and the limits allow. `listed`: those of the list and no other. */
export type OperationsMode = 'any' | 'listed';

/** How a request names its document. */
export interface AskedDocument {
  readonly query?: string | null | undefined;
  /** `sha256:<64 hex digits>`, as GraphQL over HTTP names a persisted document. */
  readonly documentId?: unknown;
  /** As Apollo's clients name it: `{ persistedQuery: { version: 1, sha256Hash } }`. */
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

export type FoundDocument =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'refused'; readonly error: GraphQLError };

/**
 * The operations that may be asked for by the hash of their text, and in the mode `listed` by that or by the very text alone.
 * What is refused here is never parsed.
 */
export class ListedOperations {
  readonly #mode: OperationsMode;
  readonly #byId: ReadonlyMap<string, string>;
  readonly #texts: ReadonlySet<string>;

  /** @param byId texts by their SHA-256 in hex */
  constructor(mode: OperationsMode, byId: ReadonlyMap<string, string>) {
    this.#mode = mode;
    this.#byId = byId;
    this.#texts = new Set(byId.values());
  }

  /** Undefined where nothing names a document: the request is malformed. */
  find(asked: AskedDocument): FoundDocument | undefined {
    const text = asked.query === '' ? undefined : (asked.query ?? undefined);
    const named = idOf(asked);
    if (named === undefined) return text === undefined ? undefined : this.#allowed(text);
    if (named === 'malformed') return refused(malformed());
    if (text !== undefined) return sha256(text) === named ? this.#allowed(text) : refused(mismatch());
    const listed = this.#byId.get(named);
    return listed === undefined ? refused(this.#notListed()) : { kind: 'text', text: listed };
  }

  #allowed(text: string): FoundDocument {
    return this.#mode === 'listed' && !this.#texts.has(text) ? refused(this.#notListed()) : { kind: 'text', text };
  }

  #notListed(): GraphQLError {
    const message =
      this.#mode === 'listed'
        ? 'Only listed operations run here, and this is none: send one to the letter or by its hash, or have yours put on the list.'
        : 'No operation of this hash is listed here: send its text.';
    return queryError('OPERATION_NOT_LISTED', message, undefined, 400);
  }
}

/** SHA-256 of a document's text, in hex: its id. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const refused = (error: GraphQLError): FoundDocument => ({ kind: 'refused', error });
const malformed = (): GraphQLError =>
  queryError(
    'BAD_USER_INPUT',
    'Name an operation by documentId "sha256:<64 hex digits>" or by extensions.persistedQuery with version 1 and sha256Hash.',
    undefined,
    400,
  );
const mismatch = (): GraphQLError =>
  queryError('BAD_USER_INPUT', 'The hash is not that of the document.', undefined, 400);

const hex = /^[0-9a-f]{64}$/;

/** The one hash that a request names in either way; 'malformed' where it is none. */
function idOf({ documentId, extensions }: AskedDocument): string | undefined {
  const persisted = extensions?.['persistedQuery'] ?? undefined;
  const ids = [
    ...(documentId === undefined || documentId === null ? [] : [idOfDocument(documentId)]),
    ...(persisted === undefined ? [] : [idOfPersisted(persisted)]),
  ];
  const [id] = ids;
  return ids.some((other) => other !== id) ? 'malformed' : id;
}

function idOfDocument(documentId: unknown): string {
  const id = typeof documentId === 'string' && documentId.startsWith('sha256:') ? documentId.slice(7) : '';
  return hex.test(id) ? id : 'malformed';
}

function idOfPersisted(persisted: unknown): string {
  if (typeof persisted !== 'object' || persisted === null) return 'malformed';
  const { version, sha256Hash: id } = persisted as Readonly<Record<string, unknown>>;
  return version === 1 && typeof id === 'string' && hex.test(id) ? id : 'malformed';
}
