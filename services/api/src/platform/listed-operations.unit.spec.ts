import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shippedOperations } from '../config.ts';
import { type AskedDocument, ListedOperations, sha256 } from './listed-operations.ts';
import { readListedOperations } from './read-listed-operations.ts';

const text = 'query me{me{id}}';
const id = sha256(text);
const byId = new Map([[id, text]]);
const [any, listed] = [new ListedOperations('any', byId), new ListedOperations('listed', byId)];
const persisted = (sha256Hash: unknown, version: unknown = 1): AskedDocument => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});

const outcome = (operations: ListedOperations, asked: AskedDocument): unknown => {
  const found = operations.find(asked);
  return found?.kind === 'refused' ? found.error.extensions['code'] : found?.text;
};

describe('a listed operation', () => {
  it.each([
    ['by its id', { documentId: `sha256:${id}` }],
    ['as Apollo names it', persisted(id)],
    ['in both ways', { documentId: `sha256:${id}`, ...persisted(id) }],
    ['to the letter', { query: text }],
    ['to the letter and by its id', { query: text, documentId: `sha256:${id}` }],
    ['over a socket, which wants a text', { query: '', ...persisted(id) }],
    ['beside other extensions', { query: text, extensions: { other: 1, persistedQuery: null } }],
  ])('runs %s', (_how, asked: AskedDocument) => {
    expect([outcome(any, asked), outcome(listed, asked)]).toEqual([text, text]);
  });
});

describe('any other', () => {
  const other = 'query me { me { id } }';

  it.each([
    ['by its text', { query: other }, other],
    ['by its text and hash', { query: other, ...persisted(sha256(other)) }, other],
    ['by its hash', { documentId: `sha256:${sha256(other)}` }, 'OPERATION_NOT_LISTED'],
    ['under the hash of a listed one', { query: other, documentId: `sha256:${id}` }, 'BAD_USER_INPUT'],
  ])('is refused in the mode `listed`, %s', (_how, asked: AskedDocument, otherwise) => {
    expect(outcome(any, asked)).toBe(otherwise);
    expect(outcome(listed, asked)).toBe(otherwise === 'BAD_USER_INPUT' ? otherwise : 'OPERATION_NOT_LISTED');
  });

  it.each([
    ['no hash', { documentId: 'sha256:abc' }],
    ['a hash of another kind', { documentId: `md5:${id}` }],
    ['a hash without its kind', { documentId: id }],
    ['a hash in capitals', { documentId: `sha256:${id.toUpperCase()}` }],
    ['a number', { documentId: 7 }],
    ['another version', persisted(id, 2)],
    ['a list', persisted([id])],
    ['a text', { extensions: { persistedQuery: id } }],
    ['two hashes', { documentId: `sha256:${id}`, ...persisted(sha256(other)) }],
    ['a name of everything', { documentId: 'sha256:__proto__' }],
  ])('named by %s is malformed', (_what, asked: AskedDocument) => {
    for (const operations of [any, listed]) {
      expect([outcome(operations, asked), outcome(operations, { query: text, ...asked })]).toEqual([
        'BAD_USER_INPUT',
        'BAD_USER_INPUT',
      ]);
    }
  });

  it('is nothing where nothing is named', () => {
    for (const asked of [{}, { query: '' }, { query: null, documentId: null, extensions: null }]) {
      expect([any.find(asked), listed.find(asked)]).toEqual([undefined, undefined]);
    }
  });
});

describe('the list', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'consilium-list-'));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  const reading = async (content: string): Promise<ListedOperations> => {
    const file = join(folder, 'list.json');
    await writeFile(file, content);
    return readListedOperations('listed', file);
  };
  const manifest = (...operations: readonly object[]): string =>
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });
  const entry = (body: string): object => ({ id: sha256(body), name: 'n', type: 'query', body });

  it('that is shipped fits the schema and the limits', async () => {
    await expect(readListedOperations('listed', shippedOperations)).resolves.toBeInstanceOf(ListedOperations);
  });

  it('of somebody else is read in the format of Apollo', async () => {
    expect(outcome(await reading(manifest(entry(text))), { query: text })).toBe(text);
  });

  it.each([
    ['no JSON', '{', 'it is no JSON'],
    ['another format', JSON.stringify({ format: 'mine', version: 1, operations: [] }), 'format '],
    ['another version', JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 2 }), 'version '],
    ['a wrong hash', manifest({ ...entry(text), id: sha256('') }), 'the id of n is not the SHA-256 of its body'],
    ['a field that is not there', manifest(entry('{ me { password } }')), 'n: Cannot query field "password"'],
    ['no document', manifest(entry('{ me {')), 'n: Syntax Error'],
    [
      'two operations',
      manifest(entry('query a { me { id } } query b { me { id } }')),
      'there is not just one operation',
    ],
    ['too much at once', manifest(entry(`{ ${'me { id } '.repeat(700)} }`)), 'n: Syntax Error: Document contains more'],
  ])('with %s stops the start and says why', async (_what, content, why) => {
    await expect(reading(content)).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining(why) as unknown,
      variables: ['CONSILIUM_OPERATIONS_FILE'],
    });
  });

  it('that is not there stops the start', async () => {
    await expect(readListedOperations('any', join(folder, 'nowhere.json'))).rejects.toThrow('reading it gives ENOENT');
  });
});
