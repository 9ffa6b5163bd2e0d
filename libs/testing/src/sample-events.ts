import type { DomainEvent } from '@consilium/contracts';
import type { AnnotatorId, CaseId, Instant, ProjectId, StreamId } from '@consilium/domain';
import { plainText, streamIdOf } from '@consilium/domain';
import {
  annotationId,
  annotatorId,
  caseId,
  claimId,
  consensusId,
  findingId,
  imageId,
  personId,
  projectId,
  readId,
  regionId,
  sentenceId,
  subjectId,
} from './numbered-ids.ts';
import { publishedLogStartMs } from './published-log.ts';
import { sampleCase, sampleProtocol } from './sample-case.ts';

/* Events as the deciders of `domain` would have decided them, by the numbers of their case and reader. */

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
  leaseEndsAt: (publishedLogStartMs + 3_600_000) as Instant,
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

/** Of a reader whom only the source knows. */
export const externalReadRecorded = (caseNumber: number, reader: number): DomainEvent => {
  const given = annotationSubmitted(caseNumber, reader);
  if (given.type !== 'annotationSubmitted') throw new Error('a submission is one');
  const { revision: _revision, ...read } = given;
  return { ...read, type: 'externalReadRecorded', reader: plainText(`reader ${String(reader)}`) };
};

export const annotationWithdrawn = (caseNumber: number, reader: number, revision = 1): DomainEvent => ({
  type: 'annotationWithdrawn',
  ...readOf(caseNumber, reader),
  annotationId: annotationId(caseNumber * 100 + reader),
  revision,
  note: plainText('Of another patient.'),
});

/** Brings the first revision back as the second, with the text that it had. */
export const annotationRestored = (caseNumber: number, reader: number): DomainEvent => {
  const given = annotationSubmitted(caseNumber, reader);
  if (given.type !== 'annotationSubmitted') throw new Error('a submission is one');
  return {
    ...given,
    type: 'annotationAmended',
    revision: 2,
    origin: { kind: 'restored', revision: 1 },
    independence: 'blind',
    wasWithdrawn: true,
  };
};

export const readsCompleted = (caseNumber: number, ...readers: readonly number[]): DomainEvent => ({
  type: 'readsCompleted',
  readIds: readers.map((reader) => readOf(caseNumber, reader).readId),
});

export const consensusRecorded = (
  caseNumber: number,
  type: 'consensusReached' | 'disagreementFound' = 'consensusReached',
): DomainEvent => ({
  type,
  disagreements: [],
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

export const subjectErased = (): DomainEvent => ({ type: 'subjectErased', subjectId: subjectId(1) });

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
