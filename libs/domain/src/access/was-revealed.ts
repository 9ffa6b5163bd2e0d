import { medicalCase } from '../case/case.ts';
import type { CaseEvent } from '../case/case-events.ts';
import type { CaseState, KnownCase, ReadState } from '../case/case-state.ts';
import { fold } from '../decider.ts';
import type { AnnotatorId, Instant } from '../identifiers.ts';
import type { Protocol } from '../project/protocol.ts';
import { isBlinded } from './blinding.ts';

/** An event of a case with the instant of the store's clock at which it was recorded. */
export interface TimedEvent {
  readonly event: CaseEvent;
  readonly at: Instant;
}

/**
 * Whether an annotator was not blinded for a case at any instant before `now`: between two events nothing changes but the
 * window, which closes by time alone. Takes the whole history, in order.
 */
export function wasRevealed(
  history: readonly TimedEvent[],
  annotatorId: AnnotatorId,
  { amendWindowMs }: Protocol,
  now: Instant,
): boolean {
  let state: CaseState = medicalCase.initial;
  let givenAt: Instant | undefined;
  return history.some(({ event, at }, index) => {
    state = medicalCase.evolve(state, event);
    if (isGivenBy(event, annotatorId)) givenAt = at;
    const until = history[index + 1]?.at ?? now;
    // Of reads of the case itself.
    const own = state.status === 'unknown' ? undefined : state.reads.get(annotatorId);
    return state.status !== 'unknown' && !isBlindedWith(own, false, { state, givenAt, amendWindowMs, at: until });
  });
}

/** Whether an annotator of the project is blinded for a case at `now`. Takes the whole history, in order. */
export function isBlindedNow(
  history: readonly TimedEvent[],
  annotatorId: AnnotatorId,
  { amendWindowMs }: Protocol,
  now: Instant,
): boolean {
  const state = fold(
    medicalCase,
    history.map(({ event }) => event),
  );
  if (state.status === 'unknown') return true;
  const givenAt = history.findLast(({ event }) => isGivenBy(event, annotatorId) || isGoldOf(event, annotatorId))?.at;
  const gold = state.goldReads.get(annotatorId);
  const isGold = gold?.status === 'submitted';
  const own = isGold ? gold : state.reads.get(annotatorId);
  return isBlindedWith(own, isGold && state.gold?.isActive === true, { state, givenAt, amendWindowMs, at: now });
}

interface Moment {
  readonly state: KnownCase;
  /** When the newest revision was. */
  readonly givenAt: Instant | undefined;
  readonly amendWindowMs: number;
  readonly at: Instant;
}

const isBlindedWith = (
  own: ReadState | undefined,
  isGoldKept: boolean,
  { state, givenAt, amendWindowMs, at }: Moment,
): boolean =>
  isBlinded({
    isAnnotatorOfProject: true,
    ownRead: own?.status === 'submitted' ? 'submitted' : 'unsubmitted',
    isAmendWindowOpen: givenAt === undefined || at < givenAt + amendWindowMs,
    caseStatus: state.status,
    isGoldKept,
  });

const isGivenBy = (event: CaseEvent, annotatorId: AnnotatorId): boolean =>
  (event.type === 'annotationSubmitted' || event.type === 'annotationAmended') && event.annotatorId === annotatorId;

const isGoldOf = (event: CaseEvent, annotatorId: AnnotatorId): boolean =>
  (event.type === 'goldAnswered' || event.type === 'goldAmended') && event.annotatorId === annotatorId;
