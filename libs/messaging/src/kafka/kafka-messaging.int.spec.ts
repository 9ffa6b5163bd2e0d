import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@consilium/runtime';
import { Kafka, logLevel } from 'kafkajs';
import { messagingContract } from '../contract/messaging-contract.spec.ts';
import { someTopic } from '../contract/messaging-fixture.spec.ts';
import { MessagingUnavailable, TopicMismatch } from '../messaging-errors.ts';
import type { Messaging } from '../messaging.ts';
import { connectKafka } from './kafka-messaging.ts';

const brokers = (process.env['CONSILIUM_TEST_KAFKA_BROKERS'] ?? '').split(',');
const logger = createLogger({ service: 'messaging-spec', level: 'silent' });
const open = (): Messaging => connectKafka({ brokers, clientId: 'messaging-spec', logger });

messagingContract('Kafka', async () => open());

describe('topics on Kafka', () => {
  it('are refused where an existing one would lose records', async () => {
    const topic = someTopic();
    const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.createTopics({
      // kafkajs fails where it waits for a leader and the broker does not know the topic yet.
      waitForLeaders: false,
      topics: [{ topic, numPartitions: 1, configEntries: [{ name: 'cleanup.policy', value: 'compact' }] }],
    });
    await admin.disconnect();
    const topics = open().topics();
    await expect(topics.ensureTopics([{ topic, partitions: 1 }])).rejects.toThrow(TopicMismatch);
    await topics.close();
  });
});

describe('brokers that are not there', () => {
  const nowhere = connectKafka({ brokers: ['127.0.0.1:1'], clientId: 'messaging-spec', logger });

  it('fail publishers and questions as unavailable', async () => {
    await expect(nowhere.publisher()).rejects.toBeInstanceOf(MessagingUnavailable);
    await expect(nowhere.topics().ping()).rejects.toBeInstanceOf(MessagingUnavailable);
  });

  it('keep a subscription waiting, which can be stopped', async () => {
    const subscription = nowhere.subscription();
    const started = subscription.start({
      groupId: 'nobody',
      topics: ['nothing'],
      fromBeginning: true,
      concurrency: 1,
      onBatch: async () => ({ nextOffset: '0' }),
      onFatal: (error) => {
        throw error;
      },
    });
    expect(subscription.health()).toMatchObject({ state: 'starting', joined: false });
    await subscription.stop();
    await started;
    expect(subscription.health().state).toBe('stopped');
  });
});
