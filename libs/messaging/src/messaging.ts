import type { EventPublisher } from './event-publisher.ts';
import type { EventSubscription } from './event-subscription.ts';
import type { EventTopics } from './event-topics.ts';

/** One cluster of brokers. What it makes is closed by whoever asked for it. */
export interface Messaging {
  /** @throws MessagingUnavailable */
  publisher(): Promise<EventPublisher>;
  subscription(): EventSubscription;
  topics(): EventTopics;
}
