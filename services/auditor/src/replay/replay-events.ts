import { decodeEnvelope, defaultTopicPrefix, encodeRecord } from '@consilium/contracts';
import type { Aggregate } from '@consilium/domain';
import { aggregates } from '@consilium/domain';
import type { ConsumedRecord, ProjectionStore } from '@consilium/read-model';
import { isMissing } from '../history/found-event.ts';
import type { Found, FoundEvent } from '../history/found-event.ts';

/** Of a damaged history many streams may be parked in a replay: up to so many are left out and told, with more it ends. */
export const mostParkedInReplay = 1_000;

/** What cannot be replayed: the history is not whole. Run verify. */
export class NotReplayable extends Error {
  override readonly name = 'NotReplayable';
}

/**
 * Applies events to the views by the very code of the projector, as if they came from Kafka: in the order of each partition,
 * all partitions of a run at once.
 * @throws NotReplayable; TooManyParkedStreams
 */
export async function replayEvents(store: ProjectionStore, logId: string, found: readonly Found[]): Promise<void> {
  const runs = Map.groupBy(found.map(demandEvent), ({ topic, partition }) => `${topic} ${String(partition)}`);
  await Promise.all(
    [...runs.values()].map(async (run) => {
      const [first] = run;
      const topic = aggregates.find((name) => name === first?.topic);
      if (first === undefined || topic === undefined) return;
      const records = run.map((event) => recordOf(event, topic, logId));
      const outcome = await store.apply({ topic, partition: first.partition, records });
      if (outcome.kind === 'gap') {
        throw new NotReplayable(
          `${topic} ${String(first.partition)} has no number ${String(outcome.expectedSeq)}: run verify`,
        );
      }
    }),
  );
}

function demandEvent(found: Found): FoundEvent {
  if (isMissing(found)) throw new NotReplayable(`event ${String(found.globalSeq)} is missing: run verify`);
  return found;
}

function recordOf(event: FoundEvent, topic: Aggregate, logId: string): ConsumedRecord {
  try {
    const { streamId, type } = decodeEnvelope(event.metaBytes);
    const record = encodeRecord({ ...event, topic, streamId, type }, defaultTopicPrefix, logId);
    return { ...record, offset: String(event.partitionSeq - 1) };
  } catch (error) {
    throw new NotReplayable(`event ${String(event.globalSeq)} cannot be read: run verify`, { cause: error });
  }
}
