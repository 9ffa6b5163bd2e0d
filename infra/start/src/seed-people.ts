import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureLocalKeyFile, KeyFileUnusable } from '@consilium/event-store';
import { z } from 'zod';
import type { DataPaths } from './data-paths.ts';
import { lastFault } from './log-lines.ts';
import { newOrganisation, readPeople, seededPeople, writePrivately } from './people.ts';
import type { PeopleFile, PersonName } from './people.ts';
import { runProgram } from './run-program.ts';
import { StartFailed } from './start-failed.ts';

const tokensValidS = 12 * 60 * 60;
const issueTimeoutMs = 30_000;

const issued = z.object({
  jwksFile: z.string(),
  issuer: z.string(),
  audience: z.string(),
  people: z.array(z.object({ name: z.string(), role: z.string(), personId: z.uuid(), token: z.string() })),
});

export interface SeededPerson {
  readonly name: string;
  readonly role: string;
  readonly personId: string;
  /** Valid for 12 hours. */
  readonly token: string;
}

export interface Seeded {
  readonly jwksFile: string;
  readonly issuer: string;
  readonly audience: string;
  readonly people: readonly SeededPerson[];
}

/**
 * Makes what is missing of keys and people, and new tokens. Keys and ids stay what they were at the first start.
 * @throws StartFailed
 */
export async function seedPeople(
  paths: DataPaths,
  repositoryRoot: string,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Seeded> {
  const known = await readPeople(paths.peopleFile);
  await ensureKeys(paths, known !== undefined);
  const organisation = known?.organisation ?? newOrganisation();
  const seeded = await issueTokens(paths, organisation, repositoryRoot, environment, signal);
  const people = seeded.people.map(({ name, role, personId }) => ({ name, role, personId }));
  if (known === undefined) {
    await writePrivately(paths.peopleFile, { version: 1, organisation, people } satisfies PeopleFile);
  } else if (JSON.stringify(known.people) !== JSON.stringify(people)) {
    throw new StartFailed(
      `${paths.peopleFile} names other people: restore it, or start with another folder by --data.`,
    );
  }
  return seeded;
}

export function personNamed(people: readonly SeededPerson[], name: PersonName): SeededPerson {
  const found = people.find((one) => one.name === name);
  if (found === undefined) throw new StartFailed(`${name} is not among the seeded people.`);
  return found;
}

/** Without its keys the texts and ids of earlier data are lost: they are never replaced in silence. */
async function ensureKeys({ keyFile, folder }: DataPaths, thereAreData: boolean): Promise<void> {
  if (thereAreData && !existsSync(keyFile)) {
    throw new StartFailed(
      `${keyFile} is gone, and the data in ${folder} cannot be opened without it: restore it, or start with another folder by --data.`,
    );
  }
  try {
    await ensureLocalKeyFile(keyFile);
  } catch (error) {
    if (!(error instanceof KeyFileUnusable)) throw error;
    throw new StartFailed(`The key file cannot be used: ${error.message}.`, { cause: error });
  }
}

async function issueTokens(
  { secrets }: DataPaths,
  organisation: string,
  repositoryRoot: string,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Seeded> {
  const { succeeded, stdout, stderr } = await runProgram({
    args: [join(repositoryRoot, 'services/api/dist/issue-token.js')],
    environment,
    stdin: JSON.stringify({ folder: secrets, organisation, people: seededPeople, validForS: tokensValidS }),
    timeoutMs: issueTimeoutMs,
    signal,
  });
  if (!succeeded) throw new StartFailed(`Tokens could not be issued: ${lastFault(stderr)}.`);
  return issued.parse(JSON.parse(stdout));
}
