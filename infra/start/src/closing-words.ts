import { relative } from 'node:path';
import type { ServingConsilium } from './start-consilium.ts';

/** Where everything is, and a token for everybody. */
export function closingWords({ url, people, paths }: ServingConsilium, workingDirectory: string): readonly string[] {
  const width = Math.max(...people.map(({ name }) => name.length));
  return [
    '',
    `Console    ${url}/`,
    `GraphQL    ${url}/graphql`,
    `GraphiQL   ${url}/graphiql/`,
    `Health     ${url}/health/ready`,
    `Logs       ${relative(workingDirectory, paths.logs)}/`,
    'Export     npx consilium export --output reads.jsonl',
    '',
    'Tokens, new at each start and valid for 12 hours (header "Authorization: Bearer ..."):',
    ...people.map(({ name, token }) => `  ${name.padEnd(width)}  ${token}`),
    '',
    'Serving until Ctrl-C.',
  ];
}
