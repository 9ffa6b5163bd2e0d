import { describe, expect, it } from '@jest/globals';
import { instant } from '@consilium/testing';
import fc from 'fast-check';
import { fold } from '../decider.ts';
import { medicalCase } from './case.ts';
import { countingOrHeld, hasRead, reservedPlaces } from './case-reads.ts';
import type { CaseState, KnownCase } from './case-state.ts';
import type { CaseEvent } from './case-events.ts';
import type { CommentEvent } from './comment.ts';
import { presentSentence } from './sentence.ts';
import { isGiven, readsPerCase, steps, type World, worldsOf } from './case-worlds.spec.ts';
import { statusAtEnd } from './case-end.spec.ts';

const readStatuses = (state: CaseState): readonly string[] =>
  state.status === 'unknown' ? [] : [...state.reads.values()].map(({ status }) => status);

const wantedIn = ({ state }: World, reads: number): number =>
  state.status === 'unknown' ? reads : reads + state.extraReads;

const commentTypes = [
  'threadOpened',
  'commentAdded',
  'commentCorrected',
  'commentRetracted',
  'threadResolved',
  'threadReopened',
] as const;

const isOfThread = (event: CaseEvent): event is CommentEvent => commentTypes.some((type) => type === event.type);

const changesMeaning = (event: CaseEvent): boolean =>
  (event.type === 'sentenceCorrected' && event.change === 'meaning') ||
  ((event.type === 'sentenceSplit' || event.type === 'sentencesMerged') && event.linksTo === null);

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

  it('never has more annotators holding or done than are wanted, nor wants more than the protocol allows', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before } of worldsOf(reads, script)) {
          const taken = readStatuses(before.state).filter((status) => status === 'held' || status === 'submitted');
          expect(taken.length).toBeLessThanOrEqual(wantedIn(before, reads));
          expect(wantedIn(before, reads)).toBeLessThanOrEqual(reads + 1);
        }
      }),
    );
  });

  it('is past reading only with complete reads, unless a lead had it adjudicated, and never reads on with them', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before } of worldsOf(reads, script)) {
          const { status } = before.state;
          const counting = readStatuses(before.state).filter((read) => read === 'submitted').length;
          const isComplete = counting === wantedIn(before, reads);
          if (status === 'reading') expect(isComplete).toBe(false);
          const isByReads = status === 'awaitingConsensus' || status === 'settled' || status === 'disputed';
          if (isByReads) expect(isComplete).toBe(true);
        }
      }),
    );
  });

  it('takes a submission only by the newest claim of its annotator, and none beside one that counts', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before, command, decision } of worldsOf(reads, script)) {
          if (command?.type !== 'submitAnnotation' || decision?.ok !== true) continue;
          const { state } = before;
          const own = state.status === 'unknown' ? undefined : state.reads.get(command.annotatorId);
          expect(own?.status).not.toBe('submitted');
          const ofReader = before.events.filter(
            (event) => 'claimId' in event && event.annotatorId === command.annotatorId,
          );
          // What is recorded about a claim later on makes it no newer.
          const newest = ofReader.findLast(({ type }) => type !== 'readExpired' && type !== 'lateAnnotationDeclined');
          expect(['readClaimed', 'goldClaimed']).toContain(newest?.type);
          expect(newest).toMatchObject({ claimId: command.claimId });
        }
      }),
    );
  });

  it('never lets one person both read and adjudicate a case', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before } of worldsOf(reads, script)) {
          if (before.state.status === 'unknown') continue;
          const { reads: byReader, goldReads, adjudicators } = before.state;
          const both = [...adjudicators].filter((who) => {
            const read = goldReads.get(who) ?? byReader.get(who);
            return read !== undefined && (read.status !== 'open' || read.revision > 0);
          });
          expect(both).toEqual([]);
        }
      }),
    );
  });

  it('goes on as if nobody had been given it as gold', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        const last = [...worldsOf(reads, script)].at(-1)?.before;
        if (last === undefined || last.state.status === 'unknown') return;
        const without = fold(
          medicalCase,
          last.events.filter(({ type }) => !type.startsWith('gold')),
        );
        const { status, reads: given, extraReads, disagreements, decidedBy } = last.state;
        expect(without).toMatchObject({ status, extraReads, disagreements });
        if (without.status !== 'unknown') expect([without.reads, without.decidedBy]).toEqual([given, decidedBy]);
      }),
    );
  });

  it('gives it as gold only while it is, once to each, and to nobody who had a part in it or in its truth', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before, decision } of worldsOf(reads, script)) {
          if (decision?.ok !== true || before.state.status === 'unknown') continue;
          for (const event of decision.events) {
            if (event.type !== 'goldClaimed') continue;
            const { gold, goldReads, reads: byReader, adjudicators } = before.state;
            expect(gold?.isActive).toBe(true);
            expect(gold?.givers.has(event.annotatorId)).toBe(false);
            expect(adjudicators.has(event.annotatorId)).toBe(false);
            expect(byReader.get(event.annotatorId)?.revision ?? 0).toBe(0);
            expect(['submitted', 'skipped']).not.toContain(byReader.get(event.annotatorId)?.status);
            expect(['submitted', 'skipped']).not.toContain(goldReads.get(event.annotatorId)?.status);
          }
        }
      }),
    );
  });

  it('pools only reads that saw sentences of one meaning, the present one', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        const { events = [] } = [...worldsOf(reads, script)].at(-1)?.before ?? {};
        for (const [index, completed] of events.entries()) {
          if (completed.type !== 'readsCompleted') continue;
          const before = events.slice(0, index);
          const changedAt = before.findLastIndex(changesMeaning);
          for (const readId of completed.readIds) {
            const given = before.findLast((event) => isGiven(event) && event.readId === readId);
            const claimId = given !== undefined && isGiven(given) ? given.claimId : undefined;
            const claimedAt = before.findLastIndex(
              (event) =>
                (event.type === 'readClaimed' || event.type === 'externalReadRecorded') && event.claimId === claimId,
            );
            expect(claimedAt).toBeGreaterThan(changedAt);
          }
        }
      }),
    );
  });

  it('finds every link of a read that counts in the sentences of today', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before } of worldsOf(reads, script)) {
          const { state } = before;
          if (state.status === 'unknown') continue;
          for (const read of state.reads.values()) {
            if (read.status !== 'submitted') continue;
            const given = before.events.findLast((event) => isGiven(event) && event.readId === read.readId);
            if (given === undefined || !isGiven(given)) throw new Error('a read counts that was never given');
            for (const { sentence } of given.annotation.findings) {
              if (sentence !== undefined) expect(presentSentence(sentence, state)).toBeDefined();
            }
          }
        }
      }),
    );
  });

  it('never lets one person review a case and read or adjudicate it', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before } of worldsOf(reads, script)) {
          if (before.state.status === 'unknown') continue;
          const { adjudicators, reviewers } = before.state;
          const both = [...reviewers].filter((who) => adjudicators.has(who) || hasRead(who, before.state as KnownCase));
          expect(both).toEqual([]);
        }
      }),
    );
  });

  it('has at most one open review of a read that counts, and none when it is final', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before } of worldsOf(reads, script)) {
          if (before.state.status === 'unknown') continue;
          const counting = [...before.state.reads.values()].filter(({ status }) => status === 'submitted');
          const reviewed = [...before.state.reviews.values()].map(({ readId }) => readId);
          expect(new Set(reviewed).size).toBe(reviewed.length);
          expect(counting.map(({ readId }) => readId)).toEqual(expect.arrayContaining(reviewed));
          if (before.state.status === 'finalised') expect(reviewed).toEqual([]);
        }
      }),
    );
  });

  it('changes in nothing while it is final', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before, decision } of worldsOf(reads, script)) {
          if (before.state.status !== 'finalised' || decision?.ok !== true) continue;
          const [first] = decision.events;
          // What somebody remarks about a case changes nothing in it.
          const may = [
            'caseReopened',
            'caseFlagged',
            'flagResolved',
            'lateAnnotationDeclined',
            'translationConfirmed',
            'readExpired',
            ...commentTypes,
          ];
          if (first !== undefined && !first.type.startsWith('gold')) expect(may).toContain(first.type);
        }
      }),
    );
  });

  it('never gives anybody a place that is kept for somebody else', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before, decision } of worldsOf(reads, script)) {
          const { state, leases } = before;
          if (state.status === 'unknown' || decision?.ok !== true) continue;
          for (const event of decision.events) {
            if (event.type !== 'readClaimed' || state.assigned.has(event.annotatorId)) continue;
            const at = { at: instant(before.at), leases };
            const others = [...countingOrHeld(at, state), ...reservedPlaces(at, state)];
            const without = new Set(others.filter((who) => who !== event.annotatorId));
            expect(without.size).toBeLessThan(wantedIn(before, reads));
          }
        }
      }),
    );
  });

  it('goes on as if nobody had said anything about it', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        const last = [...worldsOf(reads, script)].at(-1)?.before;
        if (last === undefined || last.state.status === 'unknown') return;
        const without = fold(
          medicalCase,
          last.events.filter((event) => !isOfThread(event)),
        );
        const { version: _ours, completedAtVersion: _c, reopenedAtVersion: _r, threads: _t, ...state } = last.state;
        expect(without).toMatchObject(state);
      }),
    );
  });

  it('lets nobody change what another has said, but a moderator who takes it back', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        const saidBy = new Map<string, string>();
        for (const { command, decision } of worldsOf(reads, script)) {
          for (const event of decision?.ok === true ? decision.events : []) {
            if (event.type === 'threadOpened' || event.type === 'commentAdded') {
              saidBy.set(event.commentId, event.annotatorId);
            } else if (event.type === 'commentCorrected' || event.type === 'commentRetracted') {
              expect(event.annotatorId).toBe(saidBy.get(event.commentId));
              const isOwn =
                command !== undefined && 'author' in command && command.author.annotatorId === event.annotatorId;
              const isModerated = command?.type === 'retractComment' && command.mayModerate;
              expect(isOwn || isModerated).toBe(true);
            }
          }
        }
      }),
    );
  });

  it('answers whoever is blinded as if nobody else had said anything', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        for (const { before, command, decision } of worldsOf(reads, script)) {
          if (command === undefined || !('author' in command) || !command.author.isBlinded) continue;
          const { annotatorId } = command.author;
          const alone = before.events.filter((event) => !isOfThread(event) || event.annotatorId === annotatorId);
          expect(medicalCase.decide(command, fold(medicalCase, alone))).toEqual(decision);
        }
      }),
    );
  });

  it('can be brought to an end by those who work on it, from wherever it is', () => {
    fc.assert(
      fc.property(readsPerCase, steps, (reads, script) => {
        const last = [...worldsOf(reads, script)].at(-1)?.before;
        if (last !== undefined) expect(['finalised', 'excluded', 'withdrawn']).toContain(statusAtEnd(last));
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

  // A split needs three members who differ, which chance seldom brings about: `adjudicate.unit.spec.ts` has it.
  it('meets every kind of event but one in these scripts', () => {
    const seen = new Set<string>();
    for (const [reads, script] of fc.sample(fc.tuple(readsPerCase, steps), { numRuns: 4_000, seed: 7 })) {
      for (const event of [...worldsOf(reads, script)].at(-1)?.before.events ?? []) seen.add(event.type);
    }
    seen.delete('panelSplit');
    expect([...seen].sort()).toEqual([
      'adjudicationClaimed',
      'adjudicationDecided',
      'adjudicationExpired',
      'adjudicationOpened',
      'adjudicationReleased',
      'adjudicationVoted',
      'annotationAmended',
      'annotationOutdated',
      'annotationSubmitted',
      'annotationWithdrawn',
      'caseAssigned',
      'caseExcluded',
      'caseFinalised',
      'caseFlagged',
      'caseImported',
      'caseIncluded',
      'caseReinstated',
      'caseReopened',
      'caseUnassigned',
      'caseWithdrawn',
      'commentAdded',
      'commentCorrected',
      'commentRetracted',
      'consensusReached',
      'disagreementFound',
      'externalReadRecorded',
      'extraReadRequested',
      'flagResolved',
      'goldAmended',
      'goldAnswered',
      'goldClaimed',
      'goldCorrected',
      'goldReleased',
      'goldRetired',
      'goldSet',
      'goldSkipped',
      'lateAnnotationAccepted',
      'lateAnnotationDeclined',
      'lateAnnotationKept',
      'readClaimed',
      'readExpired',
      'readPassedOn',
      'readReleased',
      'readSkipped',
      'readsCompleted',
      'readsReopened',
      'reviewClaimed',
      'reviewClosed',
      'reviewExpired',
      'reviewOpened',
      'reviewRecorded',
      'reviewReleased',
      'sentenceCorrected',
      'sentenceSplit',
      'sentencesMerged',
      'threadOpened',
      'threadReopened',
      'threadResolved',
      'translationConfirmed',
      'translationQuestioned',
    ]);
  });
});
