import { aggregates } from '@consilium/domain';
import { eventTopics, placeOfRecord, topicOf } from '@consilium/contracts';
import { readTopics } from '@consilium/messaging';
import type { IncomingRecord } from '@consilium/messaging';
import { RecordDigests } from './record-digests.ts';
import type { RecordDigest } from './record-digests.ts';
import { compareRecords, reportMissing } from './verify-kafka.ts';
import type { PartitionPlace, VerifyKafkaOptions } from './verify-kafka.ts';

export interface KafkaDigests {
  readonly records: number;
  /** By partition, of the events that were published when the journal was read, each once. */
  readonly digests: ReadonlyMap<string, RecordDigest>;
}

/** Something, be it only unusual, keeps this proof from succeeding. */
class NotProved extends Error {
  override readonly name = 'NotProved';
}

/**
 * Reads Kafka without the journal: what had been published by `counters` goes into a digest for each partition, which is to be
 * that of the journal. What has come since, and what a relay sent again, is compared row by row: that is little. It says nothing
 * of what is wrong: where the digests are not the same, reading both together does.
 * @returns undefined where the journal cannot have these records
 */
export async function proveKafka(options: Omit<VerifyKafkaOptions, 'report'>): Promise<KafkaDigests | undefined> {
  try {
    return await new KafkaProof(options).run();
  } catch (error) {
    if (error instanceof NotProved) return undefined;
    throw error;
  }
}

class KafkaProof {
  readonly #options: VerifyKafkaOptions;
  readonly #digests = new RecordDigests();
  readonly #places = new Map<string, PartitionPlace>();
  #records = 0;

  constructor(options: Omit<VerifyKafkaOptions, 'report'>) {
    const report = (): never => {
      throw new NotProved();
    };
    this.#options = { ...options, report };
  }

  async run(): Promise<KafkaDigests> {
    const { messaging, prefix, onProgress } = this.#options;
    await readTopics(messaging, {
      topics: eventTopics(prefix),
      reader: 'consilium-auditor',
      onProgress,
      onRecords: async (topic, partition, records) => this.#take(topic, partition, records),
    });
    await reportMissing(this.#options, this.#places);
    return { records: this.#records, digests: this.#digests.finish() };
  }

  async #take(topic: string, partition: number, records: readonly IncomingRecord[]): Promise<void> {
    const { prefix, counters } = this.#options;
    const aggregate = aggregates.find((name) => topicOf(prefix, name) === topic);
    if (aggregate === undefined) return;
    const name = `${aggregate} ${String(partition)}`;
    const place = this.#places.get(name) ?? { topic: aggregate, partition, nextSeq: 1 };
    this.#places.set(name, place);
    const others: IncomingRecord[] = [];
    for (const record of records) {
      const { globalSeq, partitionSeq } = placeIn(record);
      if (globalSeq > counters.publishedGlobalSeq || partitionSeq !== place.nextSeq) {
        others.push(record);
      } else {
        this.#digests.add(name, record);
        place.nextSeq += 1;
      }
    }
    await compareRecords(this.#options, place, others);
    this.#records += records.length;
  }
}

function placeIn(record: IncomingRecord): ReturnType<typeof placeOfRecord> {
  try {
    return placeOfRecord(record);
  } catch {
    throw new NotProved();
  }
}
