import { CommandFailed } from '../command-failed.ts';
import type { AuditorConfig } from '../config.ts';
import { readRunningFile } from './running-file.ts';

/** What is at hand: given in the environment, else what `npm start` of this checkout serves from. */
export interface Servers {
  readonly databaseUrl: string | undefined;
  readonly kafkaBrokers: readonly string[] | undefined;
  readonly redisUrl: string | undefined;
  readonly topicPrefix: string;
  /** A folder or the URL of a bucket. */
  readonly anchor: string | undefined;
  readonly verifierKeys: readonly string[];
}

export async function findServers(config: AuditorConfig): Promise<Servers> {
  const { databaseUrl, kafkaBrokers, redisUrl, topicPrefix, anchor } = config;
  const given = { databaseUrl, kafkaBrokers, redisUrl, topicPrefix, anchor, verifierKeys: [] };
  // One installation or the other: a database of here and a Kafka of there would be compared as one.
  if (databaseUrl !== undefined || kafkaBrokers !== undefined || redisUrl !== undefined) return given;
  const running = await readRunningFile(config.dataFolder);
  if (running?.servers === undefined) return given;
  return {
    databaseUrl: running.servers.databaseUrl,
    kafkaBrokers: running.servers.kafkaBrokers.split(','),
    redisUrl: running.servers.redisUrl,
    topicPrefix: running.topicPrefix ?? topicPrefix,
    anchor: anchor ?? running.anchorFolder,
    verifierKeys: running.verifierKeys ?? [],
  };
}

/** @throws CommandFailed */
export function demand<Value>(value: Value | undefined, variable: string): Value {
  if (value !== undefined) return value;
  throw new CommandFailed('usage', `Nothing serves here: run npm start in another terminal, or set ${variable}.`);
}
