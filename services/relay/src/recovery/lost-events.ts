import { decodeRecord, eventTopics, streamLinkOf, streamStartOf } from '@consilium/contracts';
import type { PublishedEvent } from '@consilium/contracts';
import { aggregateOf } from '@consilium/domain';
import type { Aggregate } from '@consilium/domain';
import type { LogReader } from '@consilium/event-store';
import { readTopics } from '@consilium/messaging';
import type { IncomingRecord, Messaging } from '@consilium/messaging';
import { equalHashes } from '@consilium/transparency';

/** What Kafka holds does not continue this journal. Nothing was written; docs/RECOVERY.md says what is left to do. */
export class NotRecoverable extends Error {
  override readonly name = 'NotRecoverable';
}

export interface LostEvent extends PublishedEvent {
  readonly topic: Aggregate;
  readonly partition: number;
}

/**
 * The events on Kafka after the end of our log, in the order of their numbers and without a gap. All of them are in memory:
 * what was published between a backup and the loss of the database.
 * @throws NotRecoverable where Kafka is of another log, contradicts ours, or has a gap itself
 */
export async function findLostEvents(
  log: LogReader,
  messaging: Messaging,
  prefix: string,
): Promise<readonly LostEvent[]> {
  const [logId, last] = [await log.logId(), await log.lastGlobalSeq()];
  const ends = new Map((await log.lastOfEachPartition()).map((end) => [`${end.topic} ${end.partition}`, end]));
  const lost = new Map<number, LostEvent>();
  const take = (record: IncomingRecord): void => {
    const topic = aggregateOf(record.key);
    const event = decodeRecord(record);
    if (topic === undefined || event.logId !== logId) {
      throw new NotRecoverable(
        `${record.topic} ${record.partition} holds a record of log ${event.logId}, not of ${logId}`,
      );
    }
    const end = ends.get(`${topic} ${record.partition}`);
    if (end?.partitionSeq === event.partitionSeq && !equalHashes(end.streamHash, event.streamHash)) {
      throw new NotRecoverable(
        `${record.topic} ${record.partition} has another event ${event.partitionSeq} than the journal`,
      );
    }
    const known = lost.get(event.globalSeq);
    if (known !== undefined && !equalHashes(known.streamHash, event.streamHash)) {
      throw new NotRecoverable(`Kafka has two events under the number ${event.globalSeq}`);
    }
    if (event.globalSeq > last) lost.set(event.globalSeq, { ...event, topic, partition: record.partition });
  };
  await readTopics(messaging, {
    topics: eventTopics(prefix),
    reader: `${prefix}-recovery`,
    onRecords: (_topic, _partition, records) => records.forEach(take),
  });
  const ordered = [...lost.values()].sort((one, other) => one.globalSeq - other.globalSeq);
  for (const [index, { globalSeq }] of ordered.entries()) {
    if (globalSeq !== last + 1 + index)
      throw new NotRecoverable(`Kafka has no event with the number ${last + 1 + index}`);
  }
  return ordered;
}

/** @throws NotRecoverable unless the event comes next in its stream and its hash is the one that its bytes make */
export function demandContinues(
  { envelope, payloadHash, metaBytes, streamHash }: LostEvent,
  end: { readonly version: number; readonly hash: Uint8Array } | undefined,
): void {
  const { streamId, streamVersion } = envelope;
  const name = `${streamId} ${streamVersion}`;
  if (streamVersion !== (end?.version ?? 0) + 1)
    throw new NotRecoverable(`${name} does not follow the end of its stream`);
  const hash = streamLinkOf(end?.hash ?? streamStartOf(streamId), payloadHash, metaBytes);
  if (!equalHashes(hash, streamHash)) throw new NotRecoverable(`${name} is not what its hash says`);
}
