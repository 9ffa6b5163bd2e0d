import { describe, expect, it } from '@jest/globals';
import {
  adjudicationId,
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
import { medicalCase } from './case.ts';
import type { CaseCommand } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { Lease } from './lease.ts';

const given = scenario(medicalCase);
const protocol = sampleProtocol({ readsPerCase: 1 });
const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
const of = (n: number) => ({ readId: readId(n), annotatorId: annotatorId(n), claimId: claimId(n) });
const claimed = (n: number): CaseEvent => ({
  type: 'readClaimed',
  ...of(n),
  leaseEndsAt: instant(1_000),
  sentences: [],
});
const expired = (n: number): CaseEvent => ({ type: 'readExpired', ...of(n) });
const annotation = { ...nothingThere, regions: [] };
const submitted = (n: number): CaseEvent => ({
  type: 'annotationSubmitted',
  ...of(n),
  annotationId: annotationId(n),
  revision: 1,
  annotation,
});
const kept: CaseEvent = { type: 'lateAnnotationKept', ...of(1), annotationId: annotationId(1), annotation };
const completed = (n: number): CaseEvent => ({ type: 'readsCompleted', readIds: [readId(n)] });
const lease = (n: number, endsAt = 3_000): Lease => ({
  annotatorId: annotatorId(n),
  claimId: claimId(n),
  endsAt: instant(endsAt),
});
const submit = (n: number, leases: readonly Lease[] = []): CaseCommand => ({
  type: 'submitAnnotation',
  annotatorId: annotatorId(n),
  claimId: claimId(n),
  annotationId: annotationId(n),
  revision: 0,
  draft: nothingThere,
  protocol,
  at: instant(2_000),
  leases,
});
const accept = (leases: readonly Lease[] = []): CaseCommand => ({
  type: 'acceptLateAnnotation',
  annotationId: annotationId(1),
  annotation,
  protocol,
  at: instant(2_000),
  leases,
});
const decline: CaseCommand = { type: 'declineLateAnnotation', annotationId: annotationId(1) };
const acceptedLate: CaseEvent = { type: 'lateAnnotationAccepted', ...of(1), annotationId: annotationId(1) };
const declined: CaseEvent = { type: 'lateAnnotationDeclined', ...of(1), annotationId: annotationId(1) };
const refused = (code: string, more: object = {}) => ({ ok: false, refusal: { code, ...more } });
const accepted = (...events: readonly CaseEvent[]) => ({ ok: true, events });

describe('an annotation whose lease has ended', () => {
  it('is taken where nobody has claimed since', () => {
    expect(given(imported, claimed(1)).when(submit(1))).toEqual(accepted(submitted(1), completed(1)));
  });

  it('is refused to whoever has taken a seat since, and so seen what others said', () => {
    const seated: readonly CaseEvent[] = [
      { type: 'adjudicationOpened', adjudicationId: adjudicationId(1), cause: 'requested', panelSize: 1 },
      {
        type: 'adjudicationClaimed',
        adjudicationId: adjudicationId(1),
        annotatorId: annotatorId(1),
        claimId: claimId(9),
        leaseEndsAt: instant(3_000),
      },
    ];
    expect(given(imported, claimed(1), expired(1), ...seated).when(submit(1))).toEqual(refused('STALE_LEASE'));
  });

  it('is taken where whoever claimed since has let it go, or their lease ran out too', () => {
    const history = [imported, claimed(1), expired(1), claimed(2)];
    expect(given(...history, { type: 'readReleased', ...of(2) }).when(submit(1))).toEqual(
      accepted(submitted(1), completed(1)),
    );
    expect(given(...history).when(submit(1, [lease(2, 2_000)]))).toEqual(
      accepted(expired(2), submitted(1), completed(1)),
    );
  });

  it('is kept, and counts for nothing, where somebody holds the place or has read', () => {
    expect(given(imported, claimed(1), expired(1), claimed(2)).when(submit(1, [lease(2)]))).toEqual(accepted(kept));
    const read = [imported, claimed(1), expired(1), claimed(2), submitted(2), completed(2)];
    expect(given(...read).when(submit(1))).toEqual(accepted(kept));
    expect(given(...read, kept).state).toMatchObject({ status: 'awaitingConsensus' });
  });

  it('is refused by a claim that is not the newest, was given back, or whose annotation was kept', () => {
    const stale = refused('STALE_LEASE');
    const again = { ...claimed(1), claimId: claimId(7) } as CaseEvent;
    expect(given(imported, claimed(1), expired(1), again).when(submit(1))).toEqual(stale);
    expect(given(imported, claimed(1), { type: 'readReleased', ...of(1) }).when(submit(1))).toEqual(stale);
    expect(given(imported, claimed(1), expired(1), claimed(2), kept).when(submit(1))).toEqual(stale);
    expect(given(imported, claimed(1), expired(1), { type: 'caseWithdrawn' }).when(submit(1))).toEqual(stale);
  });
});

describe('a late annotation that was kept', () => {
  const history = [imported, claimed(1), expired(1), claimed(2), kept];
  const free = [...history, { type: 'readReleased', ...of(2) } as CaseEvent];

  it('becomes a read when a lead accepts it, while the case takes one', () => {
    expect(given(...free).when(accept())).toEqual(accepted(acceptedLate, submitted(1), completed(1)));
    expect(given(...history).when(accept([lease(2)]))).toEqual(refused('CASE_NOT_AVAILABLE'));
    expect(given(...history, submitted(2), completed(2)).when(accept())).toEqual(refused('CASE_NOT_AVAILABLE'));
  });

  it('is not accepted beside another read of the same annotator', () => {
    expect(given(...free, claimed(1)).when(accept([lease(1)]))).toEqual(refused('READ_HELD'));
    expect(given(...free, claimed(1), submitted(1)).when(accept())).toEqual(
      refused('ALREADY_SUBMITTED', { revision: 1 }),
    );
  });

  it('is decided once', () => {
    expect(given(...history).when(decline)).toEqual(accepted(declined));
    for (const command of [decline, accept()]) {
      expect(given(...free, declined).when(command)).toEqual(refused('LATE_ANNOTATION_UNKNOWN'));
      expect(given(...free, acceptedLate, submitted(1), completed(1)).when(command)).toEqual(
        refused('LATE_ANNOTATION_UNKNOWN'),
      );
    }
  });
});
