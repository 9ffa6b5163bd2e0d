import { readFile } from 'node:fs/promises';
import { ConfigError } from '@consilium/runtime';
import { buildSchema, type GraphQLSchema, Kind, parse, specifiedRules, validate } from 'graphql';
import { z } from 'zod';
import { readSchemaText } from '../schema/read-schema.ts';
import { ListedOperations, type OperationsMode, sha256 } from './listed-operations.ts';
import { limitRules, operationLimits } from './operation-limits.ts';

const operationsMaximum = 10_000;

/** The format of Apollo's manifests of persisted queries. */
const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), name: z.string(), body: z.string().min(1) })).max(operationsMaximum),
});

/**
 * The list in a file, each operation held against the schema and the limits: one that could not run, or whose id is not its
 * hash, stops the start rather than the work of a client later.
 * @throws ConfigError
 */
export async function readListedOperations(mode: OperationsMode, file: string): Promise<ListedOperations> {
  const { operations } = parseManifest(await readText(file));
  const schema = buildSchema(readSchemaText());
  for (const { id, name, body } of operations) {
    if (id !== sha256(body)) throw unusable(`the id of ${name} is not the SHA-256 of its body`);
    const problem = problemOf(schema, body);
    if (problem !== undefined) throw unusable(`${name}: ${problem}`);
  }
  return new ListedOperations(mode, new Map(operations.map(({ id, body }) => [id, body])));
}

const unusable = (why: string): ConfigError =>
  new ConfigError(`The list of operations (CONSILIUM_OPERATIONS_FILE) cannot be used: ${why}.`, [
    'CONSILIUM_OPERATIONS_FILE',
  ]);

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'an error';
    throw unusable(`reading it gives ${code}`);
  }
}

function parseManifest(text: string): z.output<typeof manifest> {
  try {
    return manifest.parse(JSON.parse(text));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    throw unusable(issue === undefined ? 'it is no JSON' : `${issue.path.join('.')} ${issue.message}`);
  }
}

function problemOf(schema: GraphQLSchema, body: string): string | undefined {
  try {
    const document = parse(body, { maxLexicalTokens: operationLimits.tokens });
    const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    if (operations.length !== 1) return 'there is not just one operation';
    return validate(schema, document, [...specifiedRules, ...limitRules])[0]?.message;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
