import Negotiator from 'negotiator';

/** What an answer may be sent as, the one without an `accept` header first: many clients know no other. */
const answerTypes = ['application/json; charset=utf-8', 'application/graphql-response+json; charset=utf-8'] as const;

export type AnswerType = (typeof answerTypes)[number];

/** @param accept the header. Undefined where none of our types would be understood. */
export function answerTypeFor(accept: string | undefined): AnswerType | undefined {
  if (accept === undefined) return answerTypes[0];
  const wanted = new Negotiator({ headers: { accept } }).mediaType([...answerTypes]);
  return answerTypes.find((type) => type === wanted);
}

/**
 * Whether the status alone says that a document did not run. With application/json it does not: there 4xx may come from
 * anything on the way, and clients of that type read the body only of a 200 (GraphQL over HTTP, section 6.4.1).
 */
export const saysByStatus = (type: AnswerType | undefined): boolean =>
  type === 'application/graphql-response+json; charset=utf-8';
