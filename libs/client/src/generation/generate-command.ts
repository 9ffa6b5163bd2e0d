/** `npm run generate`: writes operations.generated.ts anew, after a change of the schema or of a document. */
import { writeFileSync } from 'node:fs';
import { generateOperations } from './generate-operations.ts';
import { generatedFile, readDocuments, readSchema } from './read-graphql.ts';

writeFileSync(generatedFile, generateOperations(readSchema(), readDocuments()));
