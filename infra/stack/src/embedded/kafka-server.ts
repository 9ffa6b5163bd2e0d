import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kafkaSettings } from '../kafka-settings.ts';
import { diskFull, StackUnavailable } from '../stack-unavailable.ts';
import type { EmbeddedServer } from './embedded-server.ts';
import { kafkaAnswers } from './kafka-answers.ts';
import { runToEnd } from './run-to-end.ts';

const formatTimeoutMs = 60_000;
const startTimeoutMs = 90_000;

export interface KafkaSettings {
  readonly java: string;
  readonly classPath: string;
  /** Folder for data and configuration of this broker. */
  readonly directory: string;
  readonly port: number;
  readonly controllerPort: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** Broker and controller in one process (KRaft), formatted on first use. */
export async function prepareKafka(settings: KafkaSettings): Promise<EmbeddedServer> {
  const { directory, port } = settings;
  const dataDirectory = join(directory, 'data');
  const configuration = join(directory, 'server.properties');
  const logging = join(directory, 'log4j2.properties');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(logging, loggingProperties);
  if (isUnused(dataDirectory)) await format(settings, dataDirectory);
  else refuseCorruptData(dataDirectory);
  await writeFile(configuration, serverProperties(settings, dataDirectory));
  return {
    server: 'kafka',
    port,
    ports: [port, settings.controllerPort],
    dataDirectory,
    startTimeoutMs,
    url: `127.0.0.1:${port}`,
    beforeLaunch: () => Promise.resolve(),
    program: () => ({
      command: settings.java,
      args: [...javaOptions(logging), '-cp', settings.classPath, 'kafka.Kafka', configuration],
      environment: settings.environment,
      workingDirectory: directory,
      gentleSignal: 'SIGTERM',
    }),
    isReady: () => kafkaAnswers('127.0.0.1', port),
    symptoms: {
      portClash: /Address already in use|Socket server failed to bind/i,
      // The file lock of a killed broker is freed by the system, not by the broker, so a moment later.
      passing: /Failed to acquire lock on file/i,
      telling: /\b(FATAL|ERROR)\b|Exception|Error:/,
    },
  };
}

function javaOptions(logging: string): readonly string[] {
  return [
    '-Xmx512m',
    '-XX:+UseSerialGC',
    '-XX:+ExitOnOutOfMemoryError',
    '-XX:-UsePerfData',
    '-Djava.awt.headless=true',
    `-Dlog4j2.configurationFile=${logging}`,
  ];
}

function serverProperties({ port, controllerPort }: KafkaSettings, dataDirectory: string): string {
  const properties = {
    ...kafkaSettings,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `BROKER://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `BROKER://127.0.0.1:${port}`,
    // A backslash would start an escape in this file; paths of Linux and macOS have none worth supporting.
    'log.dirs': dataDirectory,
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

const loggingProperties = `status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{ISO8601} %-5p %c{1} - %m%n
rootLogger.level = WARN
rootLogger.appenderRef.out.ref = out
logger.server.name = kafka.server
logger.server.level = INFO
logger.fencing.name = org.apache.kafka.controller.ReplicationControlManager
logger.fencing.level = INFO
`;

/** Formats beside the final place and moves it there, so an interrupted format is simply done again. */
async function format(settings: KafkaSettings, dataDirectory: string): Promise<void> {
  const partial = `${dataDirectory}.partial`;
  const configuration = join(settings.directory, 'format.properties');
  await rm(partial, { recursive: true, force: true });
  await writeFile(configuration, serverProperties(settings, partial));
  try {
    await runFormat(settings, configuration);
    await rm(dataDirectory, { recursive: true, force: true });
    await rename(partial, dataDirectory);
  } finally {
    await rm(configuration, { force: true });
    await rm(partial, { recursive: true, force: true });
  }
}

async function runFormat(settings: KafkaSettings, configuration: string): Promise<void> {
  const { code, output } = await runToEnd(
    settings.java,
    [
      // The quick compiler only: this program lives for a second.
      ...['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', settings.classPath],
      ...['kafka.tools.StorageTool', 'format', '--cluster-id', newClusterId(), '--config', configuration],
    ],
    { environment: settings.environment, timeoutMs: formatTimeoutMs, signal: settings.signal },
  );
  if (code === 0) return;
  if (/No space left on device/i.test(output)) throw diskFull(settings.directory);
  throw new StackUnavailable(
    'server-failed',
    `The data folder of Apache Kafka could not be formatted ("${output.trim().split('\n').at(-1) ?? ''}")`,
    `check ${settings.java} and the jars of Kafka in the cache`,
  );
}

/** 16 random bytes in URL-safe base64; a leading dash would read as an option. */
function newClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newClusterId() : id;
}

function isUnused(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

/** Throws when the folder is not that of a formatted broker. */
function refuseCorruptData(dataDirectory: string): void {
  const file = join(dataDirectory, 'meta.properties');
  const properties = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const sound = ['cluster.id', 'node.id', 'version'].every((key) => new RegExp(`^${key}=\\S+$`, 'm').test(properties));
  if (sound) return;
  throw new StackUnavailable(
    'data-corrupt',
    `The data folder of Apache Kafka, ${dataDirectory}, has ${properties === '' ? 'no' : 'a broken'} meta.properties`,
    'restore the folder from a backup, or move it away: events are published again from the journal in Postgres',
  );
}
