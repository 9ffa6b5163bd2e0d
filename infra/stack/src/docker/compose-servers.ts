/**
 * Servers for `run` from docker-compose.yml. Their data are in the volumes of the compose project, so they outlast the
 * containers. No engine runs where this was written: the commands follow the Compose reference, untried.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../embedded/find-program.ts';
import { runToEnd, type RunResult } from '../embedded/run-to-end.ts';
import type { ServerName } from '../running-stack.ts';
import { StackUnavailable } from '../stack-unavailable.ts';
import { composeServices, readComposeServer } from './compose-urls.ts';
import { answers } from './container-answers.ts';
import { ContainerHandle } from './container-handle.ts';
import type { DockerContext, DockerServer, DockerServers } from './docker-context.ts';

const commandTimeoutMs = 60_000;
/** Images may have to be pulled first. */
const upTimeoutMs = 15 * 60_000;

export async function startComposeServers(
  wanted: readonly ServerName[],
  context: DockerContext,
): Promise<DockerServers> {
  const compose = new Compose(context);
  const configuration = await compose.configuration();
  const already = await compose.runningServices();
  const services = wanted.map((server) => composeServices[server]);
  const started = services.filter((service) => !already.has(service));
  const stop = async (): Promise<void> => {
    if (started.length > 0) await compose.run(['stop', ...started], commandTimeoutMs);
  };
  try {
    if (started.length > 0) compose.runAtEnd(['stop', ...started]);
    await compose.up(wanted);
    const servers = wanted.map((server): [ServerName, DockerServer] => {
      const { url, port } = readComposeServer(server, configuration);
      return [server, { url, handle: compose.handle(server, port) }];
    });
    return { servers: new Map(servers), stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

class Compose {
  readonly #context: DockerContext;
  readonly #docker: string;
  readonly #prefix: readonly string[];

  constructor(context: DockerContext) {
    const file = join(context.options.repositoryRoot, 'docker-compose.yml');
    const docker = findProgram('docker', context.options.environment);
    if (docker === undefined || !existsSync(file)) throw failed(docker === undefined ? 'docker is gone' : `no ${file}`);
    this.#context = context;
    this.#docker = docker;
    this.#prefix = ['compose', '-f', file];
  }

  async configuration(): Promise<unknown> {
    const { stdout } = await this.run(['config', '--format', 'json'], commandTimeoutMs);
    try {
      return JSON.parse(stdout) as unknown;
    } catch (error) {
      throw failed('docker compose config printed no JSON', error);
    }
  }

  async runningServices(): Promise<ReadonlySet<string>> {
    const { stdout } = await this.run(['ps', '--services', '--status', 'running'], commandTimeoutMs);
    return new Set(stdout.split('\n').map((line) => line.trim()));
  }

  /** Returns when the health checks of all services pass. */
  async up(wanted: readonly ServerName[]): Promise<void> {
    const { report } = this.#context;
    for (const server of wanted) report(server, 'starting containers with docker compose', 0.1);
    const services = wanted.map((server) => composeServices[server]);
    await this.run(['up', '--detach', '--wait', ...services], upTimeoutMs, (line) => {
      const text = line.trim().slice(0, 100);
      for (const server of wanted) if (text.includes(composeServices[server])) report(server, text, 0.5);
    });
    for (const server of wanted) report(server, 'containers are healthy', 1);
  }

  handle(server: ServerName, port: number): ContainerHandle {
    const service = composeServices[server];
    return new ContainerHandle({
      ...{ server, port, docker: this.#docker, environment: this.#context.options.environment },
      logFile: this.#context.folder.logFile(server),
      commands: {
        start: [...this.#prefix, 'start', service],
        stop: [...this.#prefix, 'stop', service],
        kill: [...this.#prefix, 'kill', service],
        logs: [...this.#prefix, 'logs', '--follow', '--no-color', '--no-log-prefix', service],
      },
      answers: () => answers(server, '127.0.0.1', port),
    });
  }

  runAtEnd(args: readonly string[]): void {
    this.#context.runAtEnd(this.#docker, [...this.#prefix, ...args]);
  }

  async run(
    args: readonly string[],
    timeoutMs: number,
    onLine: (line: string) => void = () => undefined,
  ): Promise<RunResult> {
    const { environment, signal } = this.#context.options;
    const result = await runToEnd(this.#docker, [...this.#prefix, ...args], { environment, timeoutMs, onLine, signal });
    if (result.code === 0) return result;
    throw failed(
      `docker compose ${args[0] ?? ''} said "${result.output.trim().split('\n').at(-1)?.slice(0, 300) ?? ''}"`,
    );
  }
}

function failed(what: string, cause?: unknown): StackUnavailable {
  return new StackUnavailable(
    'docker-failed',
    `The servers could not be started with Docker (${what})`,
    'remove the cause, or set CONSILIUM_STACK=embedded',
    { cause },
  );
}
