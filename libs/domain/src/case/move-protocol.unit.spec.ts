import { describe, expect, it } from '@jest/globals';
import { instant } from '@consilium/testing';
import fc from 'fast-check';
import { medicalCase } from './case.ts';
import type { CaseCommand } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { isLive, readsWanted } from './case-reads.ts';
import { isGiven, readsPerCase, rulesOf, steps, type World, worldAfter, worldsOf } from './case-worlds.spec.ts';

const moveTo = (protocolVersion: number, reads: number, world: World): CaseCommand => ({
  type: 'moveCaseProtocol',
  protocolVersion,
  protocol: rulesOf({ ...world, readsPerCase: reads }),
  at: instant(world.at),
  leases: world.leases,
});

const lastOf = (reads: number, script: Parameters<typeof worldsOf>[1], from?: World): World => {
  const last = [...worldsOf(reads, script, from)].at(-1)?.before;
  if (last === undefined) throw new Error('a script has an end');
  return last;
};

const known = ({ state }: World): Exclude<World['state'], { readonly status: 'unknown' }> => {
  if (state.status === 'unknown') throw new Error('the case was imported');
  return state;
};

const counting = (world: World): readonly string[] =>
  [...known(world).reads].flatMap(([annotatorId, read]) => (read.status === 'submitted' ? [annotatorId] : []));

const moved = (world: World, protocolVersion: number, reads: number): readonly CaseEvent[] => {
  const decision = medicalCase.decide(moveTo(protocolVersion, reads, world), world.state);
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision.events;
};

/** Where nothing is moved, and why. */
const endCodes: ReadonlyMap<string, string> = new Map([
  ['withdrawn', 'CASE_WITHDRAWN'],
  ['excluded', 'CASE_EXCLUDED'],
  ['adjudicated', 'CASE_FINALISED'],
  ['finalised', 'CASE_FINALISED'],
]);
const isAtEnd = ({ state }: World): boolean => endCodes.has(state.status);

/** By the rules that want so many at first, and of another read what was asked for. */
const isEnough = (world: World, reads: number): boolean =>
  counting(world).length >= readsWanted(known(world), rulesOf({ ...world, readsPerCase: reads }));

describe('a case that is moved to another version of the protocol', () => {
  it('goes by it from then on, with all that counted, and is complete when as many count as that version wants', () => {
    fc.assert(
      fc.property(readsPerCase, readsPerCase, steps, (reads, wanted, script) => {
        const before = lastOf(reads, script);
        if (isAtEnd(before)) return;
        const events = moved(before, 2, wanted);
        const after = worldAfter(before, events);
        expect(after.state).toMatchObject({ protocolVersion: 2 });
        expect(counting(after)).toEqual(counting(before));
        expect(events.some(isGiven)).toBe(false);
        expect(after.state.status).toBe(isEnough(before, wanted) ? 'awaitingConsensus' : 'reading');
        // What held of the case holds no longer, in any case: a consensus by another gate may be another.
        const opening = events.some(({ type }) => type === 'readsReopened' || type === 'caseReopened');
        expect(opening).toBe(before.state.status !== 'reading');
        const completed = events.find((event) => event.type === 'readsCompleted');
        if (completed !== undefined) expect(completed.readIds).toHaveLength(counting(before).length);
      }),
    );
  });

  it('is held by nobody then, and what becomes of a claim does not depend on the reads of others', () => {
    fc.assert(
      fc.property(readsPerCase, readsPerCase, steps, (reads, wanted, script) => {
        const before = lastOf(reads, script);
        if (isAtEnd(before)) return;
        const events = moved(before, 2, wanted);
        const leases = { at: instant(before.at), leases: before.leases };
        const ended = [...known(before).reads].flatMap(([annotatorId, read]) =>
          read.status === 'held' ? [[annotatorId, isLive(read, leases) ? 'readReleased' : 'readExpired']] : [],
        );
        // A claim of gold that ran out holds nothing, so nothing ends it.
        for (const [annotatorId, read] of known(before).goldReads) {
          if (read.status === 'held' && isLive(read, leases)) ended.push([annotatorId, 'goldReleased']);
        }
        const told = events.flatMap((event) =>
          event.type === 'readReleased' || event.type === 'readExpired' || event.type === 'goldReleased'
            ? [[event.annotatorId, event.type]]
            : [],
        );
        expect(told.sort()).toEqual(ended.sort());
        const after = worldAfter(before, events);
        expect([...known(after).reads.values()].filter(({ status }) => status === 'held')).toEqual([]);
        expect(after.leases.filter(({ endsAt }) => before.at < endsAt)).toEqual([]);
      }),
    );
  });

  it('goes on by the new version: as many read as it wants, and complete means that they are there', () => {
    fc.assert(
      fc.property(readsPerCase, readsPerCase, steps, steps, (reads, wanted, script, rest) => {
        const before = lastOf(reads, script);
        if (isAtEnd(before)) return;
        const there = worldAfter(before, moved(before, 2, wanted));
        // One more than at first may be asked for.
        const surplus = Math.max(wanted + 1, counting(there).length);
        for (const { before: world } of worldsOf(wanted, rest, there)) {
          const taken = [...known(world).reads.values()].filter(({ status }) => ['held', 'submitted'].includes(status));
          expect(taken.length).toBeLessThanOrEqual(surplus);
          // Where reads are open, not enough of them count: a case that nobody may read any more does not wait for a read.
          if (world.state.status === 'reading') expect(isEnough(world, wanted)).toBe(false);
        }
      }),
    );
  });

  it('comes back to where it was when it is moved back', () => {
    fc.assert(
      fc.property(readsPerCase, readsPerCase, steps, (reads, wanted, script) => {
        const before = lastOf(reads, script);
        if (isAtEnd(before)) return;
        const there = worldAfter(before, moved(before, 2, wanted));
        const back = worldAfter(there, moved(there, 1, reads));
        expect(back.state).toMatchObject({ protocolVersion: 1 });
        expect(counting(back)).toEqual(counting(before));
        expect(back.state.status).toBe(isEnough(before, reads) ? 'awaitingConsensus' : 'reading');
      }),
    );
  });

  it('is refused where it goes by that version, is withdrawn, or people have decided it', () => {
    const refusals = new Set<string>();
    for (const [reads, script] of fc.sample(fc.tuple(readsPerCase, steps), { numRuns: 800, seed: 5 })) {
      for (const { before } of worldsOf(reads, script)) {
        const same = medicalCase.decide(moveTo(1, reads, before), before.state);
        const other = medicalCase.decide(moveTo(2, reads, before), before.state);
        expect(same).toMatchObject({
          ok: false,
          refusal: { code: endCodes.get(before.state.status) ?? 'PROTOCOL_UNCHANGED' },
        });
        expect(other.ok).toBe(!isAtEnd(before));
        if (!same.ok) refusals.add(same.refusal.code);
      }
    }
    expect([...refusals].sort()).toEqual(['CASE_EXCLUDED', 'CASE_FINALISED', 'CASE_WITHDRAWN', 'PROTOCOL_UNCHANGED']);
  });
});
