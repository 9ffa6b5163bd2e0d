import { describe, expect, it } from '@jest/globals';
import { streamIdOf } from '@consilium/domain';
import type { ClaimId, Instant } from '@consilium/domain';
import type { Claim } from '../event-store.ts';
import { InvalidAppend } from '../store-errors.ts';
import { newAppend, newCaseId, newClaim, newEvent, newId, newOrganisation } from './journal-fixture.spec.ts';
import type { Journal } from './journal-fixture.spec.ts';

const dayMs = 86_400_000;

export function describeClaims(journal: () => Journal): void {
  const organisation = newOrganisation();

  /** Appends one event to the case of the first claim, with the claims. */
  const put = async (expectedVersion: number, claims: readonly [Claim, ...Claim[]], claimsSeen?: readonly Claim[]) => {
    const streamId = streamIdOf('case', claims[0].caseId);
    const write = {
      streamId,
      expectedVersion,
      events: [newEvent()],
      ...(claimsSeen === undefined ? {} : { claimsSeen }),
    };
    return journal().store.append(newAppend({ organisation, writes: [write], claims }));
  };
  const stored = async ({ caseId }: Claim): Promise<readonly Claim[]> => {
    const streamId = streamIdOf('case', caseId);
    const { streams } = await journal().store.load({ organisation, streams: [streamId] });
    return (streams.get(streamId)?.claims ?? []).toSorted((a, b) => (a.annotatorId < b.annotatorId ? -1 : 1));
  };
  const now = async (): Promise<Instant> => (await journal().store.load({ organisation, streams: [] })).now;
  const later = async (ms: number): Promise<Instant> => ((await now()) + ms) as Instant;

  describe('a claim', () => {
    it('is stored with its event, and replaced by the next of the same annotator', async () => {
      const claim = newClaim(newCaseId());
      await put(0, [claim]);
      expect(await stored(claim)).toEqual([claim]);
      const next: Claim = { ...claim, claimId: newId() as ClaimId, status: 'submitted' };
      await put(1, [next]);
      expect(await stored(claim)).toEqual([next]);
    });

    it('of several annotators stands beside the others, written one by one or together', async () => {
      const caseId = newCaseId();
      const [a, b, c] = [newClaim(caseId), newClaim(caseId), newClaim(caseId, { status: 'skipped' })];
      await put(0, [a]);
      await put(1, [b, c]);
      expect(await stored(a)).toEqual([a, b, c].toSorted((x, y) => (x.annotatorId < y.annotatorId ? -1 : 1)));
    });

    it('is not stored when its event is not', async () => {
      const claim = newClaim(newCaseId());
      await expect(put(5, [claim])).resolves.toMatchObject({ kind: 'conflict', actualVersion: 0 });
      expect(await stored(claim)).toEqual([]);
    });

    it('never changes without an event on its case', async () => {
      const claim = newClaim(newCaseId());
      await expect(journal().store.append(newAppend({ organisation, claims: [claim] }))).rejects.toThrow(InvalidAppend);
    });
  });

  describe('renewing a lease', () => {
    it('moves the end of a live lease, by the clock of the store, and never back', async () => {
      const claim = newClaim(newCaseId(), { leaseEndsAt: await later(60_000) });
      await put(0, [claim]);
      const before = await now();
      const leaseEndsAt = await journal().store.renewLease({ organisation, ...claim, leaseMs: 120_000 });
      const after = await now();
      expect(leaseEndsAt).toBeGreaterThanOrEqual(before + 120_000);
      expect(leaseEndsAt).toBeLessThanOrEqual(after + 120_000);
      expect(await stored(claim)).toEqual([{ ...claim, leaseEndsAt }]);
      await expect(journal().store.renewLease({ organisation, ...claim, leaseMs: 1 })).resolves.toBe(leaseEndsAt);
    });

    it('is refused once the lease has ended', async () => {
      const claim = newClaim(newCaseId(), { leaseEndsAt: await now() });
      await put(0, [claim]);
      await expect(journal().store.renewLease({ organisation, ...claim, leaseMs: dayMs })).resolves.toBeUndefined();
      expect(await stored(claim)).toEqual([claim]);
    });

    it('is refused to another claim, another organisation and any status but held', async () => {
      const claim = newClaim(newCaseId(), { leaseEndsAt: await later(60_000) });
      await put(0, [claim]);
      const { store } = journal();
      const stale = { organisation, ...claim, claimId: newId() as ClaimId, leaseMs: 1_000 };
      await expect(store.renewLease(stale)).resolves.toBeUndefined();
      const intruder = { ...claim, organisation: newOrganisation(), leaseMs: 1_000 };
      await expect(store.renewLease(intruder)).resolves.toBeUndefined();
      await put(1, [{ ...claim, status: 'submitted' }]);
      await expect(store.renewLease({ organisation, ...claim, leaseMs: 1_000 })).resolves.toBeUndefined();
    });

    it.each([1, 2])(
      'between a decision and its append is a conflict for whoever counted on the lease (%d claims)',
      async (n) => {
        const caseId = newCaseId();
        const claim = newClaim(caseId, { leaseEndsAt: await later(60_000) });
        await put(0, [claim]);
        const seen = await stored(claim);
        await journal().store.renewLease({ organisation, ...claim, leaseMs: 120_000 });
        const taking: [Claim, ...Claim[]] = [
          newClaim(caseId),
          ...Array.from({ length: n - 1 }, () => newClaim(caseId)),
        ];
        await expect(put(1, taking, seen)).resolves.toMatchObject({ kind: 'conflict', actualVersion: 1 });
        await expect(put(1, taking, await stored(claim))).resolves.toMatchObject({ kind: 'appended' });
      },
    );
  });
}
