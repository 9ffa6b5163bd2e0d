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
import type { AdjudicatingRole } from '../project/protocol.ts';
import type { Choice } from './adjudication.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand, CaseCommandOf } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { Lease } from './lease.ts';
import type { Disagreement } from './disagreement.ts';

const given = scenario(medicalCase);
const protocol = sampleProtocol();
const of = (n: number) => ({ readId: readId(n), annotatorId: annotatorId(n), claimId: claimId(n) });
const seat = (n: number) => ({ annotatorId: annotatorId(n), claimId: claimId(n) });
const leases = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n): Lease => ({
  claimId: claimId(n),
  annotatorId: annotatorId(n),
  endsAt: instant(1_000),
}));
const annotation = { ...nothingThere, regions: [] };
const disagreement = (number: number): Disagreement => ({
  disagreementId: disagreementId(number),
  kind: 'polarity',
  sentenceId: null,
  regionIds: [],
  options: [
    { option: 'negative', readIds: [readId(1)] },
    { option: 'positive', readIds: [readId(2)] },
  ],
});
const before = (panelSize: number): readonly CaseEvent[] => [
  { type: 'caseImported', ...sampleCase() },
  ...[1, 2].flatMap((n): readonly CaseEvent[] => [
    { type: 'readClaimed', ...of(n), leaseEndsAt: instant(1_000), sentences: [] },
    { type: 'annotationSubmitted', ...of(n), annotationId: annotationId(n), revision: 1, annotation },
  ]),
  { type: 'readsCompleted', readIds: [readId(1), readId(2)] },
  {
    type: 'disagreementFound',
    consensus: {
      consensusId: consensusId(1),
      basedOnVersion: 6,
      readIds: [readId(1), readId(2)],
      method: { name: 'majority', version: '1', parameters: {} },
      regions: [],
      sentences: [],
      matching: { summedIou: 0, exact: true, gap: 0 },
    },
    disagreements: [disagreement(1), disagreement(2)],
  },
  { type: 'adjudicationOpened', adjudicationId: adjudicationId(1), cause: 'disagreement', panelSize },
];
const claim = (n: number, role: AdjudicatingRole | null = 'adjudicator', at = 0): CaseCommand => ({
  type: 'claimSeat',
  ...seat(n),
  role,
  protocol,
  at: instant(at),
  leases,
});
const claimed = (n: number): CaseEvent => ({
  type: 'adjudicationClaimed',
  adjudicationId: adjudicationId(1),
  ...seat(n),
  leaseEndsAt: instant(1_000),
});
const choices = (...options: readonly string[]): readonly Choice[] =>
  options.map((option, index) => ({ disagreementId: disagreementId(index + 1), option, reason: 'clearOnImage' }));
const vote = (n: number, given: readonly Choice[], at = 0): CaseCommandOf<'vote'> => ({
  type: 'vote',
  ...seat(n),
  annotationId: annotationId(n),
  draft: nothingThere,
  choices: given,
  protocol,
  at: instant(at),
  leases,
});
const voted = (n: number, ...options: readonly string[]): CaseEvent => ({
  type: 'adjudicationVoted',
  adjudicationId: adjudicationId(1),
  ...seat(n),
  annotationId: annotationId(n),
  annotation,
  choices: choices(...options),
});
const refusal = (code: string) => ({ ok: false, refusal: { code } });

describe('a seat', () => {
  it('goes to whoever may adjudicate and has not read the case', () => {
    expect(given(...before(1)).when(claim(3))).toEqual({ ok: true, events: [claimed(3)] });
    expect(given(...before(1)).when(claim(1))).toEqual(refusal('READ_BY_YOU'));
    expect(given(...before(1)).when(claim(3, 'lead'))).toEqual(refusal('ROLE_MAY_NOT'));
    expect(given(...before(1)).when(claim(3, null))).toEqual(refusal('ROLE_MAY_NOT'));
  });

  it('is not for who holds or has skipped the case, but for who gave it back unread', () => {
    const opened = before(1);
    const asReader: CaseEvent = { type: 'readClaimed', ...of(3), leaseEndsAt: instant(1), sentences: [] };
    const [imported, ...rest] = opened;
    if (imported === undefined) throw new Error('nothing is before');
    expect(given(imported, asReader, { type: 'readReleased', ...of(3) }, ...rest).when(claim(3)).ok).toBe(true);
    expect(
      given(imported, asReader, { type: 'readSkipped', ...of(3), reason: 'other' }, ...rest).when(claim(3)),
    ).toEqual(refusal('READ_BY_YOU'));
  });

  it('is one of as many as the panel has, and goes on to others when its lease ends', () => {
    expect(given(...before(1), claimed(3)).when(claim(4))).toEqual(refusal('NO_SEAT'));
    expect(given(...before(1), claimed(3)).when(claim(4, 'adjudicator', 1_000))).toMatchObject({
      events: [
        { type: 'adjudicationExpired', annotatorId: annotatorId(3) },
        { type: 'adjudicationClaimed', annotatorId: annotatorId(4) },
      ],
    });
    expect(given(...before(3), claimed(3), claimed(4)).when(claim(5)).ok).toBe(true);
    expect(given(...before(3), claimed(3), claimed(4), claimed(5)).when(claim(6))).toEqual(refusal('NO_SEAT'));
  });

  it('may be claimed again by who holds it, and given back', () => {
    expect(given(...before(1), claimed(3)).when(claim(3))).toEqual({ ok: true, events: [] });
    const release: CaseCommand = { type: 'releaseSeat', ...seat(3), at: instant(0), leases };
    expect(given(...before(1), claimed(3)).when(release)).toMatchObject({ events: [{ type: 'adjudicationReleased' }] });
    expect(given(...before(1)).when(release)).toEqual(refusal('STALE_LEASE'));
  });

  it('closes the case for reading to whoever had one', () => {
    const reopened: readonly CaseEvent[] = [
      ...before(1),
      claimed(3),
      { type: 'adjudicationReleased', adjudicationId: adjudicationId(1), ...seat(3) },
      { type: 'readsReopened', completedAtVersion: 6 },
      { type: 'annotationWithdrawn', ...of(1), annotationId: annotationId(1), revision: 1 },
    ];
    const asReader = (n: number): CaseCommand => ({
      type: 'claimRead',
      ...of(n),
      at: instant(0),
      leases: [],
      protocol,
    });
    expect(given(...reopened).when(asReader(3))).toEqual(refusal('CASE_NOT_AVAILABLE'));
    expect(given(...reopened).when(asReader(4)).ok).toBe(true);
  });
});

describe('a vote', () => {
  it('of one adjudicator decides, and says whose reads it followed', () => {
    expect(given(...before(1), claimed(3)).when(vote(3, choices('positive', 'other')))).toEqual({
      ok: true,
      events: [
        voted(3, 'positive', 'other'),
        {
          type: 'adjudicationDecided',
          adjudicationId: adjudicationId(1),
          annotationId: annotationId(3),
          decisions: [
            {
              disagreementId: disagreementId(1),
              option: 'positive',
              reason: 'clearOnImage',
              followed: [readId(2)],
              overruled: [readId(1)],
            },
            {
              disagreementId: disagreementId(2),
              option: 'other',
              reason: 'clearOnImage',
              followed: [],
              overruled: [readId(1), readId(2)],
            },
          ],
        },
      ],
    });
  });

  it('answers each disagreement once, by one of its options', () => {
    const wrong = (given_: readonly Choice[]) => {
      const decision = given(...before(1), claimed(3)).when(vote(3, given_));
      return decision.ok || decision.refusal.code !== 'INVALID_ANNOTATION'
        ? decision
        : decision.refusal.problems.map(({ path, code }) => `${path} ${code}`);
    };
    expect(wrong(choices('positive'))).toEqual(['choices MISSING']);
    expect(wrong(choices('positive', 'maybe'))).toEqual(['choices[1].option UNKNOWN_OPTION']);
    expect(wrong([...choices('positive', 'positive'), ...choices('negative')])).toEqual(['choices[2] REPEATED']);
    expect(wrong([...choices('positive', 'positive', 'positive')])).toEqual(['choices[2] UNKNOWN_DISAGREEMENT']);
  });

  it('needs a live seat, and is given once', () => {
    expect(given(...before(1)).when(vote(3, choices('positive', 'positive')))).toEqual(refusal('STALE_LEASE'));
    expect(given(...before(1), claimed(3)).when(vote(3, choices('positive', 'positive'), 1_000))).toEqual(
      refusal('STALE_LEASE'),
    );
    const once = [...before(3), claimed(3), voted(3, 'positive', 'positive')];
    expect(given(...once).when(vote(3, choices('positive', 'positive')))).toEqual(refusal('ALREADY_VOTED'));
    expect(given(...once).when(claim(3))).toEqual(refusal('ALREADY_VOTED'));
  });
});

describe('a panel of three', () => {
  const seats = [claimed(3), claimed(4), claimed(5)];
  const afterTwo = (one: readonly string[], other: readonly string[]) => [
    ...before(3),
    ...seats,
    voted(3, ...one),
    voted(4, ...other),
  ];

  it('is complete with its third member, and takes the first answer that has the majority in everything', () => {
    expect(given(...before(3), ...seats).when(vote(3, choices('positive', 'positive')))).toMatchObject({
      events: [{ type: 'adjudicationVoted' }],
    });
    const decided = given(...afterTwo(['negative', 'positive'], ['positive', 'positive'])).when(
      vote(5, choices('positive', 'positive')),
    );
    expect(decided).toMatchObject({
      events: [{ type: 'adjudicationVoted' }, { type: 'adjudicationDecided', annotationId: annotationId(4) }],
    });
  });

  it('that splits three ways, or in no answer as a whole, goes on to a lead, whose vote decides', () => {
    const ways: readonly (readonly [readonly string[], readonly string[], readonly string[]])[] = [
      [
        ['negative', 'positive'],
        ['positive', 'positive'],
        ['other', 'positive'],
      ],
      [
        ['negative', 'positive'],
        ['positive', 'negative'],
        ['negative', 'negative'],
      ],
    ];
    const last = ways.map(([one, two, three]) => given(...afterTwo(one, two)).when(vote(5, choices(...three))));
    expect(last).toMatchObject([
      { events: [{ type: 'adjudicationVoted' }, { type: 'panelSplit' }] },
      { events: [{ type: 'adjudicationVoted' }, { type: 'adjudicationDecided', annotationId: annotationId(5) }] },
    ]);
    const split: readonly CaseEvent[] = [
      ...afterTwo(['negative', 'positive'], ['positive', 'positive']),
      voted(5, 'other', 'positive'),
      { type: 'panelSplit', adjudicationId: adjudicationId(1) },
    ];
    expect(given(...split).when(claim(6))).toEqual(refusal('ROLE_MAY_NOT'));
    expect(given(...split).when(claim(6, 'lead')).ok).toBe(true);
    expect(given(...split, claimed(6)).when(vote(6, choices('negative', 'negative')))).toMatchObject({
      events: [{ type: 'adjudicationVoted' }, { type: 'adjudicationDecided', annotationId: annotationId(6) }],
    });
  });
});

describe('the end of a case, and the way back', () => {
  const decided: readonly CaseEvent[] = [
    ...before(1),
    claimed(3),
    voted(3, 'positive', 'positive'),
    { type: 'adjudicationDecided', adjudicationId: adjudicationId(1), annotationId: annotationId(3), decisions: [] },
  ];
  const final: CaseEvent = { type: 'caseFinalised', source: 'adjudication' };
  const request: CaseCommand = {
    type: 'requestAdjudication',
    adjudicationId: adjudicationId(2),
    at: instant(0),
    leases,
    protocol,
  };

  it('is final by its adjudication, once', () => {
    expect(given(...decided).when({ type: 'finaliseCase' })).toEqual({ ok: true, events: [final] });
    expect(given(...decided, final).when({ type: 'finaliseCase' })).toEqual({ ok: true, events: [] });
    expect(given(...before(1)).when({ type: 'finaliseCase' })).toEqual(refusal('WRONG_STATUS'));
  });

  it('keeps everything from changing until it is reopened', () => {
    const withdraw: CaseCommand = { type: 'withdrawAnnotation', annotatorId: annotatorId(1), revision: 1, protocol };
    expect(given(...decided, final).when(withdraw)).toEqual(refusal('CASE_FINALISED'));
    expect(given(...decided, final).when(request)).toMatchObject({
      events: [{ type: 'caseReopened' }, { type: 'adjudicationOpened', cause: 'reopened' }],
    });
  });

  it('goes back to reading while a read is allowed and somebody is left', () => {
    const reopen = (readersLeft: number): CaseCommand => ({
      type: 'reopenForReading',
      readersLeft,
      protocol: sampleProtocol({ readsMaximum: 3 }),
    });
    expect(given(...decided).when(reopen(1))).toMatchObject({
      events: [{ type: 'caseReopened' }, { type: 'extraReadRequested' }],
    });
    expect(given(...decided).when(reopen(0))).toEqual(refusal('NO_MORE_READS'));
    expect(given(...before(1)).when(reopen(1))).toEqual(refusal('WRONG_STATUS'));
  });

  it('is asked for by a lead of a case that is still read: its readers lose the claim', () => {
    const [imported] = before(1);
    if (imported === undefined) throw new Error('nothing is before');
    const held: CaseEvent = { type: 'readClaimed', ...of(3), leaseEndsAt: instant(1_000), sentences: [] };
    expect(given(imported, held).when(request)).toMatchObject({
      events: [{ type: 'readReleased' }, { type: 'adjudicationOpened', cause: 'requested' }],
    });
  });

  it('ends an adjudication whose reads change, and the claims of its seats', () => {
    const withdraw: CaseCommand = { type: 'withdrawAnnotation', annotatorId: annotatorId(1), revision: 1, protocol };
    expect(given(...before(1), claimed(3)).when(withdraw)).toMatchObject({
      events: [{ type: 'adjudicationReleased' }, { type: 'readsReopened' }, { type: 'annotationWithdrawn' }],
    });
  });
});
