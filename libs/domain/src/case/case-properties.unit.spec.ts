import { describe, expect, it } from '@jest/globals';
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
import fc from 'fast-check';
import { fold } from '../decider.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand, Lease } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { CaseState } from './case-state.ts';

/*
 * Random commands of five annotators at times that also go past leases, some renewed, against a case that wants up to
 * three reads. The model of the store is a list of leases, kept as the event store keeps them: granted by readClaimed,
 * moved by renewals, gone with the end of the claim.
 */
type Step =
  | { readonly do: 'claim' | 'release' | 'skip' | 'submit' | 'renew'; readonly who: number; readonly claim: number }
  | { readonly do: 'consensus'; readonly version: number };

const steps = fc.array(
  fc.record({
    step: fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constantFrom('claim', 'claim', 'submit', 'submit', 'release', 'skip', 'renew'),
          who: fc.nat(4),
          claim: fc.nat(1),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('consensus'), version: fc.nat(20) }) },
    ),
    afterMs: fc.constantFrom(0, 1, 400, 1_000),
  }),
  { maxLength: 60, size: 'max' },
);

interface World {
  readonly readsPerCase: number;
  readonly at: number;
  readonly leases: readonly Lease[];
  readonly events: readonly CaseEvent[];
  readonly state: CaseState;
}

const commandOf = (step: Step, world: World): CaseCommand => {
  const protocol = sampleProtocol({ readsPerCase: world.readsPerCase });
  if (step.do === 'consensus') {
    const state = world.state;
    return {
      type: 'recordConsensus',
      outcome: step.version % 2 === 0 ? 'settled' : 'disputed',
      consensus: {
        consensusId: consensusId(1),
        basedOnVersion:
          state.status === 'awaitingConsensus' && step.version > 4 ? state.completedAtVersion : step.version,
        readIds: [],
        method: { name: 'majority', version: '1', parameters: {} },
        regions: [],
        sentences: [],
        matching: { summedIou: 0, exact: true, gap: 0 },
      },
    };
  }
  const read = {
    annotatorId: annotatorId(step.who),
    claimId: claimId(step.who * 10 + step.claim),
    at: instant(world.at),
    leases: world.leases,
  };
  switch (step.do) {
    case 'claim':
    case 'renew':
      return { type: 'claimRead', ...read, readId: readId(step.who), protocol };
    case 'release':
      return { type: 'releaseRead', ...read };
    case 'skip':
      return { type: 'skipRead', ...read, reason: 'other' };
    case 'submit':
      return {
        type: 'submitAnnotation',
        ...read,
        annotationId: annotationId(step.who),
        revision: 0,
        draft: nothingThere,
        protocol,
      };
  }
};

const leasesAfter = (leases: readonly Lease[], event: CaseEvent): readonly Lease[] => {
  if (!('claimId' in event)) return leases;
  const others = leases.filter((lease) => lease.claimId !== event.claimId);
  return event.type === 'readClaimed'
    ? [...others, { claimId: event.claimId, annotatorId: event.annotatorId, endsAt: event.leaseEndsAt }]
    : others;
};

const renewed = (leases: readonly Lease[], step: Step, at: number): readonly Lease[] =>
  step.do !== 'renew'
    ? leases
    : leases.map((lease) =>
        lease.annotatorId === annotatorId(step.who) && at < lease.endsAt
          ? { ...lease, endsAt: instant(at + 1_000) }
          : lease,
      );

function* worldsOf(readsPerCase: number, script: readonly { readonly step: Step; readonly afterMs: number }[]) {
  const first: CaseEvent = { type: 'caseImported', ...sampleCase() };
  let world: World = { readsPerCase, at: 0, leases: [], events: [first], state: fold(medicalCase, [first]) };
  for (const { step, afterMs } of script) {
    world = { ...world, at: world.at + afterMs };
    const command = commandOf(step, world);
    const decision = medicalCase.decide(command, world.state);
    yield { before: world, command, decision };
    const events = decision.ok && step.do !== 'renew' ? decision.events : [];
    world = {
      ...world,
      leases: renewed(events.reduce(leasesAfter, world.leases), step, world.at),
      events: [...world.events, ...events],
      state: events.reduce(medicalCase.evolve, world.state),
    };
  }
  yield { before: world, command: undefined, decision: undefined };
}

const readStatuses = (state: CaseState): readonly string[] =>
  state.status === 'unknown' ? [] : [...state.reads.values()].map(({ status }) => status);
const readsPerCase = fc.integer({ min: 1, max: 3 });

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

  it('completes the reads at most once, exactly with the last wanted submission, and is answered at most once', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        const events = [...worldsOf(reads, script)].at(-1)?.before.events ?? [];
        const placesOf = (...types: readonly CaseEvent['type'][]) =>
          events.flatMap((event, index) => (types.includes(event.type) ? [index] : []));
        const submissions = placesOf('annotationSubmitted');
        const completions = placesOf('readsCompleted');
        expect(completions).toEqual(submissions.length === reads ? [(submissions.at(-1) ?? 0) + 1] : []);
        const answers = placesOf('consensusReached', 'disagreementFound');
        expect(answers.length).toBeLessThanOrEqual(completions.length);
      }),
    );
  });

  it('takes a submission only under a live lease of the same claim, and one from each annotator', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        const done = new Set<string>();
        for (const { before, command, decision } of worldsOf(reads, script)) {
          if (command?.type !== 'submitAnnotation' || decision?.ok !== true) continue;
          const held = before.leases.find(({ claimId: id }) => id === command.claimId);
          expect(held?.annotatorId).toBe(command.annotatorId);
          expect(command.at).toBeLessThan(held?.endsAt ?? 0);
          expect(done.has(command.annotatorId)).toBe(false);
          done.add(command.annotatorId);
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
      'annotationSubmitted',
      'caseImported',
      'consensusReached',
      'disagreementFound',
      'readClaimed',
      'readExpired',
      'readReleased',
      'readSkipped',
      'readsCompleted',
    ]);
  });
});
