import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { listOperations, markedOperations } from './list-operations.ts';
import { listedOperationsFile, readConsoleDocuments, readDocuments } from './read-graphql.ts';

interface Manifest {
  readonly operations: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly body: string;
  }[];
}

const listOf = (...given: Parameters<typeof listOperations>): Manifest['operations'] =>
  (JSON.parse(listOperations(...given)) as Manifest).operations;

describe('listed operations', () => {
  it('are those of the client and of the console: else run npm run generate', () => {
    expect(readFileSync(listedOperationsFile, 'utf8')).toBe(listOperations(readDocuments(), readConsoleDocuments()));
  });

  it('are in the client to the letter', async () => {
    const client: Readonly<Record<string, unknown>> = await import('../operations.generated.ts');
    const bodies = new Set(listOf(readDocuments(), []).map(({ body }) => body));
    const sent = Object.values(client).flatMap((value) =>
      typeof value === 'object' && value !== null && 'document' in value ? [value.document] : [],
    );
    expect(sent.length).toBeGreaterThan(20);
    expect(new Set(sent)).toEqual(bodies);
  });

  it('carry the hash of what is sent, with the fragments that it uses and no other', () => {
    const [first, ...others] = listOf(['query a { ...one } query b { ...two }', 'fragment one on Query { x }'], []);
    expect(others).toHaveLength(1);
    for (const operation of [first, ...others]) {
      expect(operation?.id).toBe(
        createHash('sha256')
          .update(operation?.body ?? '')
          .digest('hex'),
      );
    }
    expect(listOf(['query a { ...one }', 'fragment one on Query { x }'], [])).toMatchObject([
      { name: 'a', type: 'query', body: 'query a{...one}fragment one on Query{x}' },
    ]);
  });

  it('stand once, in the order of their ids', () => {
    const ids = listOf(['query a{x}'], ['query a{x}', 'subscription c { x }', 'mutation b { x }']).map(({ id }) => id);
    expect(ids).toHaveLength(3);
    expect(ids).toEqual([...ids].sort());
  });

  it.each(['{ x }', 'query a { x } query b { x }', 'fragment f on Query { x }'])('are no %s', (text) => {
    expect(() => listOperations([], [text])).toThrow('Not one named operation');
  });

  it('are found in a source as they stand, with what they take in', () => {
    const source = `const f = /* GraphQL */ \`fragment f on Q { x }\`;
      const a = { document: /* GraphQL */ \`query a { ...f } \${f}\` }; const c = \`query c { x }\`;
      export const b: string = /* GraphQL */ \`\n  query b { x }\n\`;`;
    expect(markedOperations(source)).toEqual(['query a { ...f } fragment f on Q { x }', '\n  query b { x }\n']);
  });

  it.each(['${unknown}', '${f()}', '\\n'])('are refused in a source where they take in %s', (part) => {
    expect(() => markedOperations(`/* GraphQL */ \`query a { x } ${part}\``)).toThrow('put together');
  });
});
