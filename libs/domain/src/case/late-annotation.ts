/** What becomes of an annotation whose lease had ended when it came: it is taken where its place is still free, else kept. */
import { accept, type Decision, refuse } from '../decider.ts';
import type { AnnotatorId, ReadId } from '../identifiers.ts';
import type { Protocol } from '../project/protocol.ts';
import type { Annotation } from './annotation.ts';
import { knowsTruth } from './gold-reads.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import {
  completedReads,
  expiredReads,
  hasSeenReads,
  isLive,
  isOfPresentMeaning,
  isPlaceFree,
  type LeasesAt,
} from './case-reads.ts';
import { type CaseState, evolveCase, type KnownCase, type ReadState } from './case-state.ts';
import { drawnReview } from './review-read.ts';
import { noteOf } from './take-back.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;
type Submission = CaseCommandOf<'submitAnnotation'>;

/** Whether this is the newest claim of that annotator, and it ran out: what was made under it is not thrown away. */
export function isLate({ annotatorId, claimId }: Submission, state: KnownCase): boolean {
  // Who has had a seat or a review since has seen what others said.
  if (hasSeenReads(annotatorId, state)) return false;
  if (state.status === 'withdrawn' || state.status === 'excluded') return false;
  const own = state.reads.get(annotatorId);
  return own?.status === 'held' ? own.claimId === claimId : state.expiredClaims.get(annotatorId) === claimId;
}

export function submitLate(
  command: Submission,
  state: KnownCase,
  own: ReadState,
  annotation: Annotation,
): CaseDecision {
  const { annotatorId, claimId, annotationId, timeOnTask, protocol } = command;
  const given = { readId: own.readId, annotatorId, claimId, annotationId };
  // A claim that no event has ended yet holds its place: nobody else was given it.
  const holdsPlace = state.status === 'reading' && own.status === 'held';
  if (!holdsPlace && !hasPlace(command, state, annotatorId, protocol)) {
    return accept({ type: 'lateAnnotationKept', ...given, annotation });
  }
  const submitted: CaseEvent = {
    type: 'annotationSubmitted',
    ...given,
    revision: own.revision + 1,
    annotation,
    ...(timeOnTask === undefined ? {} : { timeOnTask }),
  };
  const expired = holdsPlace ? [] : expiredReads(command, state);
  return taken(state, [...expired, submitted, ...drawnReview(command, own.readId)], protocol);
}

/** As a read like any other, and only while the case takes one. */
export function acceptLateAnnotation(command: CaseCommandOf<'acceptLateAnnotation'>, state: KnownCase): CaseDecision {
  const { annotationId, annotation, protocol } = command;
  if (state.status === 'withdrawn') return refuse({ code: 'CASE_WITHDRAWN' });
  if (state.status === 'excluded') return refuse({ code: 'CASE_EXCLUDED' });
  const late = state.lateAnnotations.get(annotationId);
  if (late === undefined) return refuse({ code: 'LATE_ANNOTATION_UNKNOWN' });
  const own = state.reads.get(late.annotatorId);
  if (own?.status === 'submitted') return refuse({ code: 'ALREADY_SUBMITTED', revision: own.revision });
  if (own?.status === 'held' && isLive(own, command)) return refuse({ code: 'READ_HELD' });
  if (!isOfPresentMeaning(late.claimId, state)) return refuse({ code: 'SENTENCES_CHANGED' });
  if (!hasPlace(command, state, late.annotatorId, protocol)) return refuse({ code: 'CASE_NOT_AVAILABLE' });
  const given = { ...late, annotationId };
  return taken(
    state,
    [
      ...expiredReads(command, state),
      { type: 'lateAnnotationAccepted', ...given },
      { type: 'annotationSubmitted', ...given, revision: revisionAfter(own), annotation },
      ...drawnReview(command, late.readId),
    ],
    protocol,
  );
}

export function declineLateAnnotation(command: CaseCommandOf<'declineLateAnnotation'>, state: KnownCase): CaseDecision {
  if (state.status === 'withdrawn') return refuse({ code: 'CASE_WITHDRAWN' });
  const late = state.lateAnnotations.get(command.annotationId);
  if (late === undefined) return refuse({ code: 'LATE_ANNOTATION_UNKNOWN' });
  const { annotationId } = command;
  return accept({ type: 'lateAnnotationDeclined', ...late, annotationId, ...noteOf(command) });
}

const revisionAfter = (own: { readonly readId: ReadId; readonly revision: number } | undefined): number =>
  (own?.revision ?? 0) + 1;

function taken(state: KnownCase, events: readonly CaseEvent[], protocol: Protocol): CaseDecision {
  return accept(...events, ...completedReads(events.reduce<CaseState>(evolveCase, state), protocol));
}

function hasPlace(leases: LeasesAt, state: KnownCase, annotatorId: AnnotatorId, protocol: Protocol): boolean {
  // Who has decided about others' reads has seen them, and who gave a truth knows the answer.
  if (state.status !== 'reading' || hasSeenReads(annotatorId, state) || knowsTruth(annotatorId, state)) return false;
  return isPlaceFree(leases, state, annotatorId, protocol);
}
