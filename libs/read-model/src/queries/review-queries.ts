import type {
  Annotation,
  AnnotationId,
  AnnotatorId,
  CaseId,
  ClaimId,
  EventId,
  Instant,
  ProtectedText,
  ReadId,
  ReviewCause,
  ReviewId,
  ReviewOutcome,
} from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { checkIds } from './page.ts';
import type { QueueRequest } from './queue-queries.ts';
import { readIdentifier, readInstant, readOptionalIdentifier } from './read-identifier.ts';
import { readPayload } from './stored-json.ts';

/** Its texts are sealed in the event `end.eventId`. */
export interface ReviewView {
  readonly reviewId: ReviewId;
  readonly caseId: CaseId;
  readonly readId: ReadId;
  readonly cause: ReviewCause;
  readonly fromSeq: number;
  readonly openedAt: Instant;
  /** Undefined while nobody has it, and where a lead waived it or its read was withdrawn. */
  readonly reviewerId: AnnotatorId | undefined;
  readonly claimId: ClaimId | undefined;
  readonly end: ReviewEnd | undefined;
}

interface ReviewEnd {
  readonly seq: number;
  readonly at: Instant;
  readonly eventId: EventId;
  readonly reason: string | undefined;
  /** Undefined of one that was closed without. */
  readonly recorded: RecordedReview | undefined;
}

interface RecordedReview {
  /** The one that was looked at. */
  readonly annotationId: AnnotationId;
  readonly outcome: ReviewOutcome;
  readonly fix: { readonly annotationId: AnnotationId; readonly annotation: Annotation } | undefined;
  readonly note: ProtectedText | undefined;
}

/** Of every given case (at most 1,000), in the order in which they were opened. */
export async function reviewsOf(
  session: Queryable,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, readonly ReviewView[]>> {
  const rows = await session.query({
    name: 'view-reviews',
    text: `SELECT review.case_id, review.review_id, review.read_id, review.cause, review.from_seq, review.opened_at_ms,
        review.reviewer_id, review.claim_id, review.ended_seq, review.ended_at_ms, review.reason, review.event_id, review.payload
      FROM read_model.review WHERE review.case_id = ANY ($1::uuid[])
      ORDER BY review.case_id, review.from_seq, review.review_id`,
    values: [checkIds(caseIds)],
  });
  return Map.groupBy(rows.map(reviewOf), ({ caseId }) => caseId);
}

const reviewOf = (row: Row): ReviewView => ({
  reviewId: readIdentifier(row, 'review_id'),
  caseId: readIdentifier(row, 'case_id'),
  readId: readIdentifier(row, 'read_id'),
  // Held against the schema of its event before it came here.
  cause: readText(row, 'cause') as ReviewCause,
  fromSeq: readInteger(row, 'from_seq'),
  openedAt: readInstant(row, 'opened_at_ms'),
  reviewerId: readOptionalIdentifier(row, 'reviewer_id'),
  claimId: readOptionalIdentifier(row, 'claim_id'),
  end: row['ended_seq'] === null ? undefined : endOf(row),
});

function endOf(row: Row): ReviewEnd {
  const payload = row['payload'] === null ? undefined : readPayload(row, 'reviewRecorded');
  return {
    seq: readInteger(row, 'ended_seq'),
    at: readInstant(row, 'ended_at_ms'),
    eventId: readIdentifier(row, 'event_id'),
    reason: row['reason'] === null ? undefined : readText(row, 'reason'),
    recorded:
      payload === undefined
        ? undefined
        : {
            annotationId: payload.annotationId,
            outcome: payload.outcome,
            fix: payload.fix,
            note: payload.note,
          },
  };
}

/** Cases with a review that this person might take, in queue order; the case's decider decides. */
export async function suggestReviews(
  session: Queryable,
  { projectId, annotatorId, limit }: QueueRequest,
): Promise<readonly CaseId[]> {
  const rows = await session.query({
    name: 'view-suggest-reviews',
    text: 'SELECT suggested.case_id FROM read_model.suggest_reviews($1, $2, $3) AS suggested (case_id)',
    values: [projectId, annotatorId, limit],
  });
  return rows.map((row) => readIdentifier(row, 'case_id'));
}
