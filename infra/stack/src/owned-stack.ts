import { rm, statfs } from 'node:fs/promises';
import { chooseServers, needsDockerProbe, type DockerFact } from './choose-servers.ts';
import { startComposeServers } from './docker/compose-servers.ts';
import type { DockerServers } from './docker/docker-context.ts';
import { probeDocker } from './docker/docker-engine.ts';
import { startTestContainers } from './docker/test-containers.ts';
import { foldersOf, type DataFolder } from './embedded/data-folder.ts';
import { startEmbedded, type StartedServer } from './embedded/embedded-stack.ts';
import type { EmbeddedServerHandle } from './embedded/server-handle.ts';
import { stopOrder, type GuardedProcess } from './embedded/watchdog-protocol.ts';
import { Watchdog } from './embedded/watchdog.ts';
import {
  serverNames,
  type ServerChoice,
  type ServerHandle,
  type ServerName,
  type StackOptions,
} from './running-stack.ts';
import { diskFull, interrupted, StackUnavailable } from './stack-unavailable.ts';

const defaultMinimumFreeBytes = 512 * 1024 * 1024;

/** One server of the stack, however it was obtained. */
export interface ObtainedServer {
  readonly choice: ServerChoice;
  readonly url: string;
  readonly handle: ServerHandle;
}

/**
 * The servers that this process started, with everything needed to end them: each is known here, on disk and to the
 * watchdog from the moment of its start, so a failure or a crash at any point leaves nothing running.
 */
export class OwnedStack {
  readonly #options: StackOptions;
  readonly #folder: DataFolder;
  readonly #watchdog: Watchdog;
  readonly #disposable: boolean;
  readonly #handles = new Set<EmbeddedServerHandle>();
  readonly #dockerStops: DockerServers['stop'][] = [];
  readonly #fractions = new Map<ServerName, number>();
  #stopped: Promise<void> | undefined;

  /** The folder must be occupied by this process. */
  constructor(options: StackOptions, folder: DataFolder) {
    this.#options = options;
    this.#folder = folder;
    this.#disposable = options.purpose === 'test';
    this.#watchdog = new Watchdog(this.#disposable ? foldersOf(folder.path) : []);
  }

  /** Starts all servers but those given. After a rejection stop() must be called. */
  async start(given: ReadonlySet<ServerName>): Promise<readonly ObtainedServer[]> {
    await this.#refuseFullDisk();
    const choices = await this.#choose(given);
    const inDocker = choices.filter(({ how }) => how === 'docker');
    const embedded = choices.filter(({ how }) => how === 'embedded');
    const contained = inDocker.length === 0 ? [] : await this.#startInDocker(inDocker);
    const obtained = [...contained, ...(await this.#startEmbedded(embedded))];
    if (!this.#disposable) this.#rememberSources(obtained);
    return obtained;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #choose(given: ReadonlySet<ServerName>): Promise<readonly ServerChoice[]> {
    const { environment, purpose } = this.#options;
    const forced = environment['CONSILIUM_STACK'];
    const docker: DockerFact = needsDockerProbe({ given, forced })
      ? await probeDocker(environment)
      : { answers: false, why: 'no Docker engine is needed' };
    const { sources: remembered } = this.#folder.remembered;
    return chooseServers({ purpose, given, forced, remembered, docker, platform: process.platform });
  }

  async #startInDocker(choices: readonly ServerChoice[]): Promise<readonly ObtainedServer[]> {
    const start = this.#disposable ? startTestContainers : startComposeServers;
    const wanted = choices.map(({ server }) => server);
    try {
      const { servers, stop } = await start(wanted, {
        options: this.#options,
        folder: this.#folder,
        report: this.#report,
        runAtEnd: (command, args) => {
          this.#watchdog.runAtEnd(command, args);
        },
      });
      this.#dockerStops.push(stop);
      return choices.flatMap((choice) => {
        const started = servers.get(choice.server);
        return started === undefined ? [] : [{ choice, ...started }];
      });
    } catch (error) {
      if (!(error instanceof StackUnavailable) || !this.#mayFallBack(wanted)) throw error;
      // An engine without access to the images, for example. Nothing of this product is in Docker yet.
      return this.#startEmbedded(choices.map(({ server }) => ({ server, how: 'embedded', why: error.sentence })));
    }
  }

  #mayFallBack(wanted: readonly ServerName[]): boolean {
    const { environment, signal } = this.#options;
    if (environment['CONSILIUM_STACK'] === 'docker' || signal?.aborted === true) return false;
    return this.#disposable || wanted.every((server) => this.#folder.remembered.sources[server] !== 'docker');
  }

  /** All at once; when one fails the others are given up. */
  async #startEmbedded(choices: readonly ServerChoice[]): Promise<readonly ObtainedServer[]> {
    const givingUp = new AbortController();
    const outside = this.#options.signal;
    const signal = outside === undefined ? givingUp.signal : AbortSignal.any([outside, givingUp.signal]);
    let failure: Error | undefined;
    const starts = choices.map(async (choice): Promise<ObtainedServer | undefined> => {
      try {
        return obtained(choice, await this.#startOne(choice.server, signal));
      } catch (error) {
        // The first is the cause; those after it were given up.
        failure ??= error instanceof Error ? error : new Error('a server did not start', { cause: error });
        givingUp.abort();
        return undefined;
      }
    });
    const servers = await Promise.all(starts);
    if (outside?.aborted === true) throw interrupted();
    if (failure !== undefined) throw failure;
    return servers.filter((server) => server !== undefined);
  }

  #startOne(server: ServerName, signal: AbortSignal): Promise<StartedServer> {
    const watch = (process: GuardedProcess): void => {
      this.#watchdog.watch(process);
      this.#folder.watch(process);
    };
    const forget = (pid: number): void => {
      this.#watchdog.forget(pid);
      this.#folder.forget(pid);
    };
    return startEmbedded(server, {
      options: { ...this.#options, signal },
      folder: this.#folder,
      keeper: { watch, forget },
      report: this.#report,
      onHandle: (handle) => this.#handles.add(handle),
    });
  }

  #rememberSources(servers: readonly ObtainedServer[]): void {
    const used = Object.fromEntries(servers.map(({ choice }) => [choice.server, choice.how]));
    this.#folder.rememberSources({ ...this.#folder.remembered.sources, ...used });
  }

  async #refuseFullDisk(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder.path);
    const wanted = this.#options.minimumFreeBytes ?? defaultMinimumFreeBytes;
    if (bavail * bsize < wanted) throw diskFull(this.#folder.path);
  }

  async #stop(): Promise<void> {
    for (const server of stopOrder) {
      const own = [...this.#handles].filter((handle) => handle.server === server);
      await Promise.all(own.map((handle) => (this.#disposable ? handle.discard() : handle.stop())));
    }
    const outcomes = await Promise.allSettled(this.#dockerStops.map((stop) => stop()));
    const folders = this.#disposable ? foldersOf(this.#folder.path) : [];
    this.#folder.vacate();
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    this.#watchdog.release();
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  }

  readonly #report = (server: ServerName, message: string, fraction: number): void => {
    this.#fractions.set(server, Math.max(fraction, this.#fractions.get(server) ?? 0));
    const total = serverNames.reduce((sum, name) => sum + (this.#fractions.get(name) ?? 0), 0) / serverNames.length;
    this.#options.onProgress?.({ server, message, fraction: total });
  };
}

function obtained(choice: ServerChoice, { handle, origin }: StartedServer): ObtainedServer {
  return { choice: { ...choice, why: `${choice.why}; ${origin}` }, url: handle.url, handle };
}
