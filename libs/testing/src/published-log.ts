import { randomBytes } from 'node:crypto';
import { type DataKey, type DomainEvent, encodeEvent, encodeRecord, routeOf, uuidv5 } from '@consilium/contracts';
import type { Aggregate, CommandId, EventId, Instant, OrganisationId, StreamId } from '@consilium/domain';
import { organisationId, personId, subjectId } from './numbered-ids.ts';

/** A record on Kafka, and where. */
interface PublishedRecord {
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** Decimal. */
  readonly offset: string;
}

export interface PublishedPartition {
  readonly topic: Aggregate;
  readonly partition: number;
  /** In order. */
  readonly records: readonly PublishedRecord[];
}

/** What the texts of a published log are sealed under. */
export const sampleDataKey: DataKey = { subjectId: subjectId(1), keyVersion: 1, key: Buffer.alloc(32, 7) };

/** 2026-11-23T12:00:00.000Z: when a published log begins. */
export const publishedLogStartMs = 1_795_435_200_000;

/**
 * What a relay would have published: records with dense numbers, offsets that leave gaps now and then as Kafka's do, and
 * final bytes. Event n is recorded n seconds after the start.
 */
export class PublishedLog {
  readonly logId: string;
  readonly #organisation: OrganisationId;
  readonly #partitions = new Map<string, { topic: Aggregate; partition: number; records: PublishedRecord[] }>();
  readonly #versions = new Map<StreamId, number>();
  #globalSeq = 0;

  constructor(options: { readonly logId?: string; readonly organisation?: OrganisationId } = {}) {
    this.logId = options.logId ?? '0e0e0e0e-0000-4000-8000-000000000001';
    this.#organisation = options.organisation ?? organisationId(1);
  }

  add(streamId: StreamId, ...events: readonly DomainEvent[]): this {
    for (const event of events) this.#publish(streamId, event);
    return this;
  }

  /** An event no code knows. */
  addUnknown(streamId: StreamId): this {
    this.#publish(streamId, { type: 'readsCompleted', readIds: [] }, 'somethingLater');
    return this;
  }

  /** Everything so far, one batch a partition. */
  batches(): readonly PublishedPartition[] {
    return [...this.#partitions.values()];
  }

  batchOf(streamId: StreamId): PublishedPartition {
    const { topic, partition } = routeOf(streamId);
    return this.#partitions.get(`${topic} ${String(partition)}`) ?? { topic, partition, records: [] };
  }

  #publish(streamId: StreamId, event: DomainEvent, type: string = event.type): void {
    const { topic, partition } = routeOf(streamId);
    const key = `${topic} ${String(partition)}`;
    const place = this.#partitions.get(key) ?? { topic, partition, records: [] };
    this.#partitions.set(key, place);
    const streamVersion = (this.#versions.get(streamId) ?? 0) + 1;
    this.#versions.set(streamId, streamVersion);
    this.#globalSeq += 1;
    const at = (publishedLogStartMs + this.#globalSeq * 1_000) as Instant;
    const encoded = encodeEvent(
      event,
      {
        eventId: uuidv5(this.logId, `${streamId} ${String(streamVersion)}`) as EventId,
        streamId,
        streamVersion,
        organisation: this.#organisation,
        actor: { id: personId(1), role: 'lead' },
        commandId: uuidv5(this.logId, `command ${streamId} ${String(streamVersion)}`) as CommandId,
        correlationId: this.logId,
        causationId: this.logId,
        occurredAt: at,
        recordedAt: at,
      },
      sampleDataKey,
    );
    const metaBytes =
      type === event.type
        ? encoded.metaBytes
        : Buffer.from(
            Buffer.from(encoded.metaBytes).toString('utf8').replace(`"type":"${event.type}"`, `"type":"${type}"`),
          );
    const record = encodeRecord(
      {
        streamId,
        type,
        metaBytes,
        payloadBytes: encoded.payloadBytes,
        salt: encoded.salt,
        streamHash: randomBytes(32),
        globalSeq: this.#globalSeq,
        topic,
        partition,
        partitionSeq: place.records.length + 1,
      },
      'test',
      this.logId,
    );
    const offset = String(place.records.length + Math.floor(place.records.length / 7));
    place.records.push({ key: record.key, value: record.value, headers: record.headers, offset });
  }
}
