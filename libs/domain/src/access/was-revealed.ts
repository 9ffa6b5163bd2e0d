import { medicalCase } from '../case/case.ts';
import type { CaseEvent } from '../case/case-events.ts';
import type { CaseState } from '../case/case-state.ts';
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
  let givenAt: number | undefined;
  return history.some(({ event, at }, index) => {
    state = medicalCase.evolve(state, event);
    if (isGivenBy(event, annotatorId)) givenAt = at;
    const until = history[index + 1]?.at ?? now;
    const own = state.status === 'unknown' ? undefined : state.reads.get(annotatorId);
    return (
      state.status !== 'unknown' &&
      !isBlinded({
        isAnnotatorOfProject: true,
        ownRead: own?.status === 'submitted' ? 'submitted' : 'unsubmitted',
        isAmendWindowOpen: givenAt === undefined || until < givenAt + amendWindowMs,
        caseStatus: state.status,
        // Of reads of the case itself.
        isGoldKept: false,
      })
    );
  });
}

const isGivenBy = (event: CaseEvent, annotatorId: AnnotatorId): boolean =>
  (event.type === 'annotationSubmitted' || event.type === 'annotationAmended') && event.annotatorId === annotatorId;
