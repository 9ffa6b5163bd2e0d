import type {
  AlertId,
  AdjudicationId,
  AnnotationId,
  AnnotatorId,
  CaseId,
  ClaimId,
  ConsensusId,
  DisagreementId,
  EventId,
  FlagId,
  Instant,
  OrganisationId,
  PersonId,
  ProjectId,
  ReadId,
  ReviewId,
  SentenceId,
  SubjectId,
} from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Row } from '@consilium/postgres';

interface Identifiers {
  readonly organisation: OrganisationId;
  readonly project_id: ProjectId;
  readonly case_id: CaseId;
  readonly subject_id: SubjectId;
  readonly annotator_id: AnnotatorId;
  readonly set_by: AnnotatorId;
  readonly person_id: PersonId;
  readonly read_id: ReadId;
  readonly claim_id: ClaimId;
  readonly review_id: ReviewId;
  readonly alert_id: AlertId;
  /** As annotator of the project. */
  readonly reviewer_id: AnnotatorId;
  readonly annotation_id: AnnotationId;
  readonly adjudication_id: AdjudicationId;
  readonly consensus_id: ConsensusId;
  readonly event_id: EventId;
  readonly disagreement_id: DisagreementId;
  readonly sentence_id: SentenceId;
  readonly flag_id: FlagId;
  readonly imported_event_id: EventId;
  readonly submitted_event_id: EventId;
}

/** A column of type uuid, which holds the identifier that its name says. */
export const readIdentifier = <Column extends keyof Identifiers>(row: Row, column: Column): Identifiers[Column] =>
  readText(row, column) as Identifiers[Column];

export const readOptionalIdentifier = <Column extends keyof Identifiers>(
  row: Row,
  column: Column,
): Identifiers[Column] | undefined => (row[column] === null ? undefined : readIdentifier(row, column));

/** A column of epoch milliseconds. */
export const readInstant = (row: Row, column: string): Instant => readInteger(row, column) as Instant;
