import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DataFolder } from './embedded/data-folder.ts';
import { OwnedStack, type ObtainedServer } from './owned-stack.ts';
import {
  serverNames,
  type RunningStack,
  type ServerChoice,
  type ServerHandle,
  type ServerName,
  type StackOptions,
  type StackUrls,
} from './running-stack.ts';
import { givenUrls, refuseUnreachable, urlVariables } from './server-urls.ts';
import { explainFolderError } from './stack-unavailable.ts';
import { makeTestFolder, reapTestFolders } from './test-folders.ts';

/**
 * Gives this process the three servers, or rejects with StackUnavailable and leaves nothing running.
 *
 * Should this process die without stop(), kill -9 included, a watchdog stops the servers; should the watchdog die too,
 * the next start with the same data folder does. Installs no signal handlers: the caller decides when to stop.
 */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const urls = givenUrls(options.environment);
  const given = serverNames.filter((server) => urls[server] !== undefined);
  await Promise.all(given.map((server) => refuseUnreachable(server, urls[server] ?? '')));
  const fromEnvironment = given.map((server) => ({ choice: environmentChoice(server), url: urls[server] ?? '' }));
  if (given.length === serverNames.length) {
    return running(fromEnvironment, undefined, () => Promise.resolve());
  }
  const path = await dataDirectory(options);
  try {
    const stack = new OwnedStack(options, await DataFolder.occupy(path));
    const started = await startOrStop(stack, new Set(given));
    return running([...fromEnvironment, ...started], path, () => stack.stop());
  } catch (error) {
    if (options.purpose === 'test') await rm(path, { recursive: true, force: true, maxRetries: 3 });
    throw explainFolderError(error, path);
  }
}

async function startOrStop(stack: OwnedStack, given: ReadonlySet<ServerName>): Promise<readonly ObtainedServer[]> {
  try {
    return await stack.start(given);
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

type AnyServer = Pick<ObtainedServer, 'choice' | 'url'> & { readonly handle?: ServerHandle };

function running(obtained: readonly AnyServer[], path: string | undefined, stop: () => Promise<void>): RunningStack {
  const url = (server: ServerName): string => obtained.find(({ choice }) => choice.server === server)?.url ?? '';
  const urls: StackUrls = { databaseUrl: url('postgres'), kafkaBrokers: url('kafka'), redisUrl: url('redis') };
  const servers: Partial<Record<ServerName, ServerHandle>> = {};
  for (const { choice, handle } of obtained) if (handle !== undefined) servers[choice.server] = handle;
  const chosen = serverNames.flatMap((server) =>
    obtained.map(({ choice }) => choice).filter((one) => one.server === server),
  );
  return { urls, chosen, servers, dataDirectory: path, stop };
}

function environmentChoice(server: ServerName): ServerChoice {
  return { server, how: 'environment', why: `${urlVariables[server]} is set` };
}

/** For `test` always a new folder, so that nothing a user asked to keep is removed with it. */
async function dataDirectory(options: StackOptions): Promise<string> {
  if (options.purpose === 'test') {
    await reapTestFolders(options.dataDirectory);
    return makeTestFolder(options.dataDirectory);
  }
  const asked = options.dataDirectory ?? options.environment['CONSILIUM_DATA'];
  return asked === undefined || asked === '' ? join(options.repositoryRoot, '.consilium') : resolve(asked);
}
