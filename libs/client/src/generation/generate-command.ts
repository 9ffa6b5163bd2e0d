/** `npm run generate`: writes operations.generated.ts and the list for the api anew, after a change of schema or documents. */
import { writeFileSync } from 'node:fs';
import { generateOperations } from './generate-operations.ts';
import { listOperations } from './list-operations.ts';
import {
  generatedFile,
  listedOperationsFile,
  readConsoleDocuments,
  readDocuments,
  readSchema,
} from './read-graphql.ts';

writeFileSync(generatedFile, generateOperations(readSchema(), readDocuments()));
writeFileSync(listedOperationsFile, listOperations(readDocuments(), readConsoleDocuments()));
