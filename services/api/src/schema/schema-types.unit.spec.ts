import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { enumValueOf } from './enum-value.ts';
import { readSchemaText } from './read-schema.ts';
import { schemaTypesOf } from './schema-types.ts';

describe('types of the schema', () => {
  it('are those that are committed', () => {
    const committed = readFileSync(new URL('generated/schema-types.ts', import.meta.url), 'utf8');
    expect(committed).toBe(schemaTypesOf(buildSchema(readSchemaText())));
  });

  it('name enums as events do', () => {
    expect(enumValueOf('AWAITING_CONSENSUS')).toBe('awaitingConsensus');
    expect(enumValueOf('KNOWN')).toBe('known');
  });
});
