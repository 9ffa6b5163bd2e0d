/**
 * A case: one subject's images, and report if there is one, read independently by several annotators.
 *
 * Invariants
 * - At most as many annotators as reads are wanted (the protocol's first number, and those asked for since) hold a read or have
 *   one that counts at any instant; each has at most one.
 * - A place is kept for whoever is assigned to the case and may still read it: nobody else is given it.
 * - Only the holder of a live lease (half-open: from the claim until just before its end) may submit, release or skip. What is
 *   submitted by a claim that ran out is taken where its place is still free, and else kept without counting.
 * - A read is amended by its annotator alone, and only within the protocol's window from its submission.
 * - A case with an open flag that a patient could be recognised by is claimed by nobody.
 * - `readsCompleted` comes with what makes exactly as many reads count as are wanted. It holds until `readsReopened`, which comes
 *   with every change of those reads; a consensus answers the `readsCompleted` that holds, once.
 * - Whoever has had a seat in an adjudication of a case never reads it, and who has read it never takes a seat.
 * - Whoever has had a review of a case in their hands neither reads nor adjudicates it, and neither readers nor adjudicators of it review it.
 * - A read has at most one review without an outcome, and only while it counts; no case is finalised while it has one.
 * - A finalised case changes in nothing until it is reopened; that it is gold, and what is said of it as gold, is no change of it.
 * - Nothing is read, decided or changed in a withdrawn case but its return, and in an excluded one but that or its withdrawal.
 * - Reads that were given elsewhere come in with their case and never later; they count as reads, and nobody can submit under them.
 * - A case goes by one version of the protocol at a time, and nobody holds a read of it while it is moved to another.
 * - Reads that count are all of the meaning that the sentences have now; what is given of another meaning is refused or outdated.
 * - A gold case is served as gold to whoever had no part in it or in its truth. What they say takes no place, counts for nothing in
 *   the case, and is refused, taken and amended as any read is.
 * - What is said in threads changes nothing of a case but its threads; nobody corrects what somebody else has said, and what was
 *   retracted stays so. For whoever is blinded nobody else has said anything.
 * - `subjectErased` comes once, at any time; reading goes on, without texts.
 */
import { assertNever } from '../assert-never.ts';
import { accept, type Decider, type Decision, refuse } from '../decider.ts';
import type { Instant } from '../identifiers.ts';
import type { CaseCommand, CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { type CaseState, evolveCase, type KnownCase } from './case-state.ts';
import { completedReads, expiredReads, hasSeenReads, isLive, isOfPresentMeaning, isPlaceFree } from './case-reads.ts';
import { amendAnnotation } from './amend.ts';
import { amendGold, answerGold, claimGold, endGold } from './answer-gold.ts';
import { checkAnnotation } from './check-annotation.ts';
import { problemsOfCase } from './check-case.ts';
import { checkExternalReads } from './check-external-reads.ts';
import { assignCase, unassignCase } from './assign-case.ts';
import { claimSeat, releaseSeat, vote } from './adjudicate.ts';
import { commentOnCase } from './comment-on-case.ts';
import { confirmTranslation, correctSentence, mergeSentences, splitSentence } from './change-sentences.ts';
import { finaliseCase, reopenForReading, requestAdjudication } from './finish-case.ts';
import { flagCase, isHeldBack, resolveFlag } from './flag-case.ts';
import { isAnsweringGold, knowsTruth, releasedGold } from './gold-reads.ts';
import { acceptLateAnnotation, declineLateAnnotation, isLate, submitLate } from './late-annotation.ts';
import { claimReview, drawnReview, recordReview, releaseReview, requestReview, waiveReview } from './review-read.ts';
import { recordConsensus } from './settle.ts';
import { moveCaseProtocol } from './move-protocol.ts';
import { excludeCase, includeCase } from './triage.ts';
import { correctGold, retireGold, setGold } from './set-gold.ts';
import { noteOf, reinstateCase, restoreAnnotation, withdrawAnnotation, withdrawCase } from './take-back.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;

export const medicalCase: Decider<CaseCommand, CaseEvent, CaseState, CaseRefusal> = {
  initial: { status: 'unknown' },
  decide,
  evolve: evolveCase,
};

function decide(command: CaseCommand, state: CaseState): CaseDecision {
  if (command.type === 'importCase') return importCase(command, state);
  if (state.status === 'unknown') return refuse({ code: 'CASE_UNKNOWN' });
  switch (command.type) {
    case 'claimRead':
      return claimGold(command, state) ?? claimRead(command, state);
    case 'releaseRead':
    case 'skipRead':
      return isAnsweringGold(command.annotatorId, state) ? endGold(command, state) : endRead(command, state);
    case 'submitAnnotation':
      return isAnsweringGold(command.annotatorId, state)
        ? answerGold(command, state)
        : submitAnnotation(command, state);
    case 'withdrawAnnotation':
      return withdrawAnnotation(command, state);
    case 'restoreAnnotation':
      return restoreAnnotation(command, state);
    case 'withdrawCase':
      return withdrawCase(command, state);
    case 'reinstateCase':
      return reinstateCase(command, state);
    case 'excludeCase':
      return excludeCase(command, state);
    case 'includeCase':
      return includeCase(command, state);
    case 'recordConsensus':
      return recordConsensus(command, state);
    case 'recordScores':
      // Made from the case as it was at one event, so whatever came since changes nothing of them.
      return accept<CaseEvent>(...command.scorings.map((scoring) => ({ type: 'answersScored' as const, ...scoring })));
    case 'claimSeat':
      return claimSeat(command, state);
    case 'releaseSeat':
      return releaseSeat(command, state);
    case 'vote':
      return vote(command, state);
    case 'requestReview':
      return requestReview(command, state);
    case 'claimReview':
      return claimReview(command, state);
    case 'releaseReview':
      return releaseReview(command, state);
    case 'recordReview':
      return recordReview(command, state);
    case 'waiveReview':
      return waiveReview(command, state);
    case 'requestAdjudication':
      return requestAdjudication(command, state);
    case 'finaliseCase':
      return finaliseCase(command, state);
    case 'reopenForReading':
      return reopenForReading(command, state);
    case 'amendAnnotation':
      return isAnsweringGold(command.annotatorId, state) ? amendGold(command, state) : amendAnnotation(command, state);
    case 'setGold':
      return setGold(command, state);
    case 'correctGold':
      return correctGold(command, state);
    case 'retireGold':
      return retireGold(command, state);
    case 'acceptLateAnnotation':
      return acceptLateAnnotation(command, state);
    case 'declineLateAnnotation':
      return declineLateAnnotation(command, state);
    case 'flagCase':
      return flagCase(command, state);
    case 'resolveFlag':
      return resolveFlag(command, state);
    case 'assignCase':
      return assignCase(command, state);
    case 'unassignCase':
      return unassignCase(command, state);
    case 'openThread':
    case 'addComment':
    case 'correctComment':
    case 'retractComment':
    case 'resolveThread':
    case 'reopenThread':
      return commentOnCase(command, state);
    case 'correctSentence':
      return correctSentence(command, state);
    case 'splitSentence':
      return splitSentence(command, state);
    case 'mergeSentences':
      return mergeSentences(command, state);
    case 'confirmTranslation':
      return confirmTranslation(command, state);
    case 'eraseSubject':
      return state.isErased === true ? accept() : accept({ type: 'subjectErased', subjectId: command.subjectId });
    // Moving between versions of the protocol.
    case 'moveCaseProtocol':
      return moveCaseProtocol(command, state);
    default:
      return assertNever(command);
  }
}

function importCase(
  { content, questions = [], reads = [], protocol }: CaseCommandOf<'importCase'>,
  state: CaseState,
): CaseDecision {
  if (state.status !== 'unknown') {
    if (state.contentHash !== content.contentHash) return refuse({ code: 'CASE_DIFFERS' });
    return state.status === 'withdrawn' ? refuse({ code: 'CASE_WITHDRAWN' }) : accept();
  }
  const problems = problemsOfCase(content, protocol);
  if (problems.length > 0) return refuse({ code: 'INVALID_CASE', problems });
  const events: readonly CaseEvent[] = [
    { type: 'caseImported', ...content },
    ...questions.map((question) => ({ type: 'translationQuestioned', ...question }) as const),
  ];
  if (reads.length === 0) return accept(...events);
  const checked = checkExternalReads(reads, content, protocol);
  if (!checked.ok) return refuse({ code: 'INVALID_CASE', problems: checked.problems });
  const read = [...events, ...checked.events];
  return accept(...read, ...completedReads(read.reduce<CaseState>(evolveCase, state), protocol));
}

function claimRead(command: CaseCommandOf<'claimRead'>, state: KnownCase): CaseDecision {
  const { annotatorId, readId, claimId, at, protocol } = command;
  const own = state.reads.get(annotatorId);
  if (own?.status === 'submitted') return refuse({ code: 'ALREADY_SUBMITTED', revision: own.revision });
  if (own?.status === 'skipped') return refuse({ code: 'ALREADY_SKIPPED' });
  // A repeated claim by the holder of the same live claim changes nothing, so a client may retry safely.
  if (own?.status === 'held' && own.claimId === claimId && isLive(own, command)) return accept();
  // Who has decided about others' reads, or reviewed one, has seen them, and who gave a truth knows the answer.
  if (own?.status === 'passedOn' || hasSeenReads(annotatorId, state) || knowsTruth(annotatorId, state)) {
    return refuse({ code: 'CASE_NOT_AVAILABLE' });
  }
  if (state.status !== 'reading' || isHeldBack(state)) return refuse({ code: 'CASE_NOT_AVAILABLE' });
  const expired = expiredReads(command, state);
  if (!isPlaceFree(command, state, annotatorId, protocol)) return refuse({ code: 'CASE_NOT_AVAILABLE' });
  const released: readonly CaseEvent[] =
    own?.status === 'held' && isLive(own, command)
      ? [{ type: 'readReleased', readId: own.readId, annotatorId, claimId: own.claimId }]
      : [];
  return accept<CaseEvent>(...expired, ...released, ...releasedGold(command, state, annotatorId), {
    type: 'readClaimed',
    readId,
    annotatorId,
    claimId,
    leaseEndsAt: (at + protocol.leaseMs) as Instant,
    sentences: state.sentences.map(({ sentenceId, version }) => ({ sentenceId, version })),
  });
}

function endRead(command: CaseCommandOf<'releaseRead'> | CaseCommandOf<'skipRead'>, state: KnownCase): CaseDecision {
  const { annotatorId, claimId } = command;
  const own = state.reads.get(annotatorId);
  if (own?.status === 'submitted') return refuse({ code: 'ALREADY_SUBMITTED', revision: own.revision });
  if (own?.status !== 'held' || own.claimId !== claimId || !isLive(own, command)) {
    return refuse({ code: 'STALE_LEASE' });
  }
  const read = { readId: own.readId, annotatorId, claimId };
  if (command.type === 'skipRead') {
    return accept({ type: 'readSkipped', ...read, reason: command.reason, ...noteOf(command) });
  }
  const reason = command.reason === undefined ? {} : { reason: command.reason };
  return accept({ type: 'readReleased', ...read, ...reason, ...noteOf(command) });
}

function submitAnnotation(command: CaseCommandOf<'submitAnnotation'>, state: KnownCase): CaseDecision {
  const { annotatorId, claimId, annotationId, revision, draft, protocol } = command;
  const own = state.reads.get(annotatorId);
  if (own?.status === 'submitted') return refuse({ code: 'ALREADY_SUBMITTED', revision: own.revision });
  if (revision !== 0) return refuse({ code: 'STALE_REVISION', revision: 0 });
  const isHolder = own?.status === 'held' && own.claimId === claimId && isLive(own, command);
  if (own === undefined || !(isHolder || isLate(command, state))) return refuse({ code: 'STALE_LEASE' });
  // The draft is still the annotator's: they claim the case again and see the sentences as they are.
  if (!isOfPresentMeaning(claimId, state)) return refuse({ code: 'SENTENCES_CHANGED' });
  const checked = checkAnnotation(draft, { ...state, protocol });
  if (!checked.ok) return refuse({ code: 'INVALID_ANNOTATION', problems: checked.problems });
  if (!isHolder) return submitLate(command, state, own, checked.annotation);
  const submitted: CaseEvent = {
    type: 'annotationSubmitted',
    readId: own.readId,
    annotatorId,
    claimId,
    annotationId,
    revision: own.revision + 1,
    annotation: checked.annotation,
    ...(command.timeOnTask === undefined ? {} : { timeOnTask: command.timeOnTask }),
  };
  const given = [submitted, ...drawnReview(command, own.readId)];
  return accept<CaseEvent>(...given, ...completedReads(given.reduce<CaseState>(evolveCase, state), protocol));
}
