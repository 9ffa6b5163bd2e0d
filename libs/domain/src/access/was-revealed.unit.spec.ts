import { expect, it } from '@jest/globals';
import {
  annotationId,
  annotatorId,
  claimId,
  consensusId,
  instant,
  nothingThere,
  readId,
  sampleCase,
  sampleProtocol,
} from '@consilium/testing';
import { plainText } from '../protected-text.ts';
import type { CaseEvent } from '../case/case-events.ts';
import { isBlindedNow, type TimedEvent, wasRevealed } from './was-revealed.ts';

const protocol = sampleProtocol({ amendWindowMs: 100 });
const of = { readId: readId(1), annotatorId: annotatorId(1), claimId: claimId(1) };
const ofOther = { readId: readId(2), annotatorId: annotatorId(2), claimId: claimId(2) };
const consensus: CaseEvent = {
  type: 'consensusReached',
  disagreements: [],
  consensus: {
    consensusId: consensusId(1),
    basedOnVersion: 4,
    readIds: [readId(1)],
    method: { name: 'majority', version: '1', parameters: {} },
    regions: [],
    sentences: [],
    matching: { summedIou: 0, exact: true, gap: 0 },
  },
};
const events: readonly (readonly [number, CaseEvent])[] = [
  [0, { type: 'caseImported', ...sampleCase() }],
  [10, { type: 'readClaimed', ...of, leaseEndsAt: instant(1_000), sentences: [] }],
  [
    20,
    {
      type: 'annotationSubmitted',
      ...of,
      annotationId: annotationId(1),
      revision: 1,
      annotation: { ...nothingThere, regions: [] },
    },
  ],
  [20, { type: 'readsCompleted', readIds: [readId(1)] }],
  [30, consensus],
];
const timed = (list: readonly (readonly [number, CaseEvent])[]): readonly TimedEvent[] =>
  list.map(([at, event]) => ({ event, at: instant(at) }));
const reopenedAt = (at: number): readonly TimedEvent[] =>
  timed([...events, [at, { type: 'readsReopened', completedAtVersion: 4 }]]);

it('says no while the window is open, and yes from its end in a settled case', () => {
  expect(wasRevealed(timed(events), annotatorId(1), protocol, instant(119))).toBe(false);
  expect(wasRevealed(timed(events), annotatorId(1), protocol, instant(120))).toBe(true);
});

it('remembers what was shown before the case was opened again', () => {
  expect(wasRevealed(reopenedAt(119), annotatorId(1), protocol, instant(5_000))).toBe(false);
  expect(wasRevealed(reopenedAt(120), annotatorId(1), protocol, instant(5_000))).toBe(true);
});

it('says no of who has submitted nothing, and of a case that nobody settled', () => {
  expect(wasRevealed(timed(events), annotatorId(2), protocol, instant(5_000))).toBe(false);
  expect(wasRevealed(timed(events.slice(0, 4)), annotatorId(1), protocol, instant(5_000))).toBe(false);
});

it('tells of one moment whether somebody is blinded at it', () => {
  expect(isBlindedNow(timed(events), annotatorId(1), protocol, instant(119))).toBe(true);
  expect(isBlindedNow(timed(events), annotatorId(1), protocol, instant(120))).toBe(false);
  expect(isBlindedNow(timed(events), annotatorId(2), protocol, instant(5_000))).toBe(true);
  expect(isBlindedNow(reopenedAt(120), annotatorId(1), protocol, instant(5_000))).toBe(true);
  expect(isBlindedNow([], annotatorId(1), protocol, instant(5_000))).toBe(true);
});

it('blinds whoever answered it as gold until it is retired', () => {
  const truth = { truthVersion: 1, annotationId: annotationId(9), annotation: { ...nothingThere, regions: [] } };
  const given: readonly (readonly [number, CaseEvent])[] = [
    ...events,
    [40, { type: 'goldSet', ...truth, source: { kind: 'external', note: plainText('CT') }, setBy: annotatorId(9) }],
    [50, { type: 'goldClaimed', ...ofOther, leaseEndsAt: instant(1_000), sentences: [] }],
    [60, { type: 'goldAnswered', ...ofOther, ...truth, revision: 1 }],
  ];
  const retired = timed([...given, [70, { type: 'goldRetired' }]]);
  expect(isBlindedNow(timed(given), annotatorId(2), protocol, instant(5_000))).toBe(true);
  expect(isBlindedNow(retired, annotatorId(2), protocol, instant(159))).toBe(true);
  expect(isBlindedNow(retired, annotatorId(2), protocol, instant(160))).toBe(false);
});
