import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { readSchemaText } from './read-schema.ts';

describe('the operations that the README shows', () => {
  it('are of this schema', async () => {
    const readme = await readFile(new URL('../../../../README.md', import.meta.url), 'utf8');
    const shown = [...readme.matchAll(/```graphql\n(.*?)```/gs)].map(([, text = '']) => text);
    expect(shown.length).toBeGreaterThan(0);
    const schema = buildSchema(readSchemaText());
    for (const text of shown) expect(validate(schema, parse(text)).map(String)).toEqual([]);
  });
});
