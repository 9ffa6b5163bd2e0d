import { describe, expect, it } from '@jest/globals';
import { annotatorId, claimId, instant, readId, sampleCase, sampleProtocol, scenario } from '@consilium/testing';
import type { FlagId } from '../identifiers.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand, CaseCommandOf } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { openFlagsMaximum } from './flag-reason.ts';

const given = scenario(medicalCase);
const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
const of = { readId: readId(1), annotatorId: annotatorId(1), claimId: claimId(1) };
const claimed: CaseEvent = { type: 'readClaimed', ...of, leaseEndsAt: instant(1_000), sentences: [] };
const lease = { annotatorId: annotatorId(1), claimId: claimId(1), endsAt: instant(1_000) };
const flagId = (n: number): FlagId => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as FlagId;
const flag = (changes: Partial<CaseCommandOf<'flagCase'>> = {}): CaseCommand => ({
  type: 'flagCase',
  flagId: flagId(1),
  holder: undefined,
  reason: 'wrongSide',
  at: instant(0),
  leases: [lease],
  ...changes,
});
const flagged = (n: number, reason: 'wrongSide' | 'identityVisible' = 'wrongSide'): CaseEvent => ({
  type: 'caseFlagged',
  flagId: flagId(n),
  reason,
});
const claim: CaseCommand = {
  type: 'claimRead',
  readId: readId(2),
  annotatorId: annotatorId(2),
  claimId: claimId(2),
  protocol: sampleProtocol(),
  at: instant(0),
  leases: [lease],
};
const refused = (code: string) => ({ ok: false, refusal: { code } });

describe('a flag', () => {
  it('is set by whoever holds the case, or by somebody who may see every case', () => {
    const holder = { annotatorId: annotatorId(1), claimId: claimId(1) };
    expect(given(imported, claimed).when(flag({ holder }))).toEqual({
      ok: true,
      events: [{ ...flagged(1), annotatorId: annotatorId(1) }],
    });
    expect(given(imported).when(flag())).toEqual({ ok: true, events: [flagged(1)] });
    expect(given(imported).when(flag({ holder }))).toEqual(refused('STALE_LEASE'));
    expect(given(imported, claimed).when(flag({ holder, at: instant(1_000) }))).toEqual(refused('STALE_LEASE'));
  });

  it('leaves the case as it is, unless a patient could be recognised', () => {
    expect(given(imported, flagged(1)).when(claim)).toMatchObject({ ok: true });
    const held = [imported, flagged(1, 'identityVisible')];
    expect(given(...held).when(claim)).toEqual(refused('CASE_NOT_AVAILABLE'));
    expect(given(...held, { type: 'flagResolved', flagId: flagId(1) }).when(claim)).toMatchObject({ ok: true });
  });

  it('does not stop who holds the case already', () => {
    const release: CaseCommand = {
      type: 'releaseRead',
      ...of,
      at: instant(0),
      leases: [lease],
      reason: 'imageProblem',
    };
    expect(given(imported, claimed, flagged(1, 'identityVisible')).when(release)).toEqual({
      ok: true,
      events: [{ type: 'readReleased', ...of, reason: 'imageProblem' }],
    });
  });

  it('is resolved once, and only so many are open', () => {
    const resolve: CaseCommand = { type: 'resolveFlag', flagId: flagId(1) };
    const resolved: CaseEvent = { type: 'flagResolved', flagId: flagId(1) };
    expect(given(imported, flagged(1)).when(resolve)).toEqual({ ok: true, events: [resolved] });
    expect(given(imported, flagged(1), resolved).when(resolve)).toEqual(refused('FLAG_UNKNOWN'));
    const many = Array.from({ length: openFlagsMaximum }, (_, index) => flagged(index + 2));
    expect(given(imported, ...many).when(flag())).toEqual(refused('TOO_MANY_FLAGS'));
  });
});
