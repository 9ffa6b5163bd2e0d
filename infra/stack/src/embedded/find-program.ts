import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first executable of that name in the folders given and then on PATH. */
export function findProgram(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  firstFolders: readonly (string | undefined)[] = [],
): string | undefined {
  return findPrograms(name, environment, firstFolders)[0];
}

/** All of them, in the order of preference. */
export function findPrograms(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  firstFolders: readonly (string | undefined)[] = [],
): readonly string[] {
  const folders = [...firstFolders, ...(environment['PATH'] ?? '').split(delimiter)];
  return folders
    .filter((folder): folder is string => folder !== undefined && folder !== '')
    .map((folder) => join(folder, name))
    .filter(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
