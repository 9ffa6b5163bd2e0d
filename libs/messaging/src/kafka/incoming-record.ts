import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { IncomingRecord } from '../records.ts';

export const incomingRecord = (topic: string, partition: number, message: KafkaMessage): IncomingRecord => ({
  topic,
  partition,
  offset: message.offset,
  key: message.key?.toString('utf8') ?? '',
  value: message.value ?? new Uint8Array(0),
  headers: textOf(message.headers),
  timestampMs: Number(message.timestamp),
});

/** Of a header that stands there several times, the last one counts. */
function textOf(headers: IHeaders = {}): Readonly<Record<string, string>> {
  const text: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) text[name] = typeof last === 'string' ? last : last.toString('utf8');
  }
  return text;
}
