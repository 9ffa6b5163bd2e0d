import { decodeRecord, payloadHashOf, streamLinkOf, streamStartOf, topicOf } from '@consilium/contracts';
import type { PublishedEvent } from '@consilium/contracts';
import type { Aggregate } from '@consilium/domain';
import type { IncomingRecord } from '@consilium/messaging';
import type { StoredEvent } from './stored-history.ts';

/*
 * The oracle of the whole-system tests: each function lists what is wrong with a history, and an empty list is a pass.
 */

/** The log is dense and holds every event once, in the order of its stream; the same within each partition. */
export function logProblems(events: readonly StoredEvent[]): readonly string[] {
  const problems: string[] = [];
  const versions = new Map<string, number>();
  const partitions = new Map<string, number>();
  events
    .toSorted((one, other) => one.globalSeq - other.globalSeq)
    .forEach((event, index) => {
      const { streamId, streamVersion, globalSeq, topic, partition, partitionSeq } = event;
      if (globalSeq !== index + 1)
        problems.push(`${streamId} ${streamVersion} has number ${globalSeq}, not ${index + 1}`);
      const version = (versions.get(streamId) ?? 0) + 1;
      if (streamVersion !== version) problems.push(`${streamId} ${streamVersion} stands where ${version} should`);
      versions.set(streamId, streamVersion);
      const place = `${topic} ${partition}`;
      const seq = (partitions.get(place) ?? 0) + 1;
      if (partitionSeq !== seq) problems.push(`${place} has number ${partitionSeq} where ${seq} should be`);
      partitions.set(place, partitionSeq);
    });
  return problems;
}

export interface KafkaHistory {
  /** Each event once, by its number in its partition; in the order in which it came first. */
  readonly events: readonly PublishedEvent[];
  /** Records that were sent again after a crash or takeover, byte for byte the same as the first. */
  readonly repeats: number;
  readonly problems: readonly string[];
}

/** What a consumer makes of the records: repeats are dropped by their number, and no number may be missing. */
export function readHistory(records: readonly IncomingRecord[]): KafkaHistory {
  const problems: string[] = [];
  const first = new Map<string, { readonly record: IncomingRecord; readonly event: PublishedEvent }>();
  const next = new Map<string, number>();
  let repeats = 0;
  for (const record of records) {
    const event = decodeRecord(record);
    const place = `${record.topic} ${record.partition}`;
    const earlier = first.get(`${place} ${event.partitionSeq}`);
    if (earlier !== undefined) {
      repeats += 1;
      if (!isSameRecord(earlier.record, record))
        problems.push(`${place} ${event.partitionSeq} came twice, and differs`);
      continue;
    }
    const expected = next.get(place) ?? 1;
    if (event.partitionSeq !== expected)
      problems.push(`${place} has ${event.partitionSeq} where ${expected} should be`);
    next.set(place, event.partitionSeq + 1);
    first.set(`${place} ${event.partitionSeq}`, { record, event });
  }
  return { events: [...first.values()].map(({ event }) => event), repeats, problems };
}

const isSameRecord = (one: IncomingRecord, other: IncomingRecord): boolean =>
  one.key === other.key &&
  Buffer.compare(one.value, other.value) === 0 &&
  JSON.stringify(Object.entries(one.headers).sort()) === JSON.stringify(Object.entries(other.headers).sort());

/** Every stored event is on Kafka in its own topic and partition with the very same bytes, and nothing else is there. */
export function publicationProblems(
  stored: readonly StoredEvent[],
  records: readonly IncomingRecord[],
  topicPrefix: string,
): readonly string[] {
  const problems: string[] = [];
  const published = new Map(records.map((record) => [record.headers['ce_id'] ?? '', record]));
  for (const event of stored) {
    const name = `${event.streamId} ${event.streamVersion} (${event.type})`;
    const record = published.get(event.eventId);
    if (record === undefined) {
      problems.push(`${name} is not on Kafka`);
      continue;
    }
    published.delete(event.eventId);
    const wanted: Readonly<Record<string, string>> = {
      ce_meta: Buffer.from(event.metaBytes).toString('utf8'),
      ce_salt: Buffer.from(event.salt).toString('base64'),
      ce_streamhash: Buffer.from(event.streamHash).toString('base64'),
      ce_globalseq: String(event.globalSeq),
      ce_partitionseq: String(event.partitionSeq),
      ce_subject: event.streamId,
    };
    for (const [header, value] of Object.entries(wanted)) {
      if (record.headers[header] !== value) problems.push(`${name}: ${header} differs from the journal`);
    }
    if (Buffer.compare(record.value, event.payloadBytes) !== 0) problems.push(`${name}: the payload differs`);
    if (record.key !== event.streamId) problems.push(`${name} has the key ${record.key}`);
    const topic = topicOf(topicPrefix, event.topic as Aggregate);
    if (record.topic !== topic || record.partition !== event.partition) {
      problems.push(`${name} is in ${record.topic} ${record.partition}, not in ${topic} ${event.partition}`);
    }
  }
  for (const id of published.keys()) problems.push(`event ${id} is on Kafka and not in the journal`);
  return problems;
}

/** Recomputes the chain of every stream from what Kafka alone holds. */
export function chainProblems(events: readonly PublishedEvent[]): readonly string[] {
  const problems: string[] = [];
  const ends = new Map<string, { readonly version: number; readonly hash: Uint8Array }>();
  for (const { envelope, metaBytes, payloadBytes, salt, streamHash } of events) {
    const { streamId, streamVersion } = envelope;
    const end = ends.get(streamId) ?? { version: 0, hash: streamStartOf(streamId) };
    if (streamVersion !== end.version + 1) problems.push(`${streamId} ${streamVersion} follows ${end.version}`);
    const hash = streamLinkOf(end.hash, payloadHashOf(salt, payloadBytes), metaBytes);
    if (Buffer.compare(hash, streamHash) !== 0) problems.push(`${streamId} ${streamVersion}: the chain breaks here`);
    ends.set(streamId, { version: streamVersion, hash });
  }
  return problems;
}
