/** What takes back something that was entered, or brings it back: as new events, never by changing what is there. */
import { accept, type Decision, refuse } from '../decider.ts';
import type { ProtectedText } from '../protected-text.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { seatsReleased } from './adjudicate.ts';
import { closedBy } from './closed-by.ts';
import { completedReads, expiredReads, isLive, isOfPresentMeaning, isPlaceFree } from './case-reads.ts';
import { reviewsWithoutRead } from './open-reviews.ts';
import { releasedClaims } from './released-claims.ts';
import { type CaseState, evolveCase, type KnownCase } from './case-state.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;

export function withdrawAnnotation(command: CaseCommandOf<'withdrawAnnotation'>, state: KnownCase): CaseDecision {
  const { annotatorId, revision, protocol } = command;
  const closed = closedBy(state);
  if (closed !== undefined) return refuse(closed);
  const own = state.reads.get(annotatorId);
  if (own?.status !== 'submitted') return refuse({ code: 'NOT_SUBMITTED' });
  if (own.revision !== revision) return refuse({ code: 'STALE_REVISION', revision: own.revision });
  const { readId, claimId, annotationId } = own;
  const changes: readonly CaseEvent[] = [
    ...reopened(state),
    ...reviewsWithoutRead(state, readId),
    { type: 'annotationWithdrawn', readId, annotatorId, claimId, annotationId, revision, ...noteOf(command) },
  ];
  // A case that was moved to a version that wants fewer may have enough without this one.
  return accept(...changes, ...completedReads(changes.reduce<CaseState>(evolveCase, state), protocol));
}

export function restoreAnnotation(command: CaseCommandOf<'restoreAnnotation'>, state: KnownCase): CaseDecision {
  const { readId, annotatorId, claimId, annotationId, annotation, protocol } = command;
  const closed = closedBy(state);
  if (closed !== undefined) return refuse(closed);
  const own = state.reads.get(annotatorId);
  if (own?.readId !== readId || command.revision < 1 || command.revision > own.revision) {
    return refuse({ code: 'REVISION_UNKNOWN' });
  }
  // What was said of other sentences cannot be said of these.
  if (!isOfPresentMeaning(claimId, state)) return refuse({ code: 'SENTENCES_CHANGED' });
  const wasWithdrawn = own.status !== 'submitted';
  // What is asked for is so already: a repeat changes nothing.
  if (!wasWithdrawn && command.revision === own.revision) return accept();
  if (own.status === 'held' && isLive(own, command)) return refuse({ code: 'READ_HELD' });
  if (wasWithdrawn && !isPlaceFree(command, state, annotatorId, protocol))
    return refuse({ code: 'CASE_NOT_AVAILABLE' });
  const expired = wasWithdrawn ? expiredReads(command, state) : [];
  const changes: readonly CaseEvent[] = [
    ...expired,
    ...reopened(state),
    {
      type: 'annotationAmended',
      readId,
      annotatorId,
      claimId,
      annotationId,
      revision: own.revision + 1,
      origin: { kind: 'restored', revision: command.revision },
      independence: command.independence,
      wasWithdrawn,
      annotation,
      ...noteOf(command),
    },
  ];
  return accept(...changes, ...completedReads(changes.reduce<CaseState>(evolveCase, state), protocol));
}

/** Who reads the case at present loses the claim; submitted reads stay as they are, for a return. */
export function withdrawCase(command: CaseCommandOf<'withdrawCase'>, state: KnownCase): CaseDecision {
  if (state.status === 'withdrawn') return refuse({ code: 'CASE_WITHDRAWN' });
  if (state.status === 'finalised') return refuse({ code: 'CASE_FINALISED' });
  const reads = [...state.reads.values()].filter(({ status }) => status === 'submitted').length;
  if (reads > 0 && !command.withReads) return refuse({ code: 'CASE_HAS_READS', reads });
  return accept<CaseEvent>(...releasedClaims(command, state), ...reopened(state), {
    type: 'caseWithdrawn',
    ...noteOf(command),
  });
}

/** Where its reads are complete they are so anew: a consensus is computed again. */
export function reinstateCase(command: CaseCommandOf<'reinstateCase'>, state: KnownCase): CaseDecision {
  if (state.status !== 'withdrawn') return refuse({ code: 'CASE_NOT_WITHDRAWN' });
  const reinstated: CaseEvent = { type: 'caseReinstated', ...noteOf(command) };
  return accept(reinstated, ...completedReads(evolveCase(state, reinstated), command.protocol));
}

/**
 * A consensus of reads that have changed, or one still to come, must not stand. It goes before the change: whoever follows
 * the case as one who had read it is blinded from here on, and must not be told whose read changes.
 */
export const reopened = (state: KnownCase): readonly CaseEvent[] =>
  state.status === 'reading'
    ? []
    : [
        ...seatsReleased(state),
        // A lead may have a case adjudicated that its reads are not complete in.
        state.completedAtVersion > state.reopenedAtVersion
          ? { type: 'readsReopened', completedAtVersion: state.completedAtVersion }
          : { type: 'caseReopened' },
      ];

export const noteOf = ({ note }: { readonly note?: ProtectedText }): { readonly note?: ProtectedText } =>
  note === undefined ? {} : { note };
