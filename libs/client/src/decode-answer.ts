import { GraphqlFailure } from './client-errors.ts';
import type { GraphqlProblem } from './client-errors.ts';
import type { Operation } from './operation.ts';

/** The answer is no GraphQL answer. */
export class NoGraphqlAnswer extends Error {
  override readonly name = 'NoGraphqlAnswer';
}

/**
 * The data of a GraphQL answer. Their shape is the schema's, which the server that answered is bound to: it is not checked
 * again for every answer.
 * @throws GraphqlFailure if there are errors; NoGraphqlAnswer.
 */
export function decodeAnswer<Variables, Data>({ name }: Operation<Variables, Data>, answer: unknown): Data {
  if (!isObject(answer)) throw new NoGraphqlAnswer('The answer is no JSON object');
  const { data, errors } = answer;
  if (Array.isArray(errors) && errors.length > 0) throw new GraphqlFailure(name, errors.map(toProblem));
  if (!isObject(data)) throw new NoGraphqlAnswer('The answer has neither data nor errors');
  return data as Data;
}

export function toProblem(error: unknown): GraphqlProblem {
  if (!isObject(error)) return { message: String(error), code: 'UNKNOWN', path: [] };
  const { message, extensions, path } = error;
  const code = isObject(extensions) ? extensions['code'] : undefined;
  return {
    message: typeof message === 'string' ? message : 'no message',
    code: typeof code === 'string' ? code : 'UNKNOWN',
    path: Array.isArray(path)
      ? path.filter((part: unknown) => typeof part === 'string' || typeof part === 'number')
      : [],
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
