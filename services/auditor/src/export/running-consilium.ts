import { CommandFailed } from '../command-failed.ts';
import { readRunningFile, runningFilePath } from '../command/running-file.ts';
import type { RunningFile } from '../command/running-file.ts';

export interface Access {
  /** Of the GraphQL endpoint. */
  readonly graphqlUrl: string;
  readonly token: string;
}

export interface AccessRequest {
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly dataFolder: string;
  /** Whose token is taken, of the people that `npm start` made. @default 'auditor' */
  readonly role?: 'auditor' | 'lead' | 'operator';
}

/**
 * What is given, and the rest from what `npm start` wrote: its address, and the token of its auditor (or lead, or operator).
 * @throws CommandFailed when something is missing and nothing runs here
 */
export async function findAccess({ url, token, dataFolder, role: wanted = 'auditor' }: AccessRequest): Promise<Access> {
  if (url !== undefined && token !== undefined) return { graphqlUrl: graphqlUrlOf(url), token };
  // A token found here is for the server found here, and is sent to no other.
  if (url !== undefined) throw new CommandFailed('notAllowed', 'With --url give --token too, or CONSILIUM_TOKEN.');
  const running = await readRunning(dataFolder);
  const person = running.people.find(({ role }) => role === wanted);
  const usedToken = token ?? person?.token;
  if (usedToken === undefined) throw new CommandFailed('notAllowed', `There is no ${wanted} here: give --token.`);
  return { graphqlUrl: graphqlUrlOf(running.url), token: usedToken };
}

async function readRunning(dataFolder: string): Promise<RunningFile> {
  const running = await readRunningFile(dataFolder);
  if (running !== undefined) return running;
  throw new CommandFailed(
    'failed',
    `Nothing serves here (there is no ${runningFilePath(dataFolder)}): run npm start in another terminal, or give --url and --token.`,
  );
}

function graphqlUrlOf(url: string): string {
  if (!/^https?:\/\/\S+$/.test(url)) throw new CommandFailed('usage', `--url is "${url}": give http:// or https://.`);
  return /\/graphql\/?$/.test(url) ? url : `${url.replace(/\/+$/, '')}/graphql`;
}
