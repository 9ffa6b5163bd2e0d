export { assertNever } from './assert-never.ts';
export { accept, type Decider, type Decision, fold, refuse } from './decider.ts';
export type { Brand } from './brand.ts';
export {
  type Aggregate,
  aggregateOf,
  aggregates,
  type AdjudicationId,
  type AnnotationId,
  type AnnotatorId,
  type CaseId,
  type ClaimId,
  type CommandId,
  type CommentId,
  type ConsensusId,
  type AlertId,
  type ScoringId,
  type DisagreementId,
  type EventId,
  type FindingId,
  type FlagId,
  idWithinStream,
  type ImageId,
  type Instant,
  isUuid,
  type OrganisationId,
  type PersonId,
  type ProjectId,
  type ReadId,
  type ReviewId,
  type RegionId,
  type SentenceId,
  type StreamId,
  streamIdOf,
  type SubjectId,
  type ThreadId,
} from './identifiers.ts';
export type { Problem } from './problem.ts';
export { type BilingualText, plainText, type ProtectedText } from './protected-text.ts';
export {
  type AdjudicatingRole,
  adjudicatingRoles,
  type AdjudicationPolicy,
  type AttributeDefinition,
  type DisagreementAction,
  disagreementActions,
  type Language,
  languages,
  panelSizes,
  type Protocol,
  protocolLimits,
  type RegionKind,
  regionKinds,
} from './project/protocol.ts';
export {
  type DisagreementKind,
  disagreementKinds,
  type NegotiableDisagreement,
} from './project/disagreement-policy.ts';
export {
  type LabelDefinition,
  lateralities,
  type Laterality,
  type LocationDefinition,
  type TermCode,
} from './project/vocabulary.ts';
export { problemsOfProtocol } from './project/check-protocol.ts';
export {
  project,
  type ProjectCommand,
  type ProjectEvent,
  projectNameLength,
  type ProjectRefusal,
  type ProjectState,
} from './project/project.ts';
export { isMemberRole, type MemberRole, memberRoles, membersAfter, type ProjectMembers } from './project/members.ts';
export {
  type AlertEvent,
  alertEvidenceMaximum,
  type AlertFigures,
  type AlertKind,
  alertKinds,
  type AlertOutcome,
  alertOutcomes,
  type AlertStatus,
  alertStatuses,
} from './annotator/alert.ts';
export {
  annotator,
  assessedUpTo,
  type AnnotatorCommand,
  type AnnotatorEvent,
  type AnnotatorRefusal,
  type AnnotatorState,
  claimObstacle,
  type ClaimObstacle,
  type PauseReason,
  pauseReasons,
} from './annotator/annotator.ts';
export {
  type HeldQualification,
  type Qualification,
  qualificationKey,
  qualificationKinds,
} from './annotator/qualification.ts';
export {
  type Annotation,
  type AnnotationDraft,
  type AttributeValue,
  type CoordinateSystem,
  coordinateSystems,
  type Finding,
  type PixelBox,
  polarities,
  type Polarity,
  type ReceivedBox,
  type Region,
} from './case/annotation.ts';
export { annotationLimits, type CheckedAnnotation, checkAnnotation } from './case/check-annotation.ts';
export { caseLimits, problemsOfCase } from './case/check-case.ts';
export {
  type CaseImage,
  type CaseSentence,
  type ImportedCase,
  type SentenceMachine,
  sentenceOrigins,
} from './case/imported-case.ts';
export type { CaseSource, PreviousStudy } from './case/case-source.ts';
export {
  bodyParts,
  type BodyPart,
  careSettings,
  type CareSetting,
  clinicalRanges,
  type ClinicalMetadata,
  modalities,
  type Modality,
  sexes,
  type Sex,
  viewPositions,
  type ViewPosition,
} from './case/clinical-metadata.ts';
export type { ExternalRead } from './case/external-read.ts';
export {
  type FormerSentence,
  type PresentSentence,
  presentSentence,
  type SentenceAt,
  type SentencesOfCase,
  sentenceLimits,
  withPresentLinks,
} from './case/sentence.ts';
export { sentencesAfter } from './case/evolve-sentences.ts';
export type { NewSentence } from './case/sentence-commands.ts';
export {
  type ConfirmReason,
  confirmReasons,
  type SentenceChange,
  sentenceChanges,
  type SentenceEvent,
  type SentenceReason,
  sentenceReasons,
  type TextSpan,
  type TranslationHit,
  translationHitCodes,
  translationHitTypes,
  type TranslationQuestion,
} from './case/sentence-events.ts';
export type { ConsensusRegion, ConsensusSentence, RecordedConsensus } from './case/recorded-consensus.ts';
export {
  type AnswerScore,
  type Presence,
  presences,
  type ScoredItem,
  type ScoredRegions,
  type ScoredTruth,
  scoredTruths,
  type Scoring,
} from './case/scoring.ts';
export {
  type AmendReason,
  amendReasons,
  type CaseCommand,
  type CaseRefusal,
  type ChangeReason,
  changeReasons,
  type DeclineReason,
  declineReasons,
} from './case/case-commands.ts';
export { type ReturnReason, returnReasons, type SkipReason, skipReasons } from './case/read-reasons.ts';
export { drawsGold } from './case/gold-draw.ts';
export { type GoldReason, goldReasons, type GoldSource } from './case/gold.ts';
export { idleGapMs, type TimeOnTask } from './case/time-on-task.ts';
export {
  type AskedSubject,
  type CommentEvent,
  commentLimits,
  type RetractReason,
  retractReasons,
  type ThreadSubject,
} from './case/comment.ts';
export type { CommentAuthor, CommentCommand } from './case/comment-commands.ts';
export { type FlagReason, flagReasons } from './case/flag-reason.ts';
export { type ExclusionReason, exclusionReasons } from './case/triage.ts';
export { type Independence, independenceOfSubmission, independences } from './case/independence.ts';
export type { Lease } from './case/lease.ts';
export type { CaseEvent } from './case/case-events.ts';
export { type CaseStatus, caseStatuses } from './case/case-status.ts';
export type { CaseState, ReadState } from './case/case-state.ts';
export {
  type AdjudicatedDisagreement,
  type AdjudicationCause,
  adjudicationCauses,
  type Choice,
  type DecisionReason,
  decisionReasons,
} from './case/adjudication.ts';
export {
  type ReviewCause,
  reviewCauses,
  type ReviewOutcome,
  reviewOutcomes,
  type ReviewReason,
  reviewReasons,
} from './case/review.ts';
export type { ReviewDraw, ReviewVerdict } from './case/review-commands.ts';
export { type WorkflowReason, workflowReasons } from './case/adjudication-commands.ts';
export { type Disagreement, type DisagreementOption, otherOption } from './case/disagreement.ts';
export { medicalCase } from './case/case.ts';
export {
  parking,
  type ParkingCommand,
  type ParkingEvent,
  type ParkingReason,
  parkingReasons,
  type ParkingRefusal,
  type ParkingState,
} from './quality/parking.ts';
export { decimalTextLength, parseDecimal } from './case/decimal-text.ts';
export { type Action, actions, type ActorRole, mayDo, type Role, roles } from './access/policy.ts';
export { type Actor, actsIn, mayDoIn } from './access/membership.ts';
export { type BlindingFacts, isBlinded } from './access/blinding.ts';
export { isBlindedNow, type TimedEvent, wasRevealed } from './access/was-revealed.ts';
