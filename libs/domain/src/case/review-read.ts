/** Reviews of submitted reads: opened, claimed, and what they come to (docs/adr/0016). */
import { accept, type Decision, refuse } from '../decider.ts';
import type { AnnotatorId, Instant, ReadId } from '../identifiers.ts';
import type { Protocol } from '../project/protocol.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { completedReads, hasRead, isLive, type LeasesAt } from './case-reads.ts';
import { type CaseState, evolveCase, type KnownCase, type ReadState } from './case-state.ts';
import { checkAnnotation } from './check-annotation.ts';
import { closedBy } from './closed-by.ts';
import { releasedReviews } from './open-reviews.ts';
import type { ReviewDraw } from './review-commands.ts';
import { noteOf, reopened } from './take-back.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;
type Verdict = CaseCommandOf<'recordReview'>;

/** The review of a read that has just been submitted, where it was drawn. */
export const drawnReview = (
  { review, protocol }: { readonly review?: ReviewDraw; readonly protocol: Protocol },
  readId: ReadId,
): readonly CaseEvent[] =>
  review !== undefined && review.drawn < protocol.reviewShare
    ? [{ type: 'reviewOpened', reviewId: review.reviewId, readId, cause: 'sampled' }]
    : [];

export function requestReview(command: CaseCommandOf<'requestReview'>, state: KnownCase): CaseDecision {
  const { reviewId, readId } = command;
  const closed = closedBy(state);
  if (closed !== undefined) return refuse(closed);
  if (submittedRead(readId, state) === undefined) return refuse({ code: 'NOT_SUBMITTED' });
  // What is asked for is so already: a repeat changes nothing.
  if ([...state.reviews.values()].some((review) => review.readId === readId)) return accept();
  return accept({ type: 'reviewOpened', reviewId, readId, cause: 'requested', ...noteOf(command) });
}

export function claimReview(command: CaseCommandOf<'claimReview'>, state: KnownCase): CaseDecision {
  const { annotatorId, claimId, at, protocol } = command;
  const closed = closedBy(state);
  if (closed !== undefined) return refuse(closed);
  if (hasRead(annotatorId, state)) return refuse({ code: 'READ_BY_YOU' });
  if (state.adjudicators.has(annotatorId)) return refuse({ code: 'ADJUDICATED_BY_YOU' });
  const seats = [...state.reviews].map(([reviewId, { readId, seat }]) => ({ reviewId, readId, seat }));
  const isOthers = ({ seat }: (typeof seats)[number]): boolean =>
    seat !== undefined && seat.annotatorId !== annotatorId && isLive(seat, command);
  const wanted = command.reviewId === undefined ? seats : seats.filter(({ reviewId }) => reviewId === command.reviewId);
  const review = wanted.find((each) => !isOthers(each));
  if (review === undefined) return refuse({ code: wanted.length === 0 ? 'REVIEW_UNKNOWN' : 'REVIEW_TAKEN' });
  // A repeated claim by the holder of the same live claim changes nothing, so a client may retry safely.
  if (seats.some(({ seat }) => seat?.claimId === claimId && isLive(seat, command))) return accept();
  const { reviewId, readId } = review;
  const leaseEndsAt = (at + protocol.leaseMs) as Instant;
  return accept<CaseEvent>(...seatsEnded(command, state, annotatorId), {
    type: 'reviewClaimed',
    reviewId,
    readId,
    annotatorId,
    claimId,
    leaseEndsAt,
  });
}

/** Claims that have run out, and the one that this person gives up for another. */
const seatsEnded = (leases: LeasesAt, { reviews }: KnownCase, own: AnnotatorId): readonly CaseEvent[] =>
  [...reviews].flatMap(([reviewId, { readId, seat }]): readonly CaseEvent[] => {
    if (seat === undefined || (isLive(seat, leases) && seat.annotatorId !== own)) return [];
    const type = isLive(seat, leases) ? 'reviewReleased' : 'reviewExpired';
    return [{ type, reviewId, readId, ...seat }];
  });

export function releaseReview(command: CaseCommandOf<'releaseReview'>, state: KnownCase): CaseDecision {
  const held = heldReview(command, state);
  return held === undefined ? refuse({ code: 'STALE_LEASE' }) : accept<CaseEvent>({ type: 'reviewReleased', ...held });
}

export function recordReview(command: Verdict, state: KnownCase): CaseDecision {
  const { annotationId, verdict, protocol } = command;
  const closed = closedBy(state);
  if (closed !== undefined) return refuse(closed);
  const held = heldReview(command, state);
  if (held === undefined) return refuse({ code: 'STALE_LEASE' });
  const read = submittedRead(held.readId, state);
  if (read?.own.annotationId !== annotationId) return refuse({ code: 'READ_CHANGED' });
  const given = {
    type: 'reviewRecorded',
    ...held,
    annotationId,
    outcome: verdict.outcome,
    ...noteOf(command),
  } as const;
  if (verdict.outcome === 'fixed') {
    const checked = checkAnnotation(verdict.draft, { ...state, protocol });
    if (!checked.ok) return refuse({ code: 'INVALID_ANNOTATION', problems: checked.problems });
    const fix = { annotationId: verdict.annotationId, annotation: checked.annotation };
    return accept<CaseEvent>({ ...given, fix });
  }
  return verdict.outcome === 'accepted'
    ? accept<CaseEvent>(given)
    : accept<CaseEvent>(given, ...rejected(read, verdict.outcome === 'rejectedToOther', state, protocol));
}

/** As with a read that was withdrawn, what the reads came to stands no longer. */
function rejected(
  { annotatorId, own }: SubmittedRead,
  isPassedOn: boolean,
  state: KnownCase,
  protocol: Protocol,
): readonly CaseEvent[] {
  const { readId, claimId, annotationId, revision } = own;
  const changes: readonly CaseEvent[] = [
    ...reopened(state),
    { type: 'annotationWithdrawn', readId, annotatorId, claimId, annotationId, revision },
    ...(isPassedOn ? [{ type: 'readPassedOn' as const, readId, annotatorId, claimId }] : []),
  ];
  // A case that was moved to a version that wants fewer may have enough without this one.
  return [...changes, ...completedReads(changes.reduce<CaseState>(evolveCase, state), protocol)];
}

/** By a lead, where nobody takes it: the case goes on without. */
export function waiveReview(command: CaseCommandOf<'waiveReview'>, state: KnownCase): CaseDecision {
  if (state.status === 'withdrawn') return refuse({ code: 'CASE_WITHDRAWN' });
  const { reviewId } = command;
  const review = state.reviews.get(reviewId);
  if (review === undefined) return refuse({ code: 'REVIEW_UNKNOWN' });
  const { readId } = review;
  return accept<CaseEvent>(...releasedReviews(state, readId), {
    type: 'reviewClosed',
    reviewId,
    readId,
    cause: 'waived',
    ...noteOf(command),
  });
}

function heldReview(command: Pick<Verdict, 'annotatorId' | 'claimId' | 'at' | 'leases'>, { reviews }: KnownCase) {
  const { annotatorId, claimId } = command;
  const held = [...reviews].find(([, { seat }]) => seat?.annotatorId === annotatorId && seat.claimId === claimId);
  if (held === undefined || !isLive({ claimId }, command)) return undefined;
  const [reviewId, { readId }] = held;
  return { reviewId, readId, annotatorId, claimId };
}

interface SubmittedRead {
  readonly annotatorId: AnnotatorId;
  readonly own: Extract<ReadState, { readonly status: 'submitted' }>;
}

function submittedRead(readId: ReadId, { reads }: KnownCase): SubmittedRead | undefined {
  for (const [annotatorId, own] of reads) {
    if (own.readId === readId && own.status === 'submitted') return { annotatorId, own };
  }
  return undefined;
}
