import { independenceOfSubmission } from '@consilium/domain';
import type {
  Annotation,
  AnnotationId,
  AnnotatorId,
  CaseId,
  ClaimId,
  ConsensusId,
  Disagreement,
  EventId,
  Independence,
  Instant,
  ReadId,
  RecordedConsensus,
  TimeOnTask,
} from '@consilium/domain';
import { readBoolean, readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { isReadStatus, type ReadPurpose, type ReadStatus } from '../tables/case-status.ts';
import { checkIds } from './page.ts';
import { readIdentifier, readInstant } from './read-identifier.ts';
import { readPayload } from './stored-json.ts';

/** The revision that counts; its texts are sealed in the event `submittedEventId`, below the path `annotation`. */
export interface SubmissionView {
  readonly annotationId: AnnotationId;
  readonly revision: number;
  readonly annotation: Annotation;
  readonly submittedEventId: EventId;
  /** The type of that event. */
  readonly sealedIn:
    'annotationSubmitted' | 'annotationAmended' | 'externalReadRecorded' | 'goldAnswered' | 'goldAmended';
  readonly submittedAt: Instant;
  readonly independence: Independence;
  /** Of the submission itself: an amendment has none. */
  readonly timeOnTask: TimeOnTask | undefined;
}

export interface ReadView {
  readonly readId: ReadId;
  readonly caseId: CaseId;
  readonly annotatorId: AnnotatorId;
  readonly claimId: ClaimId;
  readonly purpose: ReadPurpose;
  /** Of an answer to gold that is served still. */
  readonly isGoldKept: boolean;
  readonly status: ReadStatus;
  readonly claimedAt: Instant;
  readonly submission: SubmissionView | undefined;
}

/** Whether a reviewer had asked for the read of a row again before it was given at the instant in this column of it. */
export const afterRejection = (row: string, givenAtMs: 'submitted_at_ms' | 'recorded_at_ms'): string =>
  `EXISTS (SELECT FROM read_model.review WHERE review.case_id = ${row}.case_id AND review.read_id = ${row}.read_id
    AND review.outcome = 'rejectedToSame' AND review.ended_at_ms <= ${row}.${givenAtMs}) AS after_rejection`;

/**
 * Of every given case (at most 1,000), whatever their status, in order of claim; only one annotator's if one is named, and then what
 * they said of gold too, which is no read of the case.
 */
export async function readsOf(
  session: Queryable,
  caseIds: readonly CaseId[],
  annotatorId?: AnnotatorId,
): Promise<ReadonlyMap<CaseId, readonly ReadView[]>> {
  const rows = await session.query({
    name: 'view-reads',
    text: `SELECT read.case_id, read.read_id, read.annotator_id, read.claim_id, read.status, read.claimed_at_ms,
        read.revision, read.annotation_id, read.submitted_event_id, read.submitted_at_ms, read.purpose,
        read.purpose = 'gold' AND EXISTS (
          SELECT FROM read_model.gold WHERE gold.case_id = read.case_id AND gold.is_active
        ) AS is_gold_kept,
        coalesce(submitted.payload, read.payload) AS payload,
        ${afterRejection('read', 'submitted_at_ms')}
      FROM read_model.read
      LEFT JOIN read_model.annotation_version AS submitted ON submitted.case_id = read.case_id
        AND submitted.read_id = read.read_id AND submitted.event_id = read.submitted_event_id
      WHERE read.case_id = ANY ($1::uuid[])
        AND (read.annotator_id = $2 OR ($2::uuid IS NULL AND read.purpose = 'overlap'))
      ORDER BY read.case_id, read.claimed_at_ms, read.read_id`,
    values: [checkIds(caseIds), annotatorId ?? null],
  });
  return Map.groupBy(rows.map(readOf), ({ caseId }) => caseId);
}

/** Of a row with the columns of `readsOf`, `afterRejection` among them. */
export function readOf(row: Row): ReadView {
  const status = readText(row, 'status');
  if (!isReadStatus(status)) throw new Error(`${status} is no status of a read`);
  return {
    readId: readIdentifier(row, 'read_id'),
    caseId: readIdentifier(row, 'case_id'),
    annotatorId: readIdentifier(row, 'annotator_id'),
    claimId: readIdentifier(row, 'claim_id'),
    purpose: purposeOf(row),
    isGoldKept: readBoolean(row, 'is_gold_kept'),
    status,
    claimedAt: readInstant(row, 'claimed_at_ms'),
    submission: row['payload'] === null ? undefined : submissionOf(row),
  };
}

function submissionOf(row: Row): SubmissionView {
  const { annotation, origin, independence, reader, timeOnTask } = readPayload(row, 'annotationSubmitted');
  const revision = readInteger(row, 'revision');
  const isGold = purposeOf(row) === 'gold';
  return {
    annotationId: readIdentifier(row, 'annotation_id'),
    revision,
    annotation,
    submittedEventId: readIdentifier(row, 'submitted_event_id'),
    sealedIn: isGold ? sealedInGold(revision) : sealedInOf(origin !== undefined, reader !== undefined),
    submittedAt: readInstant(row, 'submitted_at_ms'),
    // Whoever may still amend what they said of gold has been shown nothing.
    independence: isGold
      ? 'blind'
      : (independence ??
        independenceOfSubmission(
          origin === undefined && reader === undefined,
          revision,
          readBoolean(row, 'after_rejection'),
        )),
    timeOnTask,
  };
}

const purposeOf = (row: Row): ReadPurpose => (readText(row, 'purpose') === 'gold' ? 'gold' : 'overlap');

const sealedInOf = (isAmendment: boolean, isExternal: boolean): SubmissionView['sealedIn'] =>
  isAmendment ? 'annotationAmended' : isExternal ? 'externalReadRecorded' : 'annotationSubmitted';

const sealedInGold = (revision: number): SubmissionView['sealedIn'] => (revision > 1 ? 'goldAmended' : 'goldAnswered');

export interface ConsensusView {
  readonly consensusId: ConsensusId;
  readonly caseId: CaseId;
  readonly outcome: 'settled' | 'disputed';
  readonly consensus: RecordedConsensus;
  readonly disagreements: readonly Disagreement[];
  readonly eventId: EventId;
  /** Sequence number of its event in the whole log: it holds from there on. */
  readonly fromSeq: number;
  readonly recordedAt: Instant;
}

/** The newest of every given case (at most 1,000) that has one; the status of the case says whether it holds still. */
export async function consensusOf(
  session: Queryable,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, ConsensusView>> {
  const rows = await session.query({
    name: 'view-consensus',
    text: `SELECT DISTINCT ON (consensus.case_id) consensus.case_id, consensus.from_seq, consensus.consensus_id,
        consensus.outcome, consensus.event_id, consensus.recorded_at_ms, consensus.payload
      FROM read_model.consensus WHERE consensus.case_id = ANY ($1::uuid[])
      ORDER BY consensus.case_id, consensus.from_seq DESC`,
    values: [checkIds(caseIds)],
  });
  return new Map(rows.map(consensusViewOf));
}

export function consensusViewOf(row: Row): readonly [CaseId, ConsensusView] {
  const caseId = readIdentifier(row, 'case_id');
  const { consensus, disagreements } = readPayload(row, 'consensus');
  const view: ConsensusView = {
    consensusId: readIdentifier(row, 'consensus_id'),
    caseId,
    outcome: readText(row, 'outcome') === 'settled' ? 'settled' : 'disputed',
    consensus,
    disagreements: disagreements ?? [],
    eventId: readIdentifier(row, 'event_id'),
    fromSeq: readInteger(row, 'from_seq'),
    recordedAt: readInstant(row, 'recorded_at_ms'),
  };
  return [caseId, view];
}
