import { readFileSync } from 'node:fs';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';

const docs = new URL('../../../../docs/', import.meta.url);

/** The schema as clients see it. */
export const printedSchemaFile: URL = new URL('schema.graphql', docs);
/** The same as it was last released. */
export const releasedSchemaFile: URL = new URL('released.graphql', docs);
export const schemaChangesFile: URL = new URL('schema-changes.md', docs);

/** In one file and in the order of names, so that a difference is a change: without our own directives, which guard fields. */
export const printSchemaText = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;

export const readReleasedSchema = (): string => readFileSync(releasedSchemaFile, 'utf8');
