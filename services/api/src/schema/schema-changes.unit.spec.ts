import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { printedSchemaFile, printSchemaText, readReleasedSchema, schemaChangesFile } from './printed-schema.ts';
import { readSchemaText } from './read-schema.ts';
import { changesPage, changesSince } from './schema-changes.ts';

const schema = buildSchema(readSchemaText());
const remedy = 'run npm run generate -w services/api';

describe('docs/schema.graphql', () => {
  it(`is the schema: else ${remedy}`, () => {
    expect(readFileSync(printedSchemaFile, 'utf8')).toBe(printSchemaText(schema));
  });

  it('breaks no client of the released schema: deprecate first, as docs/API.md says', () => {
    expect(changesSince(readReleasedSchema(), schema).breaking).toEqual([]);
  });

  it(`has what may surprise a client listed in docs/schema-changes.md: else ${remedy}`, () => {
    expect(readFileSync(schemaChangesFile, 'utf8')).toBe(changesPage(changesSince(readReleasedSchema(), schema)));
  });
});

const released = `
  type Query { old: Old @deprecated(reason: "Use \`new\`.") new(id: ID!, size: Int): New! which(of: Kind): Kind! }
  type Old { name: String }
  type New { name: String! parts: Part! colour: String @deprecated(reason: "Use \`name\`.") }
  union Part = Left | Right
  type Left { id: ID! size: Int }
  type Right { id: ID! }
  enum Kind { ONE TWO THREE @deprecated(reason: "Use \`TWO\`.") }
`;

const changed = (from: string, to: string): ReturnType<typeof changesSince> => {
  const text = released.replace(from, to);
  if (text === released) throw new Error(`there is no ${from}`);
  return changesSince(released, buildSchema(text));
};

describe('a change', () => {
  it.each([
    ['of a field that is gone', 'name: String! parts', 'parts'],
    ['of an answer that may be null now', 'New! which', 'New which'],
    ['of an argument that is gone', ', size: Int', ''],
    ['of an argument that is wanted now', 'size: Int', 'size: Int!'],
    ['of a value that is gone', 'ONE TWO', 'TWO'],
    ['of a member that is gone', 'Left | Right', 'Left'],
    ['of a type', 'name: String! parts', 'name: Int! parts'],
    ['of an argument that is new and wanted', 'size: Int', 'size: Int, by: ID!'],
  ])('%s breaks', (_what, from, to) => {
    expect(changed(from, to).breaking).toHaveLength(1);
  });

  it.each([
    ['of a value that is new', 'TWO THREE', 'TWO FOUR THREE'],
    ['of a member that is new', 'Left | Right', 'Left | Right | Old'],
    ['of an argument that is new', 'size: Int', 'size: Int, by: ID'],
  ])('%s is dangerous', (_what, from, to) => {
    expect(changed(from, to)).toEqual({ breaking: [], dangerous: [expect.any(String)] });
  });

  it.each([
    ['of a field that was deprecated, though its type goes too', 'old: Old @deprecated(reason: "Use `new`.")', ''],
    ['of a value that was deprecated', 'THREE @deprecated(reason: "Use `TWO`.")', ''],
    ['of a field that is new', 'name: String! parts', 'name: String! length: Int parts'],
    ['of what is deprecated now', 'name: String! parts', 'name: String! @deprecated(reason: "Use `parts`.") parts'],
    ['of an answer that is never null now', 'colour: String', 'colour: String!'],
  ])('%s is neither', (_what, from, to) => {
    expect(changed(from, to)).toEqual({ breaking: [], dangerous: [] });
  });
});
