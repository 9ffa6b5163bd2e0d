import type { Logger } from '@consilium/runtime';
import { Kafka, logLevel } from 'kafkajs';
import type { EventSubscription } from '../event-subscription.ts';
import type { EventTopics } from '../event-topics.ts';
import type { Messaging } from '../messaging.ts';
import { KafkaPublisher } from './kafka-publisher.ts';
import { KafkaSubscription } from './kafka-subscription.ts';
import { KafkaTopics } from './kafka-topics.ts';
import { logKafkajsTo } from './kafkajs-logs.ts';
import { quietRequestQueue } from './quiet-request-queue.ts';

export interface KafkaOptions {
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  /** Shown in the brokers' logs and metrics, for instance `consilium-relay`. */
  readonly clientId: string;
  readonly logger: Logger;
}

/**
 * Every field is given because kafkajs takes other defaults under NODE_ENV=test. Retries are few: what goes on failing
 * is for the caller, who knows whether it still should.
 */
const retry = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 4, factor: 0.2, multiplier: 2 };

/** Apache Kafka by kafkajs. Connects when first used. */
export function connectKafka({ brokers, clientId, logger }: KafkaOptions): Messaging {
  quietRequestQueue();
  const kafka = new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    enforceRequestTimeout: true,
    retry,
    logLevel: logLevel.INFO,
    logCreator: logKafkajsTo(logger),
  });
  return {
    publisher: async () => KafkaPublisher.connect(kafka),
    subscription: (): EventSubscription => new KafkaSubscription(kafka, retry, logger),
    topics: (): EventTopics => new KafkaTopics(kafka, retry),
  };
}
