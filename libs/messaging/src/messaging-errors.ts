/** The brokers are away, restarting or slow. Whether the call took effect is unknown; it may be repeated. */
export class MessagingUnavailable extends Error {
  override readonly name = 'MessagingUnavailable';
}

/** The publisher was closed, or gave up a send whose fate is unknown: make a new one. */
export class PublisherClosed extends Error {
  override readonly name = 'PublisherClosed';
}

/** The call breaks the contract of the port: a fault in the calling program. */
export class InvalidMessagingCall extends Error {
  override readonly name = 'InvalidMessagingCall';
}

/** A topic exists already and is not what it must be. A person has to decide: partitions cannot be changed without losing order. */
export class TopicMismatch extends Error {
  override readonly name = 'TopicMismatch';
  readonly topic: string;

  constructor(topic: string, difference: string) {
    super(`the topic ${topic} exists, but ${difference}`);
    this.topic = topic;
  }
}
