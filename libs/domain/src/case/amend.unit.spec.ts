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
import { plainText } from '../protected-text.ts';
import { medicalCase } from './case.ts';
import type { CaseCommandOf } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';

const given = scenario(medicalCase);
const protocol = sampleProtocol({ amendWindowMs: 1_000 });
const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
const of = (n: number) => ({ readId: readId(n), annotatorId: annotatorId(n), claimId: claimId(n) });
const content = (flag?: string) => ({ ...nothingThere, imageQualityFlags: flag === undefined ? [] : [flag] });
const readBy = (n: number): readonly CaseEvent[] => [
  { type: 'readClaimed', ...of(n), leaseEndsAt: instant(1_000), sentences: [] },
  {
    type: 'annotationSubmitted',
    ...of(n),
    annotationId: annotationId(n),
    revision: 1,
    annotation: { ...content(), regions: [] },
  },
];
const completed: CaseEvent = { type: 'readsCompleted', readIds: [readId(1), readId(2)] };
const readByTwo = [imported, ...readBy(1), ...readBy(2), completed];
const note = plainText('the other lung');
const amend = (changes: Partial<CaseCommandOf<'amendAnnotation'>> = {}): CaseCommandOf<'amendAnnotation'> => ({
  type: 'amendAnnotation',
  annotatorId: annotatorId(1),
  revision: 1,
  draft: content('rotated'),
  note,
  protocol,
  at: instant(1_499),
  submittedAt: instant(500),
  independence: 'blind',
  ...changes,
});
const amended: CaseEvent = {
  type: 'annotationAmended',
  ...of(1),
  annotationId: annotationId(1),
  revision: 2,
  origin: { kind: 'amended', revision: 1 },
  independence: 'blind',
  wasWithdrawn: false,
  annotation: { ...content('rotated'), regions: [] },
  note,
};
const refused = (code: string, more: object = {}) => ({ ok: false, refusal: { code, ...more } });
const accepted = (...events: readonly CaseEvent[]) => ({ ok: true, events });

describe('amending one’s own read', () => {
  it('puts a new content in the place of the old one', () => {
    expect(given(imported, ...readBy(1)).when(amend())).toEqual(accepted(amended));
  });

  it('opens complete reads before it and completes them after it', () => {
    const reopened: CaseEvent = { type: 'readsReopened', completedAtVersion: 6 };
    expect(given(...readByTwo).when(amend())).toEqual(accepted(reopened, amended, completed));
  });

  it('is possible until just before the end of the window', () => {
    expect(given(imported, ...readBy(1)).when(amend({ at: instant(1_500) }))).toEqual(refused('AMEND_WINDOW_CLOSED'));
    const without = sampleProtocol({ amendWindowMs: 0 });
    expect(given(imported, ...readBy(1)).when(amend({ at: instant(500), protocol: without }))).toEqual(
      refused('AMEND_WINDOW_CLOSED'),
    );
  });

  it('is of what counts, in the revision that counts', () => {
    expect(given(imported).when(amend())).toEqual(refused('NOT_SUBMITTED'));
    expect(given(imported, ...readBy(2)).when(amend())).toEqual(refused('NOT_SUBMITTED'));
    expect(given(imported, ...readBy(1), amended).when(amend())).toEqual(refused('STALE_REVISION', { revision: 2 }));
    expect(given(imported, ...readBy(1), { type: 'caseWithdrawn' }).when(amend())).toEqual(refused('CASE_WITHDRAWN'));
  });

  it('is held against the protocol as a submission is', () => {
    expect(given(imported, ...readBy(1)).when(amend({ draft: content('no such flag') }))).toMatchObject({
      refusal: { code: 'INVALID_ANNOTATION' },
    });
  });

  it('is answered alike however far others are', () => {
    const alone = given(imported, ...readBy(1));
    const together = given(...readByTwo);
    for (const change of [{ at: instant(1_500) }, { revision: 7 }, { draft: content('no such flag') }]) {
      expect(together.when(amend(change))).toEqual(alone.when(amend(change)));
    }
  });
});
