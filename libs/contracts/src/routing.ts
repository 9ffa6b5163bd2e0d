import { aggregateOf, type Aggregate, aggregates, type StreamId } from '@consilium/domain';

/** Partitions of every event topic, for ever: another number would move streams between partitions and lose their order. */
export const partitionsPerTopic = 12;

export const defaultTopicPrefix = 'consilium';

export const topicOf = (prefix: string, aggregate: Aggregate): string => `${prefix}.${aggregate}.v1`;

/** Every event topic, in the order of the aggregates. */
export const eventTopics = (prefix: string): readonly string[] => aggregates.map((name) => topicOf(prefix, name));

/** One partition: checkpoints have one order. */
export const checkpointTopic = (prefix: string): string => `${prefix}.checkpoints.v1`;

export interface Route {
  /** The aggregate's topic without the deployment's prefix: what the journal stores. */
  readonly topic: Aggregate;
  readonly partition: number;
}

/** Where a stream's events go on Kafka: everything about one stream is in one partition, in order. */
export function routeOf(streamId: StreamId): Route {
  const aggregate = aggregateOf(streamId);
  if (aggregate === undefined) throw new Error(`${streamId} is no stream id`);
  return { topic: aggregate, partition: partitionOf(streamId) };
}

/** Kafka's default partitioner for keyed records: murmur2 of the key's bytes, made positive, modulo the partitions. */
export const partitionOf = (key: string): number =>
  (murmur2(Buffer.from(key, 'utf8')) & 0x7fffffff) % partitionsPerTopic;

/** 32 bit murmur2 with Kafka's seed (org.apache.kafka.common.utils.Utils.murmur2), as a signed integer. */
export function murmur2(data: Uint8Array): number {
  const multiplier = 0x5bd1e995;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let hash = 0x9747b28c ^ data.length;
  const whole = data.length - (data.length % 4);
  for (let offset = 0; offset < whole; offset += 4) {
    let word = Math.imul(view.getInt32(offset, true), multiplier);
    word = Math.imul(word ^ (word >>> 24), multiplier);
    hash = Math.imul(hash, multiplier) ^ word;
  }
  const rest = data.length - whole;
  if (rest >= 3) hash ^= view.getUint8(whole + 2) << 16;
  if (rest >= 2) hash ^= view.getUint8(whole + 1) << 8;
  if (rest >= 1) hash = Math.imul(hash ^ view.getUint8(whole), multiplier);
  hash = Math.imul(hash ^ (hash >>> 13), multiplier);
  return hash ^ (hash >>> 15);
}
