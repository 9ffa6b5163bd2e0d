/**
 * Servers for `test` in containers of their own, by testcontainers, whose reaper container removes them should this
 * process die. No engine runs where this was written: it follows the library's types and the images' documentation,
 * untried.
 */
import type { GenericContainer, StartedTestContainer } from 'testcontainers';
import { choosePort, releasePort } from '../embedded/free-port.ts';
import { findProgram } from '../embedded/find-program.ts';
import { kafkaSettings } from '../kafka-settings.ts';
import { initdbOptions, postgresOwner, postgresSettings } from '../postgres-settings.ts';
import { serverTitles, type ServerName } from '../running-stack.ts';
import { StackUnavailable } from '../stack-unavailable.ts';
import { answers } from './container-answers.ts';
import { ContainerHandle } from './container-handle.ts';
import type { DockerContext, DockerServer, DockerServers } from './docker-context.ts';

const startupTimeoutMs = 180_000;

/** The versions that docker-compose.yml runs too. */
const images: Readonly<Record<ServerName, string>> = {
  postgres: 'postgres:18',
  kafka: 'apache/kafka:4.3.1',
  redis: 'valkey/valkey:8',
};

interface Plan {
  readonly containerPort: number;
  readonly environment: Record<string, string>;
  readonly command: string[];
  readonly urlAt: (host: string) => string;
}

export async function startTestContainers(
  wanted: readonly ServerName[],
  context: DockerContext,
): Promise<DockerServers> {
  const containers: StartedTestContainer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(containers.map((container) => container.stop()));
  };
  const outcomes = await Promise.allSettled(
    wanted.map(async (server): Promise<[ServerName, DockerServer]> => {
      const { server: started, container } = await startContainer(server, context);
      containers.push(container);
      return [server, started];
    }),
  );
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure === undefined) {
    return { servers: new Map(outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))), stop };
  }
  await stop().catch(() => undefined);
  throw failed(failure.reason);
}

async function startContainer(
  server: ServerName,
  { options, folder, report }: DockerContext,
): Promise<{ server: DockerServer; container: StartedTestContainer }> {
  const docker = findProgram('docker', options.environment);
  if (docker === undefined) throw new Error('no docker command was found');
  report(server, `starting a container of ${serverTitles[server]}`, 0.1);
  // Loaded here only: it is a big library, and running the product does without it.
  const testcontainers = await import('testcontainers');
  const { containerRuntime } = (await testcontainers.getContainerRuntimeClient()).info;
  // A port fixed in advance stays the same over restarts, and Kafka can advertise it.
  const port = await choosePort({ server, demanded: options.ports?.[server] });
  try {
    const plan = plans[server](containerRuntime.host, port, folder.remembered.postgresPassword);
    const container = await configure(new testcontainers.GenericContainer(images[server]), plan, port).start();
    const host = container.getHost();
    const id = container.getId();
    const handle = new ContainerHandle({
      ...{ server, port, docker, environment: options.environment, logFile: folder.logFile(server) },
      commands: { start: ['start', id], stop: ['stop', id], kill: ['kill', id], logs: ['logs', '--follow', id] },
      answers: () => answers(server, host, port),
    });
    await handle.untilItAnswers();
    report(server, `${serverTitles[server]} answers`, 1);
    return { server: { handle, url: plan.urlAt(host) }, container };
  } finally {
    releasePort(port);
  }
}

function configure(container: GenericContainer, plan: Plan, port: number): GenericContainer {
  const configured = container
    .withEnvironment(plan.environment)
    .withExposedPorts({ container: plan.containerPort, host: port })
    .withStartupTimeout(startupTimeoutMs);
  return plan.command.length === 0 ? configured : configured.withCommand(plan.command);
}

const plans: Readonly<Record<ServerName, (host: string, port: number, password: string) => Plan>> = {
  postgres: (_host, port, password) => ({
    containerPort: 5432,
    environment: {
      POSTGRES_USER: postgresOwner,
      POSTGRES_PASSWORD: password,
      POSTGRES_DB: postgresOwner,
      POSTGRES_INITDB_ARGS: initdbOptions.join(' '),
    },
    command: ['postgres', ...postgresSettings.flatMap((setting) => ['-c', setting])],
    urlAt: (host) => `postgresql://${postgresOwner}:${password}@${host}:${port}/${postgresOwner}`,
  }),
  kafka: (host, port) => ({
    containerPort: 9092,
    environment: Object.fromEntries(
      Object.entries({
        ...kafkaSettings,
        'controller.quorum.voters': '1@localhost:9093',
        listeners: 'BROKER://0.0.0.0:9092,CONTROLLER://localhost:9093',
        'advertised.listeners': `BROKER://${host}:${port}`,
      }).map(([key, value]) => [`KAFKA_${key.replaceAll('.', '_').toUpperCase()}`, value]),
    ),
    command: [],
    urlAt: (reached) => `${reached}:${port}`,
  }),
  redis: (_host, port) => ({
    containerPort: 6379,
    environment: {},
    command: ['valkey-server', '--maxmemory-policy', 'noeviction', '--appendonly', 'yes', '--save', ''],
    urlAt: (host) => `redis://${host}:${port}`,
  }),
};

function failed(cause: unknown): StackUnavailable {
  const text = cause instanceof Error ? cause.message : String(cause);
  return new StackUnavailable(
    'docker-failed',
    `The servers could not be started with testcontainers ("${text.split('\n')[0]?.slice(0, 300) ?? ''}")`,
    'remove the cause, or set CONSILIUM_STACK=embedded',
    { cause },
  );
}
