import type { AnnotationDraft, Finding, ImportedCase, Protocol, Region } from '@consilium/domain';
import { plainText } from '@consilium/domain';
import { caseId, findingId, imageId, projectId, regionId, sentenceId, subjectId } from './numbered-ids.ts';

/** Two reads a case, leases of 1 s, a gate of 0.5; one attribute of each kind. */
export const sampleProtocol = (changes: Partial<Protocol> = {}): Protocol => ({
  readsPerCase: 2,
  // As many as there are at first, however many that is: cases of the tests that say no more are given no more.
  readsMaximum: changes.readsPerCase ?? 2,
  leaseMs: 1_000,
  openClaimsMaximum: 10,
  amendWindowMs: 0,
  languages: [],
  qualificationsRequired: false,
  labels: [{ term: 'nodule', group: 'lung' }, { term: 'effusion' }],
  locations: [
    { term: 'left', laterality: 'left' },
    { term: 'right', laterality: 'right' },
  ],
  progressionTerms: ['new', 'unchanged'],
  imageQualityFlags: ['rotated', 'underexposed'],
  reportQualityFlags: ['incomplete'],
  attributes: [
    { kind: 'ordinal', name: 'malignancy', minimum: 1, maximum: 5 },
    { kind: 'nominal', name: 'texture', values: ['solid', 'ground glass'] },
    { kind: 'interval', name: 'diameter', minimum: 0, maximum: 300, unit: 'mm' },
  ],
  regionKinds: ['box'],
  matchingGate: 0.5,
  disagreements: {
    presence: 'adjudicate',
    label: 'record',
    extent: 'adjudicate',
    location: 'record',
    progression: 'record',
    sentenceLink: 'adjudicate',
    translation: 'record',
  },
  adjudication: { panelSize: 1, roles: ['adjudicator'], sampledShare: 0, readersShown: 'afterDecision' },
  reviewShare: 0,
  goldShare: 0,
  readerIdentity: 'known',
  ...changes,
});

/** One image of 200 columns and 100 rows, one sentence in version 1. */
export const sampleCase = (changes: Partial<ImportedCase> = {}): ImportedCase => ({
  caseId: caseId(1),
  projectId: projectId(1),
  protocolVersion: 1,
  subjectId: subjectId(1),
  externalKey: plainText('series 1, nodule 1'),
  contentHash: 'a'.repeat(64),
  position: 0,
  priority: 0,
  images: [{ imageId: imageId(1), rows: 100, columns: 200 }],
  sentences: [
    {
      sentenceId: sentenceId(1),
      version: 1,
      origin: 'report',
      text: { es: plainText('Nódulo en el lóbulo superior.'), en: plainText('Nodule in the upper lobe.') },
    },
  ],
  ...changes,
});

export const nothingThere: AnnotationDraft = {
  answer: 'nothingThere',
  findings: [],
  regions: [],
  imageQualityFlags: [],
  reportQualityFlags: [],
};

type DraftRegion = Omit<Region, 'pixels'>;

/** A box in pixels on image 1, 10 by 10 at the origin unless said otherwise. */
export const sampleRegion = (number: number, box: Partial<Region['received']> = {}): DraftRegion => ({
  regionId: regionId(number),
  imageId: imageId(1),
  kind: 'box',
  received: { system: 'pixel', x1: '0', y1: '0', x2: '10', y2: '10', ...box },
});

/** A positive finding that no sentence mentions. */
export const sampleFinding = (number: number, changes: Partial<Finding> = {}): Finding => ({
  findingId: findingId(number),
  polarity: 'positive',
  labels: [],
  locations: [],
  attributes: [],
  regionIds: [],
  ...changes,
});

/** One finding with one box for each region given. */
export const sampleDraft = (...regions: readonly DraftRegion[]): AnnotationDraft => ({
  ...nothingThere,
  answer: 'findings',
  regions,
  findings: [sampleFinding(1, { regionIds: regions.map((region) => region.regionId) })],
});
