/** `npm run generate -w services/api`: writes all that is made from the SDL files anew. */
import { writeFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { printedSchemaFile, printSchemaText, readReleasedSchema, schemaChangesFile } from './printed-schema.ts';
import { readSchemaText } from './read-schema.ts';
import { changesPage, changesSince } from './schema-changes.ts';
import { schemaTypesOf } from './schema-types.ts';

const schema = buildSchema(readSchemaText());
writeFileSync(new URL('generated/schema-types.ts', import.meta.url), schemaTypesOf(schema));
writeFileSync(printedSchemaFile, printSchemaText(schema));
writeFileSync(schemaChangesFile, changesPage(changesSince(readReleasedSchema(), schema)));
