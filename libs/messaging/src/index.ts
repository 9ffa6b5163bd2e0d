export type { EventPublisher } from './event-publisher.ts';
export type {
  BatchContext,
  BatchHandler,
  EventSubscription,
  FailingPartition,
  PartitionPlace,
  SubscriptionHealth,
  SubscriptionOptions,
} from './event-subscription.ts';
export type {
  EventTopics,
  PartitionEnds,
  PartitionLag,
  PartitionPosition,
  TopicDurability,
  TopicSpec,
} from './event-topics.ts';
export { connectKafka } from './kafka/kafka-messaging.ts';
export type { KafkaOptions } from './kafka/kafka-messaging.ts';
export { InvalidMessagingCall, MessagingUnavailable, PublisherClosed, TopicMismatch } from './messaging-errors.ts';
export type { Messaging } from './messaging.ts';
export { KafkaSilent, readTopics } from './read-topics.ts';
export type { ReadTopicsOptions } from './read-topics.ts';
export type { IncomingRecord, OutgoingRecord, PartitionName } from './records.ts';
