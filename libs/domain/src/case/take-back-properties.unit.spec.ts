import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../decider.ts';
import type { AnnotatorId } from '../identifiers.ts';
import type { Annotation } from './annotation.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import {
  isGiven,
  readsPerCase,
  restoreOf,
  revisionGiven,
  rulesOf,
  steps,
  type World,
  worldAfter,
  worldsOf,
} from './case-worlds.spec.ts';

/* What is taken back and brought back, told from the events alone: by what an auditor would count, not by the state. */

/** What counts of each reader. */
function contentsOf(events: readonly CaseEvent[]): ReadonlyMap<AnnotatorId, Annotation> {
  const contents = new Map<AnnotatorId, Annotation>();
  for (const event of events) {
    if (isGiven(event)) contents.set(event.annotatorId, event.annotation);
    else if (event.type === 'annotationWithdrawn' || event.type === 'annotationOutdated')
      contents.delete(event.annotatorId);
  }
  return contents;
}

const lastWorld = (reads: number, script: Parameters<typeof worldsOf>[1]): World => {
  const last = [...worldsOf(reads, script)].at(-1)?.before;
  if (last === undefined) throw new Error('a script has an end');
  return last;
};

const accepted = (world: World, command: CaseCommand): World => {
  const decision = medicalCase.decide(command, world.state);
  if (!decision.ok) throw new Error(decision.refusal.code);
  return worldAfter(world, decision.events);
};

describe('any history with things taken back', () => {
  it('says that reads are complete only when exactly the wanted ones count, and opens them before it says so again', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        const { events } = lastWorld(reads, script);
        let completedAt: number | undefined;
        let wanted = reads;
        for (const [index, event] of events.entries()) {
          if (event.type === 'readsReopened') {
            expect(event.completedAtVersion).toBe(completedAt);
            completedAt = undefined;
          }
          if (event.type === 'extraReadRequested') {
            completedAt = undefined;
            wanted += 1;
          }
          if (event.type !== 'readsCompleted') continue;
          expect(completedAt).toBeUndefined();
          completedAt = index + 1;
          const state = fold(medicalCase, events.slice(0, index));
          const counting = state.status === 'unknown' ? [] : [...state.reads.values()];
          expect(event.readIds).toEqual(
            counting.flatMap((read) => (read.status === 'submitted' ? [read.readId] : [])).sort(),
          );
          expect(contentsOf(events.slice(0, index)).size).toBe(wanted);
          expect(event.readIds).toHaveLength(wanted);
        }
      }),
    );
  });

  it('answers the newest completion only, once, and never while the reads are open', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        let due: number | undefined;
        for (const [index, event] of lastWorld(reads, script).events.entries()) {
          if (event.type === 'readsCompleted') due = index + 1;
          if (event.type === 'readsReopened' || event.type === 'extraReadRequested') due = undefined;
          if (event.type !== 'consensusReached' && event.type !== 'disagreementFound') continue;
          expect(event.consensus.basedOnVersion).toBe(due);
          due = undefined;
        }
      }),
    );
  });

  it('shows no consensus of contents that have changed since', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before } of worldsOf(reads, script)) {
          const { state, events } = before;
          if (state.status !== 'settled' && state.status !== 'disputed') continue;
          expect(contentsOf(events)).toEqual(contentsOf(events.slice(0, state.completedAtVersion)));
        }
      }),
    );
  });

  it('gives each revision of a reader once, without a gap', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        const given = Map.groupBy(lastWorld(reads, script).events.filter(isGiven), (event) => event.annotatorId);
        for (const events of given.values()) {
          expect(events.map(revisionGiven)).toEqual(events.map((_, index) => index + 1));
        }
      }),
    );
  });

  it('has nothing in a withdrawn case but its return', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        const { events } = lastWorld(reads, script);
        for (const [index, event] of events.entries()) {
          if (event.type !== 'caseWithdrawn') continue;
          expect(events[index + 1]?.type ?? 'caseReinstated').toBe('caseReinstated');
        }
      }),
    );
  });
});

/** What is withdrawn or final must be brought back before anything in it is. */
const isClosed = ({ status }: World['state']): boolean => ['withdrawn', 'excluded', 'finalised'].includes(status);

const statusByReads = ({ state, events }: World, reads: number): string =>
  state.status !== 'unknown' && contentsOf(events).size === reads + state.extraReads ? 'awaitingConsensus' : 'reading';

describe('what was taken back', () => {
  it('comes back with the same content and the same status of the reads', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before } of worldsOf(reads, script)) {
          const { state } = before;
          if (state.status === 'unknown' || isClosed(state)) continue;
          for (const [annotatorId, read] of state.reads) {
            if (read.status !== 'submitted') continue;
            const { revision } = read;
            const without = accepted(before, {
              type: 'withdrawAnnotation',
              annotatorId,
              revision,
              protocol: rulesOf(before),
            });
            expect(without.state.status).toBe('reading');
            expect(contentsOf(without.events).has(annotatorId)).toBe(false);
            const back = accepted(without, restoreOf(without, annotatorId, revision));
            expect(contentsOf(back.events)).toEqual(contentsOf(before.events));
            expect(back.state.status).toBe(statusByReads(before, reads));
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('as a whole case comes back with all that counted', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before } of worldsOf(reads, script)) {
          if (isClosed(before.state)) continue;
          const { at, leases } = before;
          const gone = accepted(before, { type: 'withdrawCase', withReads: true, at: at as never, leases });
          expect(gone.leases.filter(({ endsAt }) => at < endsAt)).toEqual([]);
          const back = accepted(gone, { type: 'reinstateCase', protocol: rulesOf(gone) });
          expect(contentsOf(back.events)).toEqual(contentsOf(before.events));
          expect(back.state.status).toBe(statusByReads(before, reads));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is restored over what counts, too: the newer gives way and a consensus with it', () => {
    let restored = 0;
    for (const [reads, script] of fc.sample(fc.tuple(readsPerCase, steps), { numRuns: 6_000, seed: 11 })) {
      for (const { before, command, decision } of worldsOf(reads, script)) {
        if (command?.type !== 'restoreAnnotation' || decision?.ok !== true || decision.events.length === 0) continue;
        const amended = decision.events.find((event) => event.type === 'annotationAmended');
        if (amended?.wasWithdrawn !== false) continue;
        restored += 1;
        const after = worldAfter(before, decision.events);
        expect(contentsOf(after.events).size).toBe(contentsOf(before.events).size);
        expect(contentsOf(after.events).get(command.annotatorId)).toEqual(command.annotation);
        if (after.state.status !== 'reading') expect(after.state.status).toBe('awaitingConsensus');
      }
    }
    expect(restored).toBeGreaterThan(5);
  });
});
