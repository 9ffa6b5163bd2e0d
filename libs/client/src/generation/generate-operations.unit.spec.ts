import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DocumentsInvalid, generateOperations } from './generate-operations.ts';
import { generatedFile, readDocuments, readSchema } from './read-graphql.ts';

const sdl = `
  scalar Token
  interface Refusal { message: String! }
  type Taken implements Refusal { message: String! since: Int }
  type Made { id: ID! tags: [Tag!]! token: Token }
  type Tag { name: String! colour: Colour }
  enum Colour { RED BLUE }
  union Result = Made | Taken
  input Wish { name: String! colours: [Colour!] limit: Int! = 5 }
  type Query { tag(name: String!): Tag }
  type Mutation { make(wish: Wish!): Result! }
`;

describe('generated operations', () => {
  it('are those that the documents and the schema of the api give: else run npm run generate', () => {
    expect(readFileSync(generatedFile, 'utf8')).toBe(generateOperations(readSchema(), readDocuments()));
  });

  it('tell the members of a union apart, with the fields of each', () => {
    const text = generateOperations(
      [sdl],
      [
        'mutation make($wish: Wish!) { make(wish: $wish) { __typename ... on Made { id tags { ...tagFields } } ...refused } }',
        'fragment refused on Refusal { message } fragment tagFields on Tag { name colour }',
      ],
    );
    expect(text).toContain(`export type MakeData = {
  readonly make:
    | {
        readonly __typename: 'Made';
        readonly id: string;
        readonly tags: readonly tagFields[];
      }
    | {
        readonly __typename: 'Taken';
        readonly message: string;
      };
};`);
    expect(text).toContain(`export type Wish = {
  readonly name: string;
  readonly colours?: readonly Colour[] | null;
  readonly limit?: number;
};`);
    expect(text).toContain('{make(wish:\\$wish){__typename ...on Made{id tags{...tagFields}}...refused}}');
  });

  it('know what may be null and what may be left out', () => {
    const text = generateOperations([sdl], ['query tag($name: String!) { found: tag(name: $name) { colour } }']);
    expect(text).toContain('readonly found: {\n    readonly colour: Colour | null;\n  } | null;');
    expect(text).toContain("export type Colour = 'RED' | 'BLUE';");
    expect(text).toContain('readonly name: string;');
  });

  it('refuse a union whose members could not be told apart', () => {
    const document = 'mutation make($wish: Wish!) { make(wish: $wish) { ... on Made { id } } }';
    expect(() => generateOperations([sdl], [document])).toThrow('Ask for __typename where the answer is Result');
  });

  it('refuse what the schema does not have', () => {
    expect(() => generateOperations([sdl], ['query tag { tag(name: 3) { size } }'])).toThrow(DocumentsInvalid);
  });
});
