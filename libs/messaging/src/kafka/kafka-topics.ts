import { pause } from '@consilium/runtime';
// Node does not find every export of this CommonJS package by name.
import kafkajs from 'kafkajs';
import type { Admin, Kafka, RetryOptions } from 'kafkajs';
import { lagOf } from '../event-topics.ts';
import type {
  EventTopics,
  PartitionEnds,
  PartitionLag,
  PartitionPosition,
  TopicDurability,
  TopicSpec,
} from '../event-topics.ts';
import { MessagingUnavailable, TopicMismatch } from '../messaging-errors.ts';
import type { IncomingRecord } from '../records.ts';
import { messagingError, within } from './kafkajs-errors.ts';
import { readLastRecords } from './read-last-records.ts';

const longestCallMs = 20_000;
const longestElectionAttempts = 20;
const electionPauseMs = 100;

/** Nothing is ever deleted or compacted: the log on Kafka is the whole history. */
const keptForEver = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' } as const;

export class KafkaTopics implements EventTopics {
  readonly #kafka: Kafka;
  readonly #retry: RetryOptions;
  #admin: Promise<Admin> | undefined;

  constructor(kafka: Kafka, retry: RetryOptions) {
    this.#kafka = kafka;
    this.#retry = retry;
  }

  async ensureTopics(specs: readonly TopicSpec[], durability: TopicDurability = {}): Promise<void> {
    const { replicationFactor = 1, minInsyncReplicas = 1 } = durability;
    const made = new Set<string>();
    await this.#ask('make topics', async (admin) => {
      const existing = new Set(await admin.listTopics());
      const missing = specs.filter(({ topic }) => !existing.has(topic));
      if (missing.length > 0) {
        for (const { topic } of missing) made.add(topic);
        const config = { ...keptForEver, 'min.insync.replicas': String(minInsyncReplicas) };
        await admin.createTopics({
          waitForLeaders: true,
          topics: missing.map(({ topic, partitions }) => ({
            topic,
            numPartitions: partitions,
            replicationFactor,
            configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
          })),
        });
      }
      await checkPartitions(admin, specs);
      await checkConfigs(admin, specs);
      // A leader may be named and not lead yet. Only leaders know the ends, and of each partition: then all take records.
      for (const topic of made) await admin.fetchTopicOffsets(topic);
    });
  }

  async endsOf(topics: readonly string[]): Promise<readonly PartitionEnds[]> {
    return this.#ask('read the ends of topics', async (admin) => {
      const ends = await Promise.all(
        topics.map(async (topic) =>
          (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => ({ topic, partition, low, high })),
        ),
      );
      return ends.flat().sort((one, other) => one.topic.localeCompare(other.topic) || one.partition - other.partition);
    });
  }

  async lastRecords(topics: readonly string[]): Promise<readonly IncomingRecord[]> {
    const filled = (await this.endsOf(topics)).filter(({ low, high }) => BigInt(high) > BigInt(low));
    if (filled.length === 0) return [];
    return this.#ask('read the last records', async (admin) => readLastRecords(this.#kafka, admin, filled));
  }

  async partitionLag(
    topics: readonly string[],
    positions: readonly PartitionPosition[],
  ): Promise<readonly PartitionLag[]> {
    return lagOf(await this.endsOf(topics), positions);
  }

  async ping(): Promise<void> {
    await this.#ask('say hello', async (admin) => admin.describeCluster());
  }

  async close(): Promise<void> {
    const admin = this.#admin;
    this.#admin = undefined;
    if (admin !== undefined) await disconnect(admin);
  }

  /** A connection that failed is thrown away: kafkajs's admin does not always find back to a restarted broker. */
  async #ask<Result>(doing: string, question: (admin: Admin) => Promise<Result>): Promise<Result> {
    const connecting = (this.#admin ??= this.#connect());
    try {
      return await within(longestCallMs, doing, askAgainAfterElection(connecting, question));
    } catch (error) {
      if (this.#admin === connecting) this.#admin = undefined;
      void disconnect(connecting);
      if (error instanceof MessagingUnavailable || error instanceof TopicMismatch) throw error;
      throw messagingError(doing, error);
    }
  }

  async #connect(): Promise<Admin> {
    const admin = this.#kafka.admin({ retry: this.#retry });
    await admin.connect();
    return admin;
  }
}

/** Partitions that were just made, or moved, have no leader for a moment. */
async function askAgainAfterElection<Result>(
  connecting: Promise<Admin>,
  question: (admin: Admin) => Promise<Result>,
): Promise<Result> {
  const admin = await connecting;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await question(admin);
    } catch (error) {
      if (attempt === longestElectionAttempts || !isElection(error)) throw error;
      await pause(electionPauseMs);
    }
  }
}

const isElection = (error: unknown): boolean =>
  error instanceof Error &&
  'type' in error &&
  (error.type === 'NOT_LEADER_FOR_PARTITION' ||
    error.type === 'LEADER_NOT_AVAILABLE' ||
    error.type === 'UNKNOWN_TOPIC_OR_PARTITION');

async function disconnect(connecting: Promise<Admin>): Promise<void> {
  try {
    await (await connecting).disconnect();
  } catch {
    // It never was connected, or is not any more.
  }
}

async function checkPartitions(admin: Admin, specs: readonly TopicSpec[]): Promise<void> {
  const { topics } = await admin.fetchTopicMetadata({ topics: specs.map(({ topic }) => topic) });
  const counts = new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
  for (const { topic, partitions } of specs) {
    const count = counts.get(topic) ?? 0;
    if (count !== partitions) throw new TopicMismatch(topic, `has ${count} partitions and not ${partitions}`);
  }
}

async function checkConfigs(admin: Admin, specs: readonly TopicSpec[]): Promise<void> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: specs.map(({ topic }) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name: topic,
      configNames: Object.keys(keptForEver),
    })),
  });
  for (const { resourceName, configEntries } of resources) {
    const values = new Map(configEntries.map(({ configName, configValue }) => [configName, configValue]));
    for (const [name, wanted] of Object.entries(keptForEver)) {
      const value = values.get(name);
      if (value !== wanted)
        throw new TopicMismatch(resourceName, `its ${name} is ${value ?? 'unknown'} and not ${wanted}`);
    }
  }
}
