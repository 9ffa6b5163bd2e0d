import { adjudicationId, annotationId, annotatorId, claimId, instant, nothingThere, readId } from '@consilium/testing';
import { medicalCase } from './case.ts';
import type { CaseCommand } from './case-commands.ts';
import type { CaseState } from './case-state.ts';
import {
  consensusCommand,
  ownReadOf,
  reviewCommandOf,
  rulesOf,
  seatCommandOf,
  type World,
  worldAfter,
} from './case-worlds.spec.ts';

/** More than any case needs: reads, an adjudication of three and a lead, and their claims. */
const mostSteps = 60;
const ended: readonly CaseState['status'][] = ['finalised', 'excluded', 'withdrawn'];

/**
 * Where a case is when its people have done what each of them may: annotators read it while it takes reads, the consensus is
 * recorded, adjudicators and then a lead take their seats, and a lead steps in where nobody is left. Long after every lease.
 */
export function statusAtEnd(start: World): CaseState['status'] {
  let world: World = { ...start, at: start.at + 1_000_000 };
  for (let step = 0; step < mostSteps && !ended.includes(world.state.status); step += 1) {
    const events = attemptsAt(world).find((made) => made.length > 0);
    if (events === undefined) return world.state.status;
    world = { ...worldAfter(world, events), at: world.at + 1 };
  }
  return world.state.status;
}

/** What somebody may do at this point, in the order of preference, each as the events that come of it. */
function attemptsAt(world: World) {
  return nextCommands(world).map((command) => {
    const decision = medicalCase.decide(command, world.state);
    return decision.ok ? decision.events : [];
  });
}

const everybody = Array.from({ length: 10 }, (_, who) => who);

function nextCommands(world: World): readonly CaseCommand[] {
  const { state } = world;
  const protocol = rulesOf(world);
  const leases = { at: instant(world.at), leases: world.leases };
  const request: CaseCommand = {
    type: 'requestAdjudication',
    adjudicationId: adjudicationId(world.events.length),
    protocol,
    ...leases,
  };
  switch (state.status) {
    case 'unknown':
    case 'finalised':
    case 'excluded':
    case 'withdrawn':
      return [];
    case 'reading':
      return [
        ...everybody.flatMap((who) => submissionOf(world, who)),
        // Annotators alone, as who decides must not have read. Whoever holds the case since before its sentences changed claims it again.
        ...[0, 1, 2, 3, 4].map((who): CaseCommand => ({
          type: 'claimRead',
          annotatorId: annotatorId(who),
          readId: readId(who),
          claimId: claimId(10_000 + world.events.length),
          protocol,
          ...leases,
        })),
        request,
      ];
    case 'awaitingConsensus':
      return [consensusCommand(world, state.completedAtVersion, world.events.length)];
    case 'disputed':
      return [request];
    case 'adjudicating':
      return [
        // Those who hold a live seat vote; else somebody takes one, of those who never had a part, a lead last.
        ...everybody.map((who) =>
          seatCommandOf({ do: 'vote', who, option: who % 2 === 0 ? 'present' : 'absent' }, world),
        ),
        ...[...everybody, 20, 21, 22, 23, 24].map((who) =>
          seatCommandOf({ do: 'seat', who, option: 'present' }, world),
        ),
        ...[20, 21, 22, 23, 24].map((who) => seatCommandOf({ do: 'vote', who, option: 'present' }, world)),
        ...[30, 31].map(
          (who): CaseCommand =>
            ({ ...seatCommandOf({ do: 'seat', who, option: 'present' }, world), role: 'lead' }) as CaseCommand,
        ),
        ...[30, 31].map((who) => seatCommandOf({ do: 'vote', who, option: 'absent' }, world)),
      ];
    case 'settled':
    case 'adjudicated':
      return [
        { type: 'finaliseCase' },
        // What was called an unfaithful translation is looked at once more.
        ...[...state.translationQuestions.values()].map((about): CaseCommand => ({
          type: 'confirmTranslation',
          ...about,
        })),
        // It waits for its reviews: those who hold one say, else somebody takes one, and a lead waives what is left.
        ...everybody.map((who) => reviewCommandOf({ do: 'review', who, outcome: 'accepted' }, world)),
        ...everybody.map((who) => reviewCommandOf({ do: 'takeReview', who, outcome: 'accepted' }, world)),
        ...[...state.reviews.keys()].map((open): CaseCommand => ({ type: 'waiveReview', reviewId: open })),
      ];
  }
}

function submissionOf(world: World, who: number): readonly CaseCommand[] {
  const { state } = world;
  const own = state.status === 'unknown' ? undefined : ownReadOf(state, who);
  if (own?.status !== 'held') return [];
  return [
    {
      type: 'submitAnnotation',
      annotatorId: annotatorId(who),
      claimId: own.claimId,
      annotationId: annotationId(200_000 + world.events.length),
      revision: 0,
      draft: nothingThere,
      protocol: rulesOf(world),
      at: instant(world.at),
      leases: world.leases,
    },
  ];
}
