import { describe, expect, it } from '@jest/globals';
import {
  adjudicationId,
  annotationId,
  annotatorId,
  claimId,
  consensusId,
  disagreementId,
  instant,
  nothingThere,
  readId,
  sampleCase,
  sampleProtocol,
  scenario,
} from '@consilium/testing';
import type { Protocol } from '../project/protocol.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand, CaseCommandOf } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { Disagreement } from './disagreement.ts';

const given = scenario(medicalCase);
const protocol = sampleProtocol({
  readsPerCase: 2,
  readsMaximum: 3,
  disagreements: {
    presence: 'anotherRead',
    label: 'adjudicate',
    extent: 'record',
    location: 'record',
    progression: 'record',
    sentenceLink: 'adjudicate',
    translation: 'adjudicate',
  },
});
const of = (n: number) => ({ readId: readId(n), annotatorId: annotatorId(n), claimId: claimId(n) });
const read = (n: number): readonly CaseEvent[] => [
  { type: 'readClaimed', ...of(n), leaseEndsAt: instant(1_000), sentences: [] },
  {
    type: 'annotationSubmitted',
    ...of(n),
    annotationId: annotationId(n),
    revision: 1,
    annotation: { ...nothingThere, regions: [] },
  },
];
const completed = (...readers: readonly number[]): CaseEvent => ({
  type: 'readsCompleted',
  readIds: readers.map(readId),
});
const byTwo: readonly CaseEvent[] = [
  { type: 'caseImported', ...sampleCase() },
  ...read(1),
  ...read(2),
  completed(1, 2),
];
const disagreement = (kind: Disagreement['kind'], number = 1): Disagreement => ({
  disagreementId: disagreementId(number),
  kind,
  sentenceId: null,
  regionIds: [],
  options: [
    { option: 'absent', readIds: [readId(2)] },
    { option: 'present', readIds: [readId(1)] },
  ],
});
const consensus = (basedOnVersion: number) => ({
  consensusId: consensusId(1),
  basedOnVersion,
  readIds: [readId(1), readId(2)],
  method: { name: 'majority', version: '1', parameters: {} },
  regions: [],
  sentences: [],
  matching: { summedIou: 0, exact: true, gap: 0 },
});
const record = (
  changes: Partial<CaseCommandOf<'recordConsensus'>> = {},
  rules: Protocol = protocol,
): CaseCommandOf<'recordConsensus'> => ({
  type: 'recordConsensus',
  consensus: consensus(6),
  disagreements: [],
  hasForcedLabel: false,
  isSampled: false,
  readersLeft: 2,
  adjudicationId: adjudicationId(1),
  protocol: rules,
  ...changes,
});
const opened = (cause: string) => ({
  type: 'adjudicationOpened',
  adjudicationId: adjudicationId(1),
  cause,
  panelSize: 1,
});
const typesAfter = (command: CaseCommand, events = byTwo) => {
  const decision = given(...events).when(command);
  return decision.ok ? decision.events.slice(1) : decision.refusal;
};

describe('what follows from complete reads', () => {
  it('is nothing where they agree', () => {
    expect(given(...byTwo).when(record())).toMatchObject({ events: [{ type: 'consensusReached', disagreements: [] }] });
  });

  it('is nothing where what they disagree about is only recorded', () => {
    const disagreements = [disagreement('extent'), disagreement('progression', 2)];
    expect(given(...byTwo).when(record({ disagreements }))).toEqual({
      ok: true,
      events: [{ type: 'consensusReached', consensus: consensus(6), disagreements }],
    });
  });

  it('is another read where that is all that is asked for', () => {
    expect(typesAfter(record({ disagreements: [disagreement('presence'), disagreement('extent', 2)] }))).toEqual([
      { type: 'extraReadRequested' },
    ]);
  });

  it.each(['polarity', 'laterality', 'label', 'sentenceLink', 'translation'] as const)(
    'is an adjudication where they disagree about %s, whatever else',
    (kind) => {
      const disagreements = [disagreement('presence'), disagreement(kind, 2)];
      expect(typesAfter(record({ disagreements }))).toEqual([opened('disagreement')]);
    },
  );

  it('is an adjudication where nobody is left to read, or all reads are there', () => {
    const disagreements = [disagreement('presence')];
    expect(typesAfter(record({ disagreements, readersLeft: 0 }))).toEqual([opened('disagreement')]);
    const three: readonly CaseEvent[] = [
      ...byTwo,
      { type: 'disagreementFound', consensus: consensus(6), disagreements },
      { type: 'extraReadRequested' },
      ...read(3),
      completed(1, 2, 3),
    ];
    expect(typesAfter(record({ disagreements, consensus: consensus(11) }), three)).toEqual([opened('disagreement')]);
  });

  it('is an adjudication of what is always adjudicated, and of what was drawn', () => {
    expect(typesAfter(record({ hasForcedLabel: true, isSampled: true }))).toEqual([opened('forcedLabel')]);
    expect(typesAfter(record({ isSampled: true }))).toEqual([opened('sampled')]);
    // What disagrees is adjudicated for that, drawn or not: it is no case of the share.
    expect(typesAfter(record({ isSampled: true, disagreements: [disagreement('label')] }))).toEqual([
      opened('disagreement'),
    ]);
  });
});

describe('an extra read', () => {
  const disagreements = [disagreement('presence')];
  const asked: readonly CaseEvent[] = [
    ...byTwo,
    { type: 'disagreementFound', consensus: consensus(6), disagreements },
    { type: 'extraReadRequested' },
  ];
  const claim = (n: number): CaseCommand => ({
    type: 'claimRead',
    ...of(n),
    at: instant(0),
    leases: [],
    protocol,
  });

  it('is given to one more annotator', () => {
    expect(given(...asked).when(claim(3))).toMatchObject({ ok: true, events: [{ type: 'readClaimed' }] });
    const held: CaseEvent = { type: 'readClaimed', ...of(3), leaseEndsAt: instant(1_000), sentences: [] };
    const leases = [{ claimId: claimId(3), annotatorId: annotatorId(3), endsAt: instant(1_000) }];
    expect(given(...asked, held).when({ ...claim(4), leases } as CaseCommand)).toMatchObject({
      refusal: { code: 'CASE_NOT_AVAILABLE' },
    });
  });

  it('completes the reads anew, with those that were there', () => {
    const held: CaseEvent = { type: 'readClaimed', ...of(3), leaseEndsAt: instant(1_000), sentences: [] };
    expect(
      given(...asked, held).when({
        type: 'submitAnnotation',
        ...of(3),
        at: instant(0),
        leases: [{ claimId: claimId(3), annotatorId: annotatorId(3), endsAt: instant(1_000) }],
        annotationId: annotationId(3),
        revision: 0,
        draft: nothingThere,
        protocol,
      }),
    ).toMatchObject({ events: [{ type: 'annotationSubmitted' }, completed(1, 2, 3)] });
  });
});
