import type {
  AdjudicationId,
  AnnotationId,
  AnnotatorId,
  CaseId,
  ClaimId,
  CommandId,
  CommentId,
  ConsensusId,
  DisagreementId,
  EventId,
  FindingId,
  ImageId,
  Instant,
  OrganisationId,
  PersonId,
  ProjectId,
  ReadId,
  RegionId,
  SentenceId,
  SubjectId,
  ThreadId,
} from '@consilium/domain';

/** UUIDs that say in a failure message what they are: `kind` is the first group, `number` (from 0) the last. */
const numbered = (kind: number, number: number): string =>
  `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** Equal numbers give equal ids, of every kind others. For specs only. */
export const organisationId = (number: number): OrganisationId => numbered(1, number) as OrganisationId;
export const personId = (number: number): PersonId => numbered(2, number) as PersonId;
export const projectId = (number: number): ProjectId => numbered(3, number) as ProjectId;
export const caseId = (number: number): CaseId => numbered(4, number) as CaseId;
export const subjectId = (number: number): SubjectId => numbered(5, number) as SubjectId;
export const annotatorId = (number: number): AnnotatorId => numbered(6, number) as AnnotatorId;
export const readId = (number: number): ReadId => numbered(7, number) as ReadId;
export const claimId = (number: number): ClaimId => numbered(8, number) as ClaimId;
export const annotationId = (number: number): AnnotationId => numbered(9, number) as AnnotationId;
export const consensusId = (number: number): ConsensusId => numbered(10, number) as ConsensusId;
export const imageId = (number: number): ImageId => numbered(11, number) as ImageId;
export const sentenceId = (number: number): SentenceId => numbered(12, number) as SentenceId;
export const findingId = (number: number): FindingId => numbered(13, number) as FindingId;
export const regionId = (number: number): RegionId => numbered(14, number) as RegionId;
export const adjudicationId = (number: number): AdjudicationId => numbered(17, number) as AdjudicationId;
export const disagreementId = (number: number): DisagreementId => numbered(18, number) as DisagreementId;
export const threadId = (number: number): ThreadId => numbered(19, number) as ThreadId;
export const commentId = (number: number): CommentId => numbered(20, number) as CommentId;
export const commandId = (number: number): CommandId => numbered(15, number) as CommandId;
export const eventId = (number: number): EventId => numbered(16, number) as EventId;

/** Milliseconds since 1970. */
export const instant = (ms: number): Instant => ms as Instant;
