/**
 * Makes the list of operations that clients of this repository send: what an api that runs listed operations only will run.
 * In the format of Apollo's manifests of persisted queries, which tools of others write and read too.
 */
import { createHash } from 'node:crypto';
import { GraphQLError, Kind, parse } from 'graphql';
import { operationTexts } from './operation-texts.ts';

interface ListedOperation {
  /** SHA-256 of `body` in hex. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** To the letter as it is sent. */
  readonly body: string;
}

/**
 * @param documents of this client, which are sent one by one and without what GraphQL ignores
 * @param texts that other clients send as they stand
 * @returns JSON
 * @throws GraphQLError for a text without just one named operation
 */
export function listOperations(documents: readonly string[], texts: readonly string[]): string {
  const bodies = [...new Set([...operationTexts(documents).values(), ...texts])];
  const operations = bodies.map(listed).sort((one, other) => (one.id < other.id ? -1 : 1));
  return `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2)}\n`;
}

function listed(body: string): ListedOperation {
  const [operation, ...others] = parse(body).definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation?.name === undefined || others.length > 0) throw new GraphQLError(`Not one named operation: ${body}`);
  const id = createHash('sha256').update(body, 'utf8').digest('hex');
  return { id, name: operation.name.value, type: operation.operation, body };
}

/**
 * Operations in a source file: template literals that are marked for tools as GraphQL, with what they take in of other such
 * literals that the file names. @throws TypeError where one takes in anything else
 */
export function markedOperations(source: string): readonly string[] {
  const named = new Map<string, string>();
  const texts = [...source.matchAll(/(?:const (\w+)[^=;]*= )?\/\* GraphQL \*\/ `([^`]*)`/g)].map(
    ([, name, literal = '']) => {
      const text = literal.replaceAll(/\$\{(\w+)\}/g, (whole, part: string) => named.get(part) ?? whole);
      if (/\\|\$\{/.test(text)) throw new TypeError(`A document is put together at run time: ${text}`);
      if (name !== undefined) named.set(name, text);
      return text;
    },
  );
  return texts.filter((text) => parse(text).definitions.some((node) => node.kind === Kind.OPERATION_DEFINITION));
}
