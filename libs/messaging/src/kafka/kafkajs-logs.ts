import type { Logger } from '@consilium/runtime';
import { logLevel } from 'kafkajs';
import type { LogEntry } from 'kafkajs';

/** Fields of kafkajs that say where something happened. Others may hold whole errors or requests. */
const fields = [
  'broker',
  'clientId',
  'groupId',
  'memberId',
  'topic',
  'partition',
  'offset',
  'retryCount',
  'retryTime',
  'error',
  'duration',
];

/**
 * kafkajs calls every lost connection an error, though it heals by itself: an error of ours is what a person must act
 * on, so its levels come out one lower. Whoever makes the call reports what did not heal.
 */
export function logKafkajsTo(logger: Logger): () => (entry: LogEntry) => void {
  return () => (entry) => {
    const { message } = entry.log;
    const about: Record<string, unknown> = { namespace: entry.namespace };
    for (const field of fields) {
      const value: unknown = entry.log[field];
      if (typeof value === 'string' || typeof value === 'number') about[field] = value;
    }
    const text = `kafka: ${message}`;
    // An answer that says no is told again by whoever asked, if it did not turn to yes.
    if (message.startsWith('Response ')) logger.debug(about, text);
    else if (entry.level === logLevel.ERROR) logger.warn(about, text);
    else if (entry.level === logLevel.WARN) logger.info(about, text);
    else logger.debug(about, text);
  };
}
