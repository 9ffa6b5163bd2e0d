import { randomBytes } from 'node:crypto';
import { type DataKey, type DomainEvent, encodeEvent, encodeRecord, routeOf, uuidv5 } from '@consilium/contracts';
import type {
  Aggregate,
  AnnotatorId,
  CaseId,
  CommandId,
  EventId,
  Instant,
  OrganisationId,
  ProjectId,
  StreamId,
} from '@consilium/domain';
import { plainText, streamIdOf } from '@consilium/domain';
import {
  annotationId,
  annotatorId,
  caseId,
  claimId,
  consensusId,
  findingId,
  imageId,
  organisationId,
  personId,
  projectId,
  readId,
  regionId,
  sampleCase,
  sampleProtocol,
  sentenceId,
  subjectId,
} from '@consilium/testing';
import type { ConsumedRecord } from './decode-record.ts';
import type { RecordBatch } from './projection-store.ts';

export const dataKey: DataKey = { subjectId: subjectId(1), keyVersion: 1, key: Buffer.alloc(32, 7) };

/** 2026-11-23T12:00:00.000Z. */
const startMs = 1_795_435_200_000;

/**
 * What a relay would have published: records with dense numbers, offsets that leave gaps now and then as Kafka's do, and
 * final bytes. Event n is recorded n seconds after the start.
 */
export class PublishedLog {
  readonly logId: string;
  readonly #organisation: OrganisationId;
  readonly #partitions = new Map<string, { topic: Aggregate; partition: number; records: ConsumedRecord[] }>();
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
  batches(): readonly RecordBatch[] {
    return [...this.#partitions.values()];
  }

  batchOf(streamId: StreamId): RecordBatch {
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
    const at = (startMs + this.#globalSeq * 1_000) as Instant;
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
      dataKey,
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

export const caseStream = (id: CaseId): StreamId => streamIdOf('case', id);
export const projectStream = (id: ProjectId): StreamId => streamIdOf('project', id);
export const annotatorStream = (id: AnnotatorId): StreamId => streamIdOf('annotator', id);

export const projectCreated = (number = 1): readonly DomainEvent[] => [
  { type: 'projectCreated', projectId: projectId(number), name: `Project ${String(number)}` },
  { type: 'protocolAdopted', protocolVersion: 1, protocol: sampleProtocol() },
];

export const annotatorRegistered = (number: number): DomainEvent => ({
  type: 'annotatorRegistered',
  annotatorId: annotatorId(number),
  projectId: projectId(1),
  personId: personId(number),
});

export const caseImported = (number: number): DomainEvent => ({
  type: 'caseImported',
  ...sampleCase({ caseId: caseId(number), position: number }),
});

const readOf = (
  caseNumber: number,
  reader: number,
): Pick<Extract<DomainEvent, { readonly type: 'readReleased' }>, 'annotatorId' | 'claimId' | 'readId'> => ({
  readId: readId(caseNumber * 100 + reader),
  annotatorId: annotatorId(reader),
  claimId: claimId(caseNumber * 100 + reader),
});

export const readClaimed = (caseNumber: number, reader: number): DomainEvent => ({
  type: 'readClaimed',
  ...readOf(caseNumber, reader),
  leaseEndsAt: (startMs + 3_600_000) as Instant,
  sentences: [{ sentenceId: sentenceId(1), version: 1 }],
});

export const readReleased = (caseNumber: number, reader: number): DomainEvent => ({
  type: 'readReleased',
  ...readOf(caseNumber, reader),
});

export const readSkipped = (caseNumber: number, reader: number): DomainEvent => ({
  type: 'readSkipped',
  ...readOf(caseNumber, reader),
  reason: 'other',
  note: plainText('Too dark.'),
});

/** `sentences` findings with a statement in both languages, and `boxes` boxes. */
export const annotationSubmitted = (caseNumber: number, reader: number, sentences = 1, boxes = 1): DomainEvent => ({
  type: 'annotationSubmitted',
  ...readOf(caseNumber, reader),
  annotationId: annotationId(caseNumber * 100 + reader),
  revision: 1,
  annotation: {
    answer: 'findings',
    findings: Array.from({ length: sentences }, (_, index) => ({
      findingId: findingId(index),
      sentence: { sentenceId: sentenceId(1), version: 1 },
      statement: { es: plainText('Nódulo en el lóbulo superior.'), en: plainText('Nodule in the upper lobe.') },
      polarity: 'positive' as const,
      labels: ['nodule'],
      locations: ['left'],
      attributes: [{ name: 'malignancy', value: 3 }],
      regionIds: [regionId(index % boxes)],
    })),
    regions: Array.from({ length: boxes }, (_, index) => ({
      regionId: regionId(index),
      imageId: imageId(1),
      kind: 'box' as const,
      received: { system: 'pixel' as const, x1: '10.50', y1: '20.25', x2: '50.75', y2: '60.00' },
      pixels: { x1: 10.5, y1: 20.25, x2: 50.75, y2: 60 },
    })),
    imageQualityFlags: [],
    reportQualityFlags: [],
  },
});

export const readsCompleted = (caseNumber: number, ...readers: readonly number[]): DomainEvent => ({
  type: 'readsCompleted',
  readIds: readers.map((reader) => readOf(caseNumber, reader).readId),
});

export const consensusRecorded = (
  caseNumber: number,
  type: 'consensusReached' | 'disagreementFound' = 'consensusReached',
): DomainEvent => ({
  type,
  consensus: {
    consensusId: consensusId(caseNumber),
    basedOnVersion: 6,
    readIds: [],
    method: { name: 'majority', version: '1', parameters: { gate: 0.5 } },
    regions: [],
    sentences: [],
    matching: { summedIou: 0.75, exact: true, gap: 0 },
  },
});

/** A case from its import to its consensus: 3 + 2 events a reader. */
export const wholeCase = (
  number: number,
  {
    readers = 2,
    sentences = 1,
    boxes = 1,
  }: { readonly readers?: number; readonly sentences?: number; readonly boxes?: number } = {},
): readonly DomainEvent[] => {
  const all = Array.from({ length: readers }, (_, index) => index + 1);
  return [
    caseImported(number),
    ...all.map((reader) => readClaimed(number, reader)),
    ...all.map((reader) => annotationSubmitted(number, reader, sentences, boxes)),
    readsCompleted(number, ...all),
    consensusRecorded(number),
  ];
};
