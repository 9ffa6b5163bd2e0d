import { describe, expect, it } from '@jest/globals';
import {
  annotationId,
  annotatorId,
  claimId,
  instant,
  nothingThere,
  readId,
  sampleCase,
  sampleProtocol,
  scenario,
} from '@consilium/testing';
import type { ReviewId } from '../identifiers.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand, CaseCommandOf } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { Lease } from './lease.ts';
import type { ReviewOutcome } from './review.ts';

const given = scenario(medicalCase);
const protocol = sampleProtocol({ readsPerCase: 2, reviewShare: 0.5 });
const annotation = { ...nothingThere, regions: [] };
const reviewId = (n: number): ReviewId => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as ReviewId;
const of = (n: number) => ({ readId: readId(n), annotatorId: annotatorId(n), claimId: claimId(n) });
const lease = (n: number): Lease => ({ claimId: claimId(n), annotatorId: annotatorId(n), endsAt: instant(1_000) });
const leases = [1, 2, 5, 6].map(lease);
const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
const claimed = (n: number): CaseEvent => ({
  type: 'readClaimed',
  ...of(n),
  leaseEndsAt: instant(1_000),
  sentences: [],
});
const submitted = (n: number): CaseEvent => ({
  type: 'annotationSubmitted',
  ...of(n),
  annotationId: annotationId(n),
  revision: 1,
  annotation,
});
const opened: CaseEvent = { type: 'reviewOpened', reviewId: reviewId(1), readId: readId(1), cause: 'sampled' };
const seat = { reviewId: reviewId(1), readId: readId(1), annotatorId: annotatorId(5), claimId: claimId(5) };
const taken: CaseEvent = { type: 'reviewClaimed', ...seat, leaseEndsAt: instant(1_000) };
const read = [imported, claimed(1), submitted(1)];
const held = [...read, opened, taken];
const claim = (n: number, change: Partial<CaseCommandOf<'claimReview'>> = {}): CaseCommand => ({
  type: 'claimReview',
  annotatorId: annotatorId(n),
  claimId: claimId(n),
  reviewId: undefined,
  protocol,
  at: instant(0),
  leases,
  ...change,
});
const record = (outcome: Exclude<ReviewOutcome, 'fixed'>, change: object = {}): CaseCommand => ({
  type: 'recordReview',
  annotatorId: annotatorId(5),
  claimId: claimId(5),
  annotationId: annotationId(1),
  verdict: { outcome },
  protocol,
  at: instant(0),
  leases,
  ...change,
});
const refused = (code: string) => ({ ok: false, refusal: { code } });
const types = (decision: ReturnType<typeof medicalCase.decide>): readonly string[] =>
  decision.ok ? decision.events.map(({ type }) => type) : [decision.refusal.code];

describe('a review', () => {
  it('is opened with the submission that is drawn for the share', () => {
    const submit = (drawn: number): CaseCommand => ({
      type: 'submitAnnotation',
      ...of(1),
      annotationId: annotationId(1),
      revision: 0,
      draft: nothingThere,
      review: { reviewId: reviewId(1), drawn },
      protocol,
      at: instant(0),
      leases,
    });
    expect(given(imported, claimed(1)).when(submit(0.49))).toEqual({ ok: true, events: [submitted(1), opened] });
    expect(given(imported, claimed(1)).when(submit(0.5))).toEqual({ ok: true, events: [submitted(1)] });
  });

  it('is asked for by a lead, of a read that counts, once', () => {
    const ask: CaseCommand = { type: 'requestReview', reviewId: reviewId(1), readId: readId(1) };
    expect(given(...read).when(ask)).toEqual({ ok: true, events: [{ ...opened, cause: 'requested' }] });
    expect(given(...read, opened).when(ask)).toEqual({ ok: true, events: [] });
    expect(given(imported, claimed(1)).when(ask)).toEqual(refused('NOT_SUBMITTED'));
  });

  it('is claimed by one at a time, by nobody who has read or adjudicated, and none of its reviewers reads', () => {
    expect(given(...read, opened).when(claim(5))).toEqual({ ok: true, events: [taken] });
    expect(given(...held).when(claim(5))).toEqual({ ok: true, events: [] });
    expect(given(...held).when(claim(6))).toEqual(refused('REVIEW_TAKEN'));
    expect(types(given(...held).when(claim(6, { at: instant(1_000) })))).toEqual(['reviewExpired', 'reviewClaimed']);
    expect(given(...read).when(claim(5))).toEqual(refused('REVIEW_UNKNOWN'));
    expect(given(...read, opened).when(claim(1))).toEqual(refused('READ_BY_YOU'));
    const late: CaseCommand = {
      type: 'submitAnnotation',
      ...of(5),
      annotationId: annotationId(5),
      revision: 0,
      draft: nothingThere,
      protocol,
      at: instant(2_000),
      leases: [],
    };
    const ranOut: readonly CaseEvent[] = [claimed(5), { type: 'readExpired', ...of(5) }];
    expect(given(...read, ...ranOut).when(late)).toMatchObject({ ok: true });
    expect(given(...read, ...ranOut, opened, { ...taken, claimId: claimId(6) }).when(late)).toEqual(
      refused('STALE_LEASE'),
    );
    const readToo: CaseCommand = { ...of(5), type: 'claimRead', protocol, at: instant(0), leases };
    expect(given(...held).when(readToo)).toEqual(refused('CASE_NOT_AVAILABLE'));
  });

  it('keeps a fix beside the read, which stays as it is', () => {
    const fix = { outcome: 'fixed', annotationId: annotationId(9), draft: nothingThere };
    expect(given(...held).when(record('accepted', { verdict: fix }))).toEqual({
      ok: true,
      events: [
        {
          type: 'reviewRecorded',
          ...seat,
          annotationId: annotationId(1),
          outcome: 'fixed',
          fix: { annotationId: annotationId(9), annotation },
        },
      ],
    });
  });

  it('takes a rejected read out of those that count, for its annotator again or for another', () => {
    const complete = [
      ...held,
      claimed(2),
      submitted(2),
      { type: 'readsCompleted', readIds: [readId(1), readId(2)] } as const,
    ];
    expect(types(given(...complete).when(record('rejectedToSame')))).toEqual([
      'reviewRecorded',
      'readsReopened',
      'annotationWithdrawn',
    ]);
    const passedOn = given(...complete).when(record('rejectedToOther'));
    expect(types(passedOn)).toEqual(['reviewRecorded', 'readsReopened', 'annotationWithdrawn', 'readPassedOn']);
    const again: CaseCommand = { ...of(1), type: 'claimRead', protocol, at: instant(0), leases };
    const after = passedOn.ok ? [...complete, ...passedOn.events] : [];
    expect(given(...after).when(again)).toEqual(refused('CASE_NOT_AVAILABLE'));
  });

  it('is of the newest revision, by a live claim', () => {
    expect(given(...held).when(record('accepted', { annotationId: annotationId(8) }))).toEqual(refused('READ_CHANGED'));
    expect(given(...held).when(record('accepted', { at: instant(1_000) }))).toEqual(refused('STALE_LEASE'));
  });

  it('is closed with the withdrawal of its read, or by a lead who waives it', () => {
    const withdraw: CaseCommand = { type: 'withdrawAnnotation', annotatorId: annotatorId(1), revision: 1, protocol };
    expect(types(given(...held).when(withdraw))).toEqual(['reviewReleased', 'reviewClosed', 'annotationWithdrawn']);
    const waive: CaseCommand = { type: 'waiveReview', reviewId: reviewId(1) };
    expect(types(given(...held).when(waive))).toEqual(['reviewReleased', 'reviewClosed']);
    expect(given(...read).when(waive)).toEqual(refused('REVIEW_UNKNOWN'));
  });
});
