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
import type { CaseEvent } from '../case/case-events.ts';
import { type TimedEvent, wasRevealed } from './was-revealed.ts';

const protocol = sampleProtocol({ amendWindowMs: 100 });
const of = { readId: readId(1), annotatorId: annotatorId(1), claimId: claimId(1) };
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
