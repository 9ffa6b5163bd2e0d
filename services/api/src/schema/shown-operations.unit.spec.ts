import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, getVariableValues, Kind, parse, validate } from 'graphql';
import { socketLimits } from '../change/subscription-server.ts';
import { httpLimits } from '../platform/http-limits.ts';
import { operationLimits } from '../platform/operation-limits.ts';
import { longestPage } from '../platform/page-size.ts';
import { errorCodes } from '../platform/query-errors.ts';
import { commandIdLength } from '../platform/run-command.ts';
import { readSchemaText } from './read-schema.ts';

const schema = buildSchema(readSchemaText());
const page = async (path: string): Promise<string> => readFile(new URL(`../../../../${path}`, import.meta.url), 'utf8');

describe('the operations that are shown', () => {
  it.each(['README.md', 'docs/API.md'])('in %s are of this schema, as are their variables', async (path) => {
    const text = await page(path);
    const shown = [...text.matchAll(/```graphql\n(.*?)```\n(?:```json\n(.*?)```)?/gs)];
    expect(shown.length).toBeGreaterThan(3);
    for (const [, source = '', variables] of shown) {
      const document = parse(source);
      expect(validate(schema, document).map(String)).toEqual([]);
      if (variables === undefined) continue;
      const given = JSON.parse(variables) as Record<string, unknown>;
      for (const definition of document.definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
        const declared = definition.variableDefinitions ?? [];
        expect(getVariableValues(schema, declared, given).errors).toBeUndefined();
        expect(Object.keys(given).sort()).toEqual(declared.map(({ variable }) => variable.name.value).sort());
      }
    }
  });
});

describe('docs/API.md', () => {
  it('names every error code', async () => {
    const text = await page('docs/API.md');
    expect(errorCodes.filter((code) => !text.includes(`| \`${code}\` |`))).toEqual([]);
  });

  it.each([
    ['bytes of a request', httpLimits.bodyBytes],
    ['seconds until a request has arrived', httpLimits.requestTimeoutMs / 1_000],
    ['levels of fields in a document', operationLimits.depth],
    ['cost of a document (fields weighted by depth)', operationLimits.cost],
    ['aliases in a document', operationLimits.aliases],
    ['directives in a document', operationLimits.directives],
    ['tokens in a document', operationLimits.tokens],
    ['items of a page', longestPage],
    ['characters of a commandId', commandIdLength],
    ['bytes of a message by WebSocket', socketLimits.payloadBytes],
    ['sockets of a person', socketLimits.connectionsPerPerson],
    ['subscriptions of a socket', socketLimits.subscriptionsPerConnection],
    ['seconds until `connection_init`', socketLimits.initTimeoutMs / 1_000],
  ])('has the limit of %s that is enforced', async (what, limit) => {
    expect(await page('docs/API.md')).toContain(`| ${what} | ${limit.toLocaleString('en')} |`);
  });
});
