/** What an annotator does with a gold case: to them all of it is as with any other (docs/adr/0016). */
import { accept, type Decision, refuse } from '../decider.ts';
import type { AnnotatorId, Instant } from '../identifiers.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { expiredReads, hasSeenReads, isLive, isOfPresentMeaning, type LeasesAt } from './case-reads.ts';
import type { KnownCase, ReadState } from './case-state.ts';
import { checkAnnotation } from './check-annotation.ts';
import { shutBy } from './closed-by.ts';
import { isHeldBack } from './flag-case.ts';
import { knowsTruth, releasedGold } from './gold-reads.ts';
import { noteOf } from './take-back.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;

/** Undefined where the claim is for a read of the case itself. Gold takes no place, so whether one is free is not asked. */
export function claimGold(command: CaseCommandOf<'claimRead'>, state: KnownCase): CaseDecision | undefined {
  const { annotatorId, readId, claimId, at, protocol } = command;
  const own = state.goldReads.get(annotatorId);
  if (own?.status === 'submitted') return refuse({ code: 'ALREADY_SUBMITTED', revision: own.revision });
  if (own?.status === 'skipped') return refuse({ code: 'ALREADY_SKIPPED' });
  // A repeated claim by the holder of the same live claim changes nothing, so a client may retry safely.
  if (own?.status === 'held' && own.claimId === claimId && isLive(own, command)) return accept();
  if (!isServedTo(annotatorId, command, state)) return undefined;
  if (shutBy(state) !== undefined || isHeldBack(state)) return refuse({ code: 'CASE_NOT_AVAILABLE' });
  return accept<CaseEvent>(
    ...expiredReads(command, state).filter((expired) => expired.annotatorId === annotatorId),
    ...releasedGold(command, state, annotatorId),
    {
      type: 'goldClaimed',
      readId,
      annotatorId,
      claimId,
      leaseEndsAt: (at + protocol.leaseMs) as Instant,
      sentences: state.sentences.map(({ sentenceId, version }) => ({ sentenceId, version })),
    },
  );
}

/** Never to anybody who had a part in the case or in its truth. */
function isServedTo(annotatorId: AnnotatorId, leases: LeasesAt, state: KnownCase): boolean {
  if (state.gold?.isActive !== true || knowsTruth(annotatorId, state) || hasSeenReads(annotatorId, state)) {
    return false;
  }
  const isKept = [...state.lateAnnotations.values()].some((late) => late.annotatorId === annotatorId);
  return !isKept && !hasPart(state.reads.get(annotatorId), leases);
}

/** Who gave the case back, or let it run out, has said nothing of it. */
const hasPart = (read: ReadState | undefined, leases: LeasesAt): boolean =>
  read !== undefined &&
  (read.revision > 0 || !(read.status === 'open' || (read.status === 'held' && !isLive(read, leases))));

export function endGold(
  command: CaseCommandOf<'releaseRead'> | CaseCommandOf<'skipRead'>,
  state: KnownCase,
): CaseDecision {
  const { annotatorId, claimId } = command;
  const own = state.goldReads.get(annotatorId);
  if (own?.status === 'submitted') return refuse({ code: 'ALREADY_SUBMITTED', revision: own.revision });
  if (own?.status !== 'held' || own.claimId !== claimId || !isLive(own, command)) {
    return refuse({ code: 'STALE_LEASE' });
  }
  const read = { readId: own.readId, annotatorId, claimId };
  if (command.type === 'skipRead') {
    return accept({ type: 'goldSkipped', ...read, reason: command.reason, ...noteOf(command) });
  }
  const reason = command.reason === undefined ? {} : { reason: command.reason };
  return accept({ type: 'goldReleased', ...read, ...reason, ...noteOf(command) });
}

/** Also by a claim that ran out: it held no place that another could have taken. */
export function answerGold(command: CaseCommandOf<'submitAnnotation'>, state: KnownCase): CaseDecision {
  const { annotatorId, claimId, annotationId, revision, draft, protocol, timeOnTask } = command;
  const own = state.goldReads.get(annotatorId);
  if (own?.status === 'submitted') return refuse({ code: 'ALREADY_SUBMITTED', revision: own.revision });
  if (revision !== 0) return refuse({ code: 'STALE_REVISION', revision: 0 });
  if (own?.status !== 'held' || own.claimId !== claimId || shutBy(state) !== undefined) {
    return refuse({ code: 'STALE_LEASE' });
  }
  if (!isOfPresentMeaning(claimId, state)) return refuse({ code: 'SENTENCES_CHANGED' });
  const checked = checkAnnotation(draft, { ...state, protocol });
  if (!checked.ok) return refuse({ code: 'INVALID_ANNOTATION', problems: checked.problems });
  return accept<CaseEvent>({
    type: 'goldAnswered',
    readId: own.readId,
    annotatorId,
    claimId,
    annotationId,
    revision: 1,
    truthVersion: state.gold?.truthVersion ?? 0,
    annotation: checked.annotation,
    ...(timeOnTask === undefined ? {} : { timeOnTask }),
  });
}

/** As any read is amended; but a gold case takes answers when it is finalised too, so it takes their amendments. */
export function amendGold(command: CaseCommandOf<'amendAnnotation'>, state: KnownCase): CaseDecision {
  const { annotatorId, revision, draft, protocol, at, submittedAt } = command;
  const shut = shutBy(state);
  if (shut !== undefined) return refuse(shut);
  const own = state.goldReads.get(annotatorId);
  if (own?.status !== 'submitted') return refuse({ code: 'NOT_SUBMITTED' });
  if (own.revision !== revision) return refuse({ code: 'STALE_REVISION', revision: own.revision });
  if (at >= submittedAt + protocol.amendWindowMs) return refuse({ code: 'AMEND_WINDOW_CLOSED' });
  const checked = checkAnnotation(draft, { ...state, protocol });
  if (!checked.ok) return refuse({ code: 'INVALID_ANNOTATION', problems: checked.problems });
  const { readId, claimId, annotationId } = own;
  const { annotation } = checked;
  return accept<CaseEvent>({
    type: 'goldAmended',
    readId,
    annotatorId,
    claimId,
    annotationId,
    revision: revision + 1,
    annotation,
    ...noteOf(command),
  });
}
