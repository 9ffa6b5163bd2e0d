import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Everything that a start keeps, but the servers' own data. */
export interface DataPaths {
  readonly folder: string;
  /** For the owner alone: keys of the installation and of the local issuer of tokens. */
  readonly secrets: string;
  readonly keyFile: string;
  /** What signs checkpoints. */
  readonly sealKeyFile: string;
  /** Checkpoints outside the database. */
  readonly anchorFolder: string;
  readonly peopleFile: string;
  readonly logs: string;
  /** There while this serves: addresses and tokens, for commands on this machine. */
  readonly runningFile: string;
}

export function dataPaths(
  asked: string | undefined,
  repositoryRoot: string,
  environment: Readonly<Record<string, string | undefined>>,
): DataPaths {
  const chosen = asked ?? environment['CONSILIUM_DATA'];
  const folder = chosen === undefined || chosen === '' ? join(repositoryRoot, '.consilium') : resolve(chosen);
  const secrets = join(folder, 'secrets');
  return {
    folder,
    secrets,
    keyFile: join(secrets, 'keys.json'),
    sealKeyFile: join(secrets, 'seal-keys.json'),
    anchorFolder: join(folder, 'anchor'),
    peopleFile: join(folder, 'people.json'),
    logs: join(folder, 'logs'),
    runningFile: join(folder, 'running.json'),
  };
}

/** The folder itself belongs to the servers too, whose users may be others: only what is inside is closed. */
export async function makeFolders({ folder, secrets, logs }: DataPaths): Promise<void> {
  if (!existsSync(folder)) await mkdir(folder, { recursive: true, mode: 0o711 });
  await mkdir(secrets, { recursive: true, mode: 0o700 });
  await mkdir(logs, { recursive: true, mode: 0o700 });
}
