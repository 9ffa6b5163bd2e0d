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
import type { AnnotatorId } from '../identifiers.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand, Lease } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { CaseState } from './case-state.ts';

/*
 * Random commands of five annotators at times that also go past leases, some renewed, against a case that wants up to
 * three reads. The model of the store is a list of leases, kept as the event store keeps them: granted by readClaimed,
 * moved by renewals, gone with the end of the claim.
 */
export type Step =
  | { readonly do: 'claim' | 'release' | 'skip' | 'submit' | 'renew'; readonly who: number; readonly claim: number }
  | { readonly do: 'withdraw' | 'restore'; readonly who: number; readonly revision: number }
  | { readonly do: 'withdrawCase'; readonly withReads: boolean }
  | { readonly do: 'reinstate' }
  | { readonly do: 'consensus'; readonly version: number };

export const steps: fc.Arbitrary<readonly { readonly step: Step; readonly afterMs: number }[]> = fc.array(
  fc.record({
    step: fc.oneof(
      {
        weight: 14,
        arbitrary: fc.record({
          do: fc.constantFrom('claim', 'claim', 'claim', 'submit', 'submit', 'submit', 'release', 'skip', 'renew'),
          who: fc.nat(4),
          claim: fc.nat(1),
        }),
      },
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constantFrom('withdraw', 'restore'),
          who: fc.nat(4),
          revision: fc.integer({ min: 0, max: 4 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('consensus'), version: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('withdrawCase'), withReads: fc.boolean() }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('reinstate') }) },
    ),
    afterMs: fc.constantFrom(0, 0, 0, 1, 1, 1, 1, 400, 1_000),
  }),
  { maxLength: 60, size: 'max' },
);

export interface World {
  readonly readsPerCase: number;
  readonly at: number;
  readonly leases: readonly Lease[];
  readonly events: readonly CaseEvent[];
  readonly state: CaseState;
}

/** Most steps are aimed at a reader of whom something can come; a random one among five seldom holds or has read anything. */
function aimed(step: Step, { state }: World): Step {
  if (state.status === 'unknown' || !('who' in step) || step.do === 'claim' || step.do === 'renew') return step;
  if ('claim' in step && step.claim > 0) return step;
  const wanted = [0, 1, 2, 3, 4].filter((who) => {
    const read = state.reads.get(annotatorId(who));
    if (step.do === 'withdraw') return read?.status === 'submitted';
    return step.do === 'restore' ? (read?.revision ?? 0) > 0 : read?.status === 'held';
  });
  return { ...step, who: wanted[step.who % Math.max(1, wanted.length)] ?? step.who };
}

const commandOf = (chosen: Step, world: World): CaseCommand => {
  const step = aimed(chosen, world);
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
  const leases = { at: instant(world.at), leases: world.leases };
  switch (step.do) {
    case 'withdraw':
      return { type: 'withdrawAnnotation', annotatorId: annotatorId(step.who), revision: revisionOf(step, world) };
    case 'restore':
      return restoreOf(world, annotatorId(step.who), revisionOf(step, world));
    case 'withdrawCase':
      return { type: 'withdrawCase', withReads: step.withReads, ...leases };
    case 'reinstate':
      return { type: 'reinstateCase', protocol };
    case 'claim':
    case 'release':
    case 'renew':
    case 'skip':
    case 'submit':
      return readCommandOf(step, world);
  }
};

/** Mostly the newest of that reader, so that something comes of it. */
const revisionOf = (
  { who, revision }: { readonly who: number; readonly revision: number },
  { state }: World,
): number =>
  revision > 1 ? revision - 1 : state.status === 'unknown' ? 0 : (state.reads.get(annotatorId(who))?.revision ?? 0);

type Given = Extract<CaseEvent, { readonly type: 'annotationSubmitted' | 'annotationAmended' }>;
export const isGiven = (event: CaseEvent): event is Given =>
  event.type === 'annotationSubmitted' || event.type === 'annotationAmended';

/** As the use case does it: the content, and its ids, from the event that gave it. */
export function restoreOf(world: World, reader: AnnotatorId, revision: number): CaseCommand {
  const given = world.events.find(
    (event): event is Given => isGiven(event) && event.annotatorId === reader && event.revision === revision,
  );
  return {
    type: 'restoreAnnotation',
    readId: given?.readId ?? readId(99),
    annotatorId: reader,
    claimId: given?.claimId ?? claimId(99),
    annotationId: given?.annotationId ?? annotationId(99),
    revision,
    annotation: given?.annotation ?? { ...nothingThere, regions: [] },
    protocol: sampleProtocol({ readsPerCase: world.readsPerCase }),
    at: instant(world.at),
    leases: world.leases,
  };
}

const readCommandOf = (step: Extract<Step, { readonly claim: number }>, world: World): CaseCommand => {
  const protocol = sampleProtocol({ readsPerCase: world.readsPerCase });
  const own = world.state.status === 'unknown' ? undefined : world.state.reads.get(annotatorId(step.who));
  const held = own?.status === 'held' ? own.claimId : undefined;
  const read = {
    annotatorId: annotatorId(step.who),
    claimId: step.do === 'claim' || step.claim > 0 || held === undefined ? claimId(step.who * 10 + step.claim) : held,
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
        annotationId: annotationId(step.who * 1_000 + world.events.length),
        revision: 0,
        // No two submissions say the same.
        draft: { ...nothingThere, imageQualityFlags: [flagAt(world.events.length)] },
        protocol: { ...protocol, imageQualityFlags: [flagAt(world.events.length)] },
      };
  }
};

const flagAt = (events: number): string => `flag ${String(events)}`;

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

export interface Moment {
  readonly before: World;
  readonly command: CaseCommand | undefined;
  readonly decision: ReturnType<typeof medicalCase.decide> | undefined;
}

export const worldAfter = (world: World, events: readonly CaseEvent[]): World => ({
  ...world,
  leases: events.reduce(leasesAfter, world.leases),
  events: [...world.events, ...events],
  state: events.reduce(medicalCase.evolve, world.state),
});

/** Every moment of a script, and the last without a command. */
export function* worldsOf(
  readsPerCase: number,
  script: readonly { readonly step: Step; readonly afterMs: number }[],
): Generator<Moment> {
  const first: CaseEvent = { type: 'caseImported', ...sampleCase() };
  let world: World = { readsPerCase, at: 0, leases: [], events: [first], state: fold(medicalCase, [first]) };
  for (const { step, afterMs } of script) {
    world = { ...world, at: world.at + afterMs };
    const command = commandOf(step, world);
    const decision = medicalCase.decide(command, world.state);
    yield { before: world, command, decision };
    const events = decision.ok && step.do !== 'renew' ? decision.events : [];
    world = worldAfter(world, events);
    world = { ...world, leases: renewed(world.leases, step, world.at) };
  }
  yield { before: world, command: undefined, decision: undefined };
}

export const readsPerCase: fc.Arbitrary<number> = fc.integer({ min: 1, max: 3 });
