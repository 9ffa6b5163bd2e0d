import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../decider.ts';
import { medicalCase } from './case.ts';
import type { CaseState } from './case-state.ts';
import { readsPerCase, steps, worldsOf } from './case-worlds.spec.ts';

const readStatuses = (state: CaseState): readonly string[] =>
  state.status === 'unknown' ? [] : [...state.reads.values()].map(({ status }) => status);

describe('any history that was accepted', () => {
  it('folds again to the same state, its version the number of its events', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before } of worldsOf(reads, script)) {
          expect(fold(medicalCase, before.events)).toEqual(before.state);
          expect(before.state).toMatchObject({ version: before.events.length });
        }
      }),
    );
  });

  it('never has more annotators holding or done than the protocol wants', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before } of worldsOf(reads, script)) {
          const taken = readStatuses(before.state).filter((status) => status === 'held' || status === 'submitted');
          expect(taken.length).toBeLessThanOrEqual(reads);
        }
      }),
    );
  });

  it('has complete reads exactly while as many count as the protocol wants', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before } of worldsOf(reads, script)) {
          if (before.state.status === 'withdrawn') continue;
          const counting = readStatuses(before.state).filter((status) => status === 'submitted');
          expect(before.state.status !== 'reading').toBe(counting.length === reads);
        }
      }),
    );
  });

  it('takes a submission only under a live lease of the same claim, and none beside one that counts', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before, command, decision } of worldsOf(reads, script)) {
          if (command?.type !== 'submitAnnotation' || decision?.ok !== true) continue;
          const held = before.leases.find(({ claimId: id }) => id === command.claimId);
          expect(held?.annotatorId).toBe(command.annotatorId);
          expect(command.at).toBeLessThan(held?.endsAt ?? 0);
          const own = before.state.status === 'unknown' ? undefined : before.state.reads.get(command.annotatorId);
          expect(own?.status).toBe('held');
        }
      }),
    );
  });

  it('gives the same answer when asked twice', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before, command, decision } of worldsOf(reads, script)) {
          if (command !== undefined) expect(medicalCase.decide(command, before.state)).toEqual(decision);
        }
      }),
    );
  });

  it('meets every kind of event in these scripts', () => {
    const seen = new Set<string>();
    for (const [reads, script] of fc.sample(fc.tuple(readsPerCase, steps), { numRuns: 400, seed: 7 })) {
      for (const event of [...worldsOf(reads, script)].at(-1)?.before.events ?? []) seen.add(event.type);
    }
    expect([...seen].sort()).toEqual([
      'annotationAmended',
      'annotationSubmitted',
      'annotationWithdrawn',
      'caseImported',
      'caseReinstated',
      'caseWithdrawn',
      'consensusReached',
      'disagreementFound',
      'readClaimed',
      'readExpired',
      'readReleased',
      'readSkipped',
      'readsCompleted',
      'readsReopened',
    ]);
  });
});
