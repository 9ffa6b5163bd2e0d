import { writeFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { readSchemaText } from './read-schema.ts';
import { schemaTypesOf } from './schema-types.ts';

writeFileSync(new URL('generated/schema-types.ts', import.meta.url), schemaTypesOf(buildSchema(readSchemaText())));
