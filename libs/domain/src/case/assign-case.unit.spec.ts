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
import type { CaseCommand, CaseCommandOf } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';

const given = scenario(medicalCase);
const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
const protocol = sampleProtocol({ readsPerCase: 2 });
const at = { at: instant(0), leases: [] };
const assign = (...who: readonly number[]): CaseCommandOf<'assignCase'> => ({
  type: 'assignCase',
  annotatorIds: who.map(annotatorId),
  protocol,
  ...at,
});
const assigned = (who: number): CaseEvent => ({ type: 'caseAssigned', annotatorId: annotatorId(who) });
const unassigned = (who: number): CaseEvent => ({ type: 'caseUnassigned', annotatorId: annotatorId(who) });
const of = (who: number) => ({ readId: readId(who), annotatorId: annotatorId(who), claimId: claimId(who) });
const claim = (who: number): CaseCommand => ({ type: 'claimRead', ...of(who), protocol, ...at });
const submitted = (who: number): CaseEvent => ({
  type: 'annotationSubmitted',
  ...of(who),
  annotationId: annotationId(who),
  revision: 1,
  annotation: { ...nothingThere, regions: [] },
});
const refused = (code: string) => ({ ok: false, refusal: { code } });

describe('an assigned case', () => {
  it('keeps a place for each of those named, and gives the others to anybody', () => {
    expect(given(imported).when(assign(1, 2, 1))).toEqual({ ok: true, events: [assigned(1), assigned(2)] });
    expect(given(imported, assigned(1)).when(claim(3))).toMatchObject({ ok: true });
    const both = [imported, assigned(1), assigned(2)];
    expect(given(...both).when(claim(3))).toEqual(refused('CASE_NOT_AVAILABLE'));
    expect(given(...both).when(claim(2))).toMatchObject({ ok: true });
    expect(given(...both, submitted(1)).when(claim(2))).toMatchObject({ ok: true });
    expect(given(...both, submitted(1)).when(claim(3))).toEqual(refused('CASE_NOT_AVAILABLE'));
  });

  it('keeps none for who cannot read it any more', () => {
    const skipped: CaseEvent = { type: 'readSkipped', ...of(2), reason: 'other' };
    expect(given(imported, assigned(1), assigned(2), skipped).when(claim(3))).toMatchObject({ ok: true });
  });

  it('is given to no more than may read it, nor to those who had a part in it', () => {
    expect(given(imported).when(assign(1, 2, 3))).toEqual(refused('CASE_NOT_AVAILABLE'));
    expect(given(imported, assigned(1)).when(assign(1))).toEqual({ ok: true, events: [] });
    expect(given(imported, assigned(1)).when(assign(1, 2))).toEqual({ ok: true, events: [assigned(2)] });
    expect(given(imported, submitted(1)).when(assign(2, 3))).toEqual(refused('CASE_NOT_AVAILABLE'));
    expect(given(imported, submitted(1)).when(assign(1))).toEqual(refused('HAD_A_PART'));
  });

  it('is taken back, and its place is free', () => {
    const unassign: CaseCommand = { type: 'unassignCase', annotatorIds: [annotatorId(1), annotatorId(3)] };
    const both = [imported, assigned(1), assigned(2)];
    expect(given(...both).when(unassign)).toEqual({ ok: true, events: [unassigned(1)] });
    expect(given(...both, unassigned(1)).when(claim(3))).toMatchObject({ ok: true });
  });

  it('is one that is being read, and not gold', () => {
    expect(given(imported, { type: 'caseWithdrawn' }).when(assign(1))).toEqual(refused('CASE_WITHDRAWN'));
    expect(given(imported, submitted(1), { type: 'readsCompleted', readIds: [] }).when(assign(2))).toEqual(
      refused('WRONG_STATUS'),
    );
    const gold: CaseEvent = {
      type: 'goldSet',
      truthVersion: 1,
      annotationId: annotationId(9),
      source: { kind: 'external', note: plainText('CT') },
      annotation: { ...nothingThere, regions: [] },
      setBy: annotatorId(9),
    };
    expect(given(imported, gold).when(assign(1))).toEqual(refused('ALREADY_GOLD'));
  });
});
