import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { StartFailed } from './start-failed.ts';

/** Who there is at a fresh start. Names are of this file and of tokens for people to look at; events carry ids only. */
export const seededPeople = [
  { name: 'administrator', role: 'administrator' },
  { name: 'lead', role: 'lead' },
  { name: 'reviewer', role: 'reviewer' },
  { name: 'adjudicator', role: 'adjudicator' },
  { name: 'auditor', role: 'auditor' },
  { name: 'operator', role: 'operator' },
  { name: 'annotator-1', role: 'annotator' },
  { name: 'annotator-2', role: 'annotator' },
  { name: 'annotator-3', role: 'annotator' },
  { name: 'annotator-4', role: 'annotator' },
] as const;

export type PersonName = (typeof seededPeople)[number]['name'];

/** The organisation of this data folder and its people, once they are known. */
export interface PeopleFile {
  readonly version: 1;
  readonly organisation: string;
  readonly people: readonly { readonly name: string; readonly role: string; readonly personId: string }[];
}

const person = z.object({ name: z.string(), role: z.string(), personId: z.uuid() });
const peopleFile: z.ZodType<PeopleFile> = z.object({
  version: z.literal(1),
  organisation: z.uuid(),
  people: z.array(person),
});

/** @throws StartFailed when the file is damaged */
export async function readPeople(path: string): Promise<PeopleFile | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    return peopleFile.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    throw new StartFailed(`${path} is damaged: restore it, or start with another folder by --data.`);
  }
}

export function newOrganisation(): string {
  return randomUUID();
}

/** Whole or not at all: a crash leaves no half file. */
export async function writePrivately(path: string, content: unknown): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
