import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { serverTitles, startStack } from '@consilium/stack';
import type { RunningStack, ServerChoice } from '@consilium/stack';
import { chooseApiPort } from './api-port.ts';
import { dataPaths, makeFolders } from './data-paths.ts';
import type { DataPaths } from './data-paths.ts';
import { lastFault } from './log-lines.ts';
import { writePrivately } from './people.ts';
import { runProgram } from './run-program.ts';
import { seedPeople } from './seed-people.ts';
import type { Seeded } from './seed-people.ts';
import { ServiceProcess } from './service-process.ts';
import { commonEnvironment, refuseUnbuilt, serviceSpecs } from './service-specs.ts';
import { StartFailed } from './start-failed.ts';
import type { StartOptions } from './start-options.ts';
import type { Terminal } from './terminal.ts';

const migrateTimeoutMs = 5 * 60_000;
const sealKeyTimeoutMs = 30_000;

export interface ConsiliumOptions extends StartOptions {
  readonly repositoryRoot: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  /** Gives up what is under way; stop() is still to be called. */
  readonly signal: AbortSignal;
  /** Something without which it cannot go on is lost. */
  readonly onLost: (failure: Error) => void;
}

export interface ServingConsilium {
  /** Without a path: http://127.0.0.1:4000 */
  readonly url: string;
  readonly stack: RunningStack;
  readonly paths: DataPaths;
  readonly people: Seeded['people'];
}

/** Servers, schema, keys and people, and the services on top; everything that was begun ends with stop(). */
export class Consilium {
  readonly #options: ConsiliumOptions;
  readonly #paths: DataPaths;
  #stack: RunningStack | undefined;
  #services: readonly ServiceProcess[] = [];
  #isStopping = false;

  constructor(options: ConsiliumOptions) {
    this.#options = options;
    this.#paths = dataPaths(options.data, options.repositoryRoot, options.environment);
  }

  /** @throws StartFailed, StackUnavailable, the reason of the signal. Call stop() in any case. */
  async start(): Promise<ServingConsilium> {
    const { repositoryRoot, port, terminal } = this.#options;
    refuseUnbuilt(repositoryRoot);
    const apiPort = await chooseApiPort(port);
    if (apiPort.insteadOfUsual) terminal.line(`Port 4000 is taken, so the API gets ${apiPort.port}.`);
    const stack = await this.#startServers();
    await makeFolders(this.#paths);
    const seeded = await this.#prepare(stack);
    await this.#startServices(stack, seeded, apiPort.port);
    const url = `http://127.0.0.1:${apiPort.port}`;
    await this.#writeRunning(url, stack, seeded);
    return { url, stack, paths: this.#paths, people: seeded.people };
  }

  /** In order: the services, then the servers. May be called at any point of the start. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const service of this.#services) await service.stop();
    await rm(this.#paths.runningFile, { force: true });
    await this.#stack?.stop();
  }

  /** At once. The servers are ended by their watchdog when this process is gone. */
  kill(): void {
    for (const service of this.#services) service.kill();
  }

  /** For commands on this machine: where everything is, tokens, and the keys by which the log's heads are verified. */
  async #writeRunning(url: string, stack: RunningStack, seeded: Seeded): Promise<void> {
    const { repositoryRoot, environment, signal } = this.#options;
    const keys = await runProgram({
      args: [join(repositoryRoot, 'services/relay/dist/make-seal-key.js'), this.#paths.sealKeyFile],
      environment,
      timeoutMs: sealKeyTimeoutMs,
      signal,
    });
    await writePrivately(this.#paths.runningFile, {
      version: 1,
      url,
      pid: process.pid,
      people: seeded.people,
      servers: stack.urls,
      topicPrefix: environment['CONSILIUM_TOPIC_PREFIX'],
      anchorFolder: this.#paths.anchorFolder,
      verifierKeys: keys.stdout.split('\n').filter((line) => line !== ''),
    });
  }

  async #startServers(): Promise<RunningStack> {
    const { repositoryRoot, environment, terminal, signal, onLost } = this.#options;
    let stack: RunningStack | undefined;
    await terminal.phase('servers', async (progress) => {
      stack = await startStack({
        purpose: 'run',
        repositoryRoot,
        environment,
        dataDirectory: this.#paths.folder,
        onProgress: ({ message, fraction }) => progress(message, fraction),
        onServerLost: (failure) => {
          if (!this.#isStopping) onLost(failure);
        },
        signal,
      });
      this.#stack = stack;
      return describeServers(stack.chosen);
    });
    if (stack === undefined) throw new StartFailed('The servers did not start.');
    for (const { server, why } of stack.chosen) terminal.line(`  ${serverTitles[server]}: ${why}`);
    return stack;
  }

  async #prepare(stack: RunningStack): Promise<Seeded> {
    const { repositoryRoot, terminal, environment, signal } = this.#options;
    let seeded: Seeded | undefined;
    await terminal.phase('schema, people', async () => {
      const [migrated, people] = await Promise.all([
        runProgram({
          args: [join(repositoryRoot, 'services/api/dist/migrate.js')],
          environment: { ...environment, ...commonEnvironment(stack.urls) },
          timeoutMs: migrateTimeoutMs,
          signal,
        }),
        seedPeople(this.#paths, repositoryRoot, environment, signal),
      ]);
      signal.throwIfAborted();
      if (!migrated.succeeded) {
        const said = lastFault(`${migrated.stdout}\n${migrated.stderr}`);
        throw new StartFailed(`The database could not be brought to this version: ${said}.`);
      }
      seeded = people;
      return `${people.people.length} people with new tokens`;
    });
    if (seeded === undefined) throw new StartFailed('Nobody was seeded.');
    return seeded;
  }

  async #startServices(stack: RunningStack, seeded: Seeded, apiPort: number): Promise<void> {
    const { repositoryRoot, terminal, signal, onLost } = this.#options;
    const shown = (file: string): string => relative(process.cwd(), file);
    const specs = serviceSpecs({ repositoryRoot, urls: stack.urls, paths: this.#paths, seeded, apiPort });
    this.#services = specs.map(
      (spec) =>
        new ServiceProcess(spec, this.#paths.logs, {
          onRestart: (service, how, pauseMs, log) =>
            terminal.line(`${service} ended (${how}), see ${shown(log)}; it is started again in ${pauseMs / 1_000} s`),
          onGivenUp: (service, how, log) =>
            onLost(new StartFailed(`The service ${service} keeps ending (${how}): see ${shown(log)}.`)),
        }),
    );
    await terminal.phase('services', async (progress) => {
      let ready = 0;
      await Promise.all(
        this.#services.map(async (service) => {
          await service.start(signal);
          ready += 1;
          progress(`${service.name} is ready`, ready / this.#services.length);
        }),
      );
      return this.#services.map(({ name }) => name).join(', ');
    });
  }
}

/** `PostgreSQL, Redis embedded; Apache Kafka by its environment variable` */
export function describeServers(chosen: readonly ServerChoice[]): string {
  const groups = new Map<ServerChoice['how'], string[]>();
  for (const { server, how } of chosen) groups.set(how, [...(groups.get(how) ?? []), serverTitles[server]]);
  return [...groups].map(([how, servers]) => `${servers.join(', ')} ${sources[how]}`).join('; ');
}

const sources = {
  environment: 'from the environment',
  docker: 'in Docker',
  embedded: 'embedded',
} as const satisfies Record<ServerChoice['how'], string>;
