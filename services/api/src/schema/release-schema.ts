/** `npm run release-schema -w services/api`: what clients are promised from now on is the present schema. */
import { writeFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { printSchemaText, readReleasedSchema, releasedSchemaFile, schemaChangesFile } from './printed-schema.ts';
import { readSchemaText } from './read-schema.ts';
import { changesPage, changesSince } from './schema-changes.ts';

const schema = buildSchema(readSchemaText());
const { breaking } = changesSince(readReleasedSchema(), schema);
if (breaking.length > 0) {
  process.stderr.write(`Not released, because it would break clients:\n${breaking.join('\n')}\n`);
  process.exitCode = 1;
} else {
  const text = printSchemaText(schema);
  writeFileSync(releasedSchemaFile, text);
  writeFileSync(schemaChangesFile, changesPage(changesSince(text, schema)));
}
