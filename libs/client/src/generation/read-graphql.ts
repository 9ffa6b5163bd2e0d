import { readFileSync, readdirSync } from 'node:fs';
import { markedOperations } from './list-operations.ts';

export const generatedFile: URL = new URL('../operations.generated.ts', import.meta.url);

/** What an api may be told to run and nothing else. */
export const listedOperationsFile: URL = new URL('../../../../services/api/listed-operations.json', import.meta.url);

/** The contract, as the api serves it. */
export function readSchema(): readonly string[] {
  return readGraphql(new URL('../../../../services/api/src/schema/', import.meta.url));
}

export function readDocuments(): readonly string[] {
  return readGraphql(new URL('../operations/', import.meta.url));
}

/** What the console sends, in the order of its files. */
export function readConsoleDocuments(): readonly string[] {
  const folder = new URL('../../../../services/console/src/', import.meta.url);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  return names.sort().flatMap((name) => markedOperations(readFileSync(new URL(name, folder), 'utf8')));
}

function readGraphql(folder: URL): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  return names.sort().map((name) => readFileSync(new URL(name, folder), 'utf8'));
}
