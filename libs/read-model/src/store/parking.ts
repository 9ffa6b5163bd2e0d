import { isUuid } from '@consilium/domain';
import { readInteger } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import type { PartitionOfView } from './checkpoint.ts';
import type { ConsumedRecord } from './decode-record.ts';
import { describeFailure, TooManyParkedStreams } from './projection-errors.ts';
import { schemaOf } from './write-rows.ts';

interface ParkedEvent {
  readonly streamId: string;
  readonly offset: number;
  readonly place: { readonly partitionSeq: number };
  readonly record: Pick<ConsumedRecord, 'headers' | 'value'>;
}

/**
 * The streams of one partition that are not shown, while a batch is applied. An event that cannot be shown parks its
 * stream: later events of it would be shown in a wrong state, so they are put beside it; other streams go on.
 */
export class Parking {
  readonly #parked: Set<string>;
  readonly #streams: { readonly event: ParkedEvent; readonly error: unknown }[] = [];
  readonly #events: ParkedEvent[] = [];

  constructor(parked: ReadonlySet<string>) {
    this.#parked = new Set(parked);
  }

  get newlyParked(): number {
    return this.#streams.length;
  }

  /** Streams that stand still since this batch. */
  get streams(): readonly string[] {
    return this.#streams.map(({ event }) => event.streamId);
  }

  get events(): number {
    return this.#events.length;
  }

  has(streamId: string): boolean {
    return this.#parked.has(streamId);
  }

  /** The event's stream was parked before. */
  add(event: ParkedEvent): void {
    this.#events.push(event);
  }

  /** The first event of its stream that cannot be shown. */
  park(event: ParkedEvent, error: unknown): void {
    this.#parked.add(event.streamId);
    this.#streams.push({ event, error });
    this.#events.push(event);
  }

  /** @throws TooManyParkedStreams, which leaves the batch unapplied */
  async save(transaction: Queryable, generation: number, view: PartitionOfView, mostStreams: number): Promise<void> {
    const schema = schemaOf(generation);
    if (this.#streams.length > 0) await this.#saveStreams(transaction, schema, view, mostStreams);
    if (this.#events.length === 0) return;
    await transaction.execute({
      text: `INSERT INTO ${schema}.parked_event (topic, partition, partition_seq, kafka_offset, stream_id, event_id, headers, value)
        SELECT $1, $2, parked.partition_seq, parked.kafka_offset, parked.stream_id, parked.event_id, parked.headers, parked.value
        FROM unnest($3::bigint[], $4::bigint[], $5::text[], $6::uuid[], $7::bytea[], $8::bytea[])
          AS parked (partition_seq, kafka_offset, stream_id, event_id, headers, value)`,
      values: [
        view.topic,
        view.partition,
        this.#events.map(({ place }) => place.partitionSeq),
        this.#events.map(({ offset }) => offset),
        this.#events.map(({ streamId }) => streamId),
        this.#events.map(({ record }) => eventIdOf(record)),
        this.#events.map(({ record }) => Buffer.from(JSON.stringify(record.headers), 'utf8')),
        this.#events.map(({ record }) => record.value),
      ],
    });
  }

  async #saveStreams(
    transaction: Queryable,
    schema: string,
    view: PartitionOfView,
    mostStreams: number,
  ): Promise<void> {
    const failures = this.#streams.map(({ error }) => describeFailure(error));
    await transaction.execute({
      text: `INSERT INTO ${schema}.parked_stream (stream_id, topic, partition, first_seq, error_class, error_code)
        SELECT parked.stream_id, $1, $2, parked.first_seq, parked.error_class, parked.error_code
        FROM unnest($3::text[], $4::bigint[], $5::text[], $6::text[])
          AS parked (stream_id, first_seq, error_class, error_code)`,
      values: [
        view.topic,
        view.partition,
        this.#streams.map(({ event }) => event.streamId),
        this.#streams.map(({ event }) => event.place.partitionSeq),
        failures.map(({ errorClass }) => errorClass),
        failures.map(({ errorCode }) => errorCode),
      ],
    });
    const [row] = await transaction.query({ text: `SELECT count(*) AS streams FROM ${schema}.parked_stream` });
    if (row === undefined || readInteger(row, 'streams') > mostStreams) throw new TooManyParkedStreams(mostStreams);
  }
}

/** Null of a record that is damaged there. */
function eventIdOf({ headers }: ParkedEvent['record']): string | null {
  const id = headers['ce_id'];
  return id !== undefined && isUuid(id) ? id : null;
}
