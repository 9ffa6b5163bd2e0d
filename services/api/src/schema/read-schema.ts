import { readdirSync, readFileSync } from 'node:fs';

/** The SDL files are the contract: they are read as they are, by sources and by built files alike. */
const folder = new URL('../../src/schema/', import.meta.url);

/** The whole SDL, its files in the order of their names. */
export const readSchemaText = (): string =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');
