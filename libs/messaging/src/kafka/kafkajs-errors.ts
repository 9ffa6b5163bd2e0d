import { InvalidMessagingCall, MessagingUnavailable } from '../messaging-errors.ts';

/** Of kafkajs; recognised by name, since its classes nest one another as causes. */
const passing: ReadonlySet<string> = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSNumberOfRetriesExceeded',
  'KafkaJSBrokerNotFound',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSTopicMetadataNotLoaded',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSTimeout',
  'KafkaJSLockTimeout',
]);

/** Whether trying again may help. */
export function isPassing(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    if (passing.has(at.name)) return true;
    if ('retriable' in at && at.retriable === true) return true;
    // kafkajs throws it, as not retriable, when a call meets a connection that is just being closed.
    if (/not connected|closed connection|disconnected/i.test(at.message)) return true;
  }
  return false;
}

/** Says a failure of kafkajs in the words of the ports. */
export function messagingError(doing: string, error: unknown): Error {
  if (isPassing(error)) return new MessagingUnavailable(`Kafka could not be reached to ${doing}`, { cause: error });
  return new InvalidMessagingCall(`Kafka refused to ${doing}`, { cause: error });
}

/** @throws MessagingUnavailable when the work takes longer */
export async function within<Result>(milliseconds: number, doing: string, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new MessagingUnavailable(`Kafka took longer than ${milliseconds} ms to ${doing}`));
    }, milliseconds);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
