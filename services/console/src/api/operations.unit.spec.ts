import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { caseListQuery } from '../cases/case-list-query.ts';
import { caseQuery } from '../cases/case-query.ts';
import { exampleTabs } from '../graphiql/example-tabs.ts';
import { projectQuery, projectsQuery } from '../projects/project-queries.ts';
import { viewerQuery } from '../session/viewer-query.ts';
import { historyQuery } from '../timeline/history-query.ts';
import { caseChangedDocument } from './live-changes.ts';

const folder = new URL('../../../api/src/schema/', import.meta.url);
const sdl = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n');
// The contract opens both types without a field, for its parts to extend; graphql-js reads that as it stands.
const schema = buildSchema(sdl);

const documents = {
  viewer: viewerQuery.document,
  projects: projectsQuery.document,
  project: projectQuery.document,
  cases: caseListQuery.document,
  case: caseQuery.document,
  history: historyQuery.document,
  caseChanged: caseChangedDocument,
};

describe('what the pages ask', () => {
  it.each(Object.entries(documents))('fits the contract of the API: %s', (_name, document) => {
    expect(validate(schema, parse(document))).toEqual([]);
  });
});

describe('what the pages ask, to the letter,', () => {
  const list = readFileSync(new URL('../../../api/listed-operations.json', import.meta.url), 'utf8');
  const { operations } = JSON.parse(list) as { readonly operations: readonly { readonly body: string }[] };

  it.each(Object.entries(documents))('is on the list of an API that runs no other: %s', (_name, document) => {
    expect(operations.map(({ body }) => body)).toContain(document);
  });
});

describe('the examples of GraphiQL', () => {
  it.each(
    exampleTabs.map(({ query, variables }) => [/\w+ (\w+)/.exec(query.replaceAll(/#.*/g, ''))?.[1], query, variables]),
  )('fit the contract and come with variables in JSON: %s', (_name, query = '', variables = '') => {
    expect(validate(schema, parse(query))).toEqual([]);
    expect(() => {
      if (variables !== '') JSON.parse(variables);
    }).not.toThrow();
  });
});
