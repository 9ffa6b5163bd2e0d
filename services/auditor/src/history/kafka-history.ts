import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkpointTopic, eventTopics } from '@consilium/contracts';
import type { StoredCheckpoint } from '@consilium/event-store';
import { readTopics } from '@consilium/messaging';
import type { Messaging } from '@consilium/messaging';
import type { Problem } from '../verify/problem.ts';
import type { Found, FoundEvent } from './found-event.ts';
import type { HistoryRange, HistorySource, ReportProblem } from './history-source.ts';
import { envelopeOf } from './envelope-of.ts';
import { nextOf } from './next-of.ts';
import { ScanningLookUp } from './scanning-look-up.ts';
import type { HistoryLookUp } from './history-look-up.ts';
import type { SpoolPartition } from './spool-partition.ts';
import { SpoolWriter } from './spool-writer.ts';

export interface KafkaHistoryOptions {
  readonly messaging: Messaging;
  readonly prefix: string;
  readonly onProgress: (records: number, of: number) => void;
}

const eventsPerBatch = 500;

/**
 * The topics, read from their first record to the end they had when it began. A partition is in its own order and the log
 * goes across them all, so each is first written to a file of its own in a temporary folder (as much room as the log takes)
 * and then all are read together. Memory stays small: eight bytes an event.
 */
export class KafkaHistory implements HistorySource {
  readonly kind = 'kafka';
  readonly logId: string | undefined;
  readonly expectedSize: number;
  readonly #folder: string;
  readonly #partitions: readonly SpoolPartition[];
  readonly #heads: readonly StoredCheckpoint[];
  readonly #problems: readonly Problem[];

  private constructor(folder: string, writer: SpoolWriter) {
    this.#folder = folder;
    this.#partitions = writer.partitions();
    this.#heads = writer.heads;
    this.#problems = writer.problems;
    this.logId = writer.logId;
    this.expectedSize = writer.events;
  }

  /** @throws MessagingUnavailable; KafkaSilent */
  static async open({ messaging, prefix, onProgress }: KafkaHistoryOptions): Promise<KafkaHistory> {
    const folder = await mkdtemp(join(tmpdir(), 'consilium-auditor-'));
    const writer = new SpoolWriter(folder, prefix);
    try {
      const topics = [...eventTopics(prefix), checkpointTopic(prefix)];
      await readTopics(messaging, {
        topics,
        reader: 'consilium-auditor',
        onRecords: async (topic, partition, records) => writer.write(topic, partition, records),
        onProgress,
      });
      await writer.finish();
      return new KafkaHistory(folder, writer);
    } catch (error) {
      await writer.finish();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async *events({ after = 0, to, streamId }: HistoryRange, report: ReportProblem): AsyncGenerator<readonly Found[]> {
    for (const problem of this.#problems) report(problem);
    const readers = this.#partitions.map((partition) => partition.events());
    const waiting: FoundEvent[] = [];
    const sources: AsyncGenerator<FoundEvent>[] = [];
    for (const reader of readers) {
      const first = await nextOf(reader);
      if (first === undefined) continue;
      waiting.push(first);
      sources.push(reader);
    }
    let batch: Found[] = [];
    for (;;) {
      const place = placeOfSmallest(waiting);
      const event = waiting[place];
      const reader = sources[place];
      if (event === undefined || reader === undefined || (to !== undefined && event.globalSeq > to)) break;
      if (event.globalSeq > after && (streamId === undefined || envelopeOf(event.metaBytes)?.streamId === streamId))
        batch.push(event);
      const next = await nextOf(reader);
      if (next === undefined) {
        waiting.splice(place, 1);
        sources.splice(place, 1);
      } else {
        waiting[place] = next;
      }
      if (batch.length >= eventsPerBatch) {
        yield batch;
        batch = [];
      }
    }
    for (const reader of sources) await reader.return(undefined);
    if (batch.length > 0) yield batch;
  }

  async *heads(): AsyncGenerator<StoredCheckpoint> {
    yield* this.#heads;
  }

  lookUp(): HistoryLookUp {
    return new ScanningLookUp(this);
  }

  async recordAccess(): Promise<void> {
    // There is nowhere to.
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function placeOfSmallest(waiting: readonly FoundEvent[]): number {
  let place = 0;
  for (let index = 1; index < waiting.length; index += 1) {
    if ((waiting[index]?.globalSeq ?? Infinity) < (waiting[place]?.globalSeq ?? Infinity)) place = index;
  }
  return place;
}
