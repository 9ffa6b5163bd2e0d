import { decodeRecord } from '@consilium/contracts';
import type { InMemoryMessaging } from '@consilium/messaging/testing';

/** What a consumer shows of one partition: its place and its rows move together, as in one transaction. */
interface Shown {
  readonly nextSeq: number;
  readonly rows: readonly string[];
}

/** A projector in the smallest: dense numbers decide what is a repeat, what is next, and what is missing. */
export class ModelConsumer {
  readonly #broker: InMemoryMessaging['broker'];
  readonly #appliesRepeats: boolean;
  readonly #shown = new Map<string, Shown>();
  readonly #offsets = new Map<string, number>();

  /** @param appliesRepeats A fault that the model has to find. */
  constructor(broker: InMemoryMessaging['broker'], appliesRepeats: boolean) {
    this.#broker = broker;
    this.#appliesRepeats = appliesRepeats;
  }

  get shown(): ReadonlyMap<string, Shown> {
    return this.#shown;
  }

  /** Takes up to `most` records of every partition of the topic. */
  step(topic: string, most: number): void {
    for (const [partition, records] of (this.#broker.topics.get(topic) ?? []).entries()) {
      const place = `${topic} ${String(partition)}`;
      const from = this.#offsets.get(place) ?? 0;
      let { nextSeq, rows } = this.#shown.get(place) ?? { nextSeq: 1, rows: [] };
      for (const record of records.slice(from, from + most)) {
        const { partitionSeq, envelope } = decodeRecord(record);
        if (partitionSeq > nextSeq)
          throw new Error(`${place} has ${String(partitionSeq)} where ${String(nextSeq)} should be`);
        if (partitionSeq < nextSeq && !this.#appliesRepeats) continue;
        rows = [...rows, rowOf(envelope)];
        nextSeq = partitionSeq + 1;
      }
      this.#shown.set(place, { nextSeq, rows });
      this.#offsets.set(place, Math.min(from + most, records.length));
    }
  }

  /** The group's offsets were lost: everything is delivered again. */
  forgetOffsets(): void {
    this.#offsets.clear();
  }
}

export const rowOf = ({
  streamId,
  streamVersion,
  eventId,
}: {
  readonly streamId: string;
  readonly streamVersion: number;
  readonly eventId: string;
}): string => `${streamId} ${String(streamVersion)} ${eventId}`;
