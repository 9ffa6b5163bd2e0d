import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CommandFailed } from '../command-failed.ts';

const runningFile = z.object({
  version: z.literal(1),
  url: z.url(),
  people: z.array(z.object({ name: z.string(), role: z.string(), token: z.string() })),
});

export interface Access {
  /** Of the GraphQL endpoint. */
  readonly graphqlUrl: string;
  readonly token: string;
}

export interface AccessRequest {
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly dataFolder: string;
}

/**
 * What is given, and the rest from what `npm start` wrote: its address, and the token of its auditor.
 * @throws CommandFailed when something is missing and nothing runs here
 */
export async function findAccess({ url, token, dataFolder }: AccessRequest): Promise<Access> {
  if (url !== undefined && token !== undefined) return { graphqlUrl: graphqlUrlOf(url), token };
  // A token found here is for the server found here, and is sent to no other.
  if (url !== undefined) throw new CommandFailed('notAllowed', 'With --url give --token too, or CONSILIUM_TOKEN.');
  const running = await readRunning(join(dataFolder, 'running.json'));
  const auditor = running.people.find(({ role }) => role === 'auditor');
  const usedToken = token ?? auditor?.token;
  if (usedToken === undefined) throw new CommandFailed('notAllowed', 'There is no auditor here: give --token.');
  return { graphqlUrl: graphqlUrlOf(running.url), token: usedToken };
}

async function readRunning(path: string): Promise<z.output<typeof runningFile>> {
  try {
    return runningFile.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new CommandFailed(
      'failed',
      `Nothing serves here (there is no ${path}): run npm start in another terminal, or give --url and --token.`,
      { cause: error },
    );
  }
}

function graphqlUrlOf(url: string): string {
  if (!/^https?:\/\/\S+$/.test(url)) throw new CommandFailed('usage', `--url is "${url}": give http:// or https://.`);
  return /\/graphql\/?$/.test(url) ? url : `${url.replace(/\/+$/, '')}/graphql`;
}
