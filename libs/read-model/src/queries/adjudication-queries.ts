import type {
  AdjudicatedDisagreement,
  AdjudicationCause,
  AdjudicationId,
  Annotation,
  AnnotationId,
  AnnotatorId,
  CaseId,
  Choice,
  EventId,
  Instant,
} from '@consilium/domain';
import { readBoolean, readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { checkIds } from './page.ts';
import type { QueueRequest } from './queue-queries.ts';
import { readIdentifier, readInstant } from './read-identifier.ts';
import { readPayload } from './stored-json.ts';

export interface AdjudicationView {
  readonly adjudicationId: AdjudicationId;
  readonly caseId: CaseId;
  readonly fromSeq: number;
  readonly cause: AdjudicationCause;
  readonly panelSize: number;
  readonly isSplit: boolean;
  readonly openedAt: Instant;
  readonly decision: DecisionView | undefined;
}

export interface DecisionView {
  readonly decidedAt: Instant;
  readonly decidedSeq: number;
  /** Of the vote whose answer was taken. */
  readonly annotationId: AnnotationId;
  readonly decisions: readonly AdjudicatedDisagreement[];
}

/** One member's answer; its texts are sealed in the event `eventId`. */
export interface VoteView {
  readonly adjudicationId: AdjudicationId;
  readonly caseId: CaseId;
  readonly annotationId: AnnotationId;
  readonly annotatorId: AnnotatorId;
  readonly eventId: EventId;
  readonly votedAt: Instant;
  readonly annotation: Annotation;
  readonly choices: readonly Choice[];
}

/** Of every given case (at most 1,000), in the order in which they were opened. */
export async function adjudicationsOf(
  session: Queryable,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, readonly AdjudicationView[]>> {
  const rows = await session.query({
    name: 'view-adjudications',
    text: `SELECT adjudication.case_id, adjudication.adjudication_id, adjudication.from_seq, adjudication.cause,
        adjudication.panel_size, adjudication.is_split, adjudication.opened_at_ms, adjudication.decided_at_ms,
        adjudication.decided_seq, adjudication.annotation_id, adjudication.payload
      FROM read_model.adjudication WHERE adjudication.case_id = ANY ($1::uuid[])
      ORDER BY adjudication.case_id, adjudication.from_seq`,
    values: [checkIds(caseIds)],
  });
  return Map.groupBy(rows.map(adjudicationOf), ({ caseId }) => caseId);
}

const adjudicationOf = (row: Row): AdjudicationView => ({
  adjudicationId: readIdentifier(row, 'adjudication_id'),
  caseId: readIdentifier(row, 'case_id'),
  fromSeq: readInteger(row, 'from_seq'),
  // Held against the schema of its event before it came here.
  cause: readText(row, 'cause') as AdjudicationCause,
  panelSize: readInteger(row, 'panel_size'),
  isSplit: readBoolean(row, 'is_split'),
  openedAt: readInstant(row, 'opened_at_ms'),
  decision:
    row['payload'] === null
      ? undefined
      : {
          decidedAt: readInstant(row, 'decided_at_ms'),
          decidedSeq: readInteger(row, 'decided_seq'),
          annotationId: readIdentifier(row, 'annotation_id'),
          decisions: readPayload(row, 'adjudicationDecided').decisions,
        },
});

/** Of every given case (at most 1,000), in the order in which they were given. */
export async function votesOf(
  session: Queryable,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, readonly VoteView[]>> {
  const rows = await session.query({
    name: 'view-adjudication-votes',
    text: `SELECT vote.case_id, vote.adjudication_id, vote.annotation_id, vote.annotator_id, vote.event_id,
        vote.recorded_at_ms, vote.payload
      FROM read_model.adjudication_vote AS vote WHERE vote.case_id = ANY ($1::uuid[])
      ORDER BY vote.case_id, vote.from_seq`,
    values: [checkIds(caseIds)],
  });
  return Map.groupBy(rows.map(voteOf), ({ caseId }) => caseId);
}

const voteOf = (row: Row): VoteView => ({
  adjudicationId: readIdentifier(row, 'adjudication_id'),
  caseId: readIdentifier(row, 'case_id'),
  annotationId: readIdentifier(row, 'annotation_id'),
  annotatorId: readIdentifier(row, 'annotator_id'),
  eventId: readIdentifier(row, 'event_id'),
  votedAt: readInstant(row, 'recorded_at_ms'),
  ...readPayload(row, 'adjudicationVoted'),
});

/** Cases before their adjudicators that this person might take a seat of, in queue order; the case's decider decides. */
export async function suggestAdjudications(
  session: Queryable,
  { projectId, annotatorId, limit }: QueueRequest,
): Promise<readonly CaseId[]> {
  const rows = await session.query({
    name: 'view-suggest-adjudications',
    text: 'SELECT suggested.case_id FROM read_model.suggest_adjudications($1, $2, $3) AS suggested (case_id)',
    values: [projectId, annotatorId, limit],
  });
  return rows.map((row) => readIdentifier(row, 'case_id'));
}
