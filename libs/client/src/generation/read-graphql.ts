import { readFileSync, readdirSync } from 'node:fs';

export const generatedFile: URL = new URL('../operations.generated.ts', import.meta.url);

/** The contract, as the api serves it. */
export function readSchema(): readonly string[] {
  return readGraphql(new URL('../../../../services/api/src/schema/', import.meta.url));
}

export function readDocuments(): readonly string[] {
  return readGraphql(new URL('../operations/', import.meta.url));
}

function readGraphql(folder: URL): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  return names.sort().map((name) => readFileSync(new URL(name, folder), 'utf8'));
}
