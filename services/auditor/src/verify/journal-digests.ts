import { isDeepStrictEqual } from 'node:util';
import { encodeRecordOf } from '@consilium/contracts';
import type { Envelope } from '@consilium/contracts';
import { aggregates } from '@consilium/domain';
import type { JournalCounters } from '@consilium/event-store';
import type { FoundEvent } from '../history/found-event.ts';
import type { KafkaDigests } from './prove-kafka.ts';
import { RecordDigests } from './record-digests.ts';

/** What the relay would write of every event that was published by `counters`, as digests: for a journal that holds by itself. */
export class JournalDigests {
  readonly #digests = new RecordDigests();
  readonly #counters: JournalCounters;
  readonly #prefix: string;

  constructor(counters: JournalCounters, prefix: string) {
    this.#counters = counters;
    this.#prefix = prefix;
  }

  add(found: FoundEvent, envelope: Envelope): void {
    const { globalSeq, partition } = found;
    const topic = aggregates.find((name) => name === found.topic);
    if (topic === undefined || globalSeq > this.#counters.publishedGlobalSeq) return;
    const { streamId, type } = envelope;
    const record = encodeRecordOf(
      { ...found, topic, streamId, type },
      envelope,
      this.#prefix,
      this.#counters.logId ?? '',
    );
    this.#digests.add(`${topic} ${String(partition)}`, record);
  }

  /** Whether Kafka has just these records. Nothing is added any more. */
  areThoseOf({ digests }: KafkaDigests): boolean {
    return isDeepStrictEqual(this.#digests.finish(), digests);
  }
}
