// Made from src/operations and the schema of the api by `npm run generate`; a spec compares.
import type { Operation } from './operation.ts';

export type DisagreementKind = 'PRESENCE' | 'POLARITY' | 'LABEL' | 'EXTENT' | 'LOCATION' | 'LATERALITY' | 'PROGRESSION' | 'SENTENCE_LINK' | 'TRANSLATION';

export type AdjudicationCause = 'DISAGREEMENT' | 'FORCED_LABEL' | 'SAMPLED' | 'REQUESTED' | 'REOPENED';

export type DecisionReason = 'CLEAR_ON_IMAGE' | 'PRIOR_STUDY' | 'REPORT_TEXT' | 'GUIDELINE' | 'READER_ERROR' | 'IMAGE_QUALITY' | 'JUDGEMENT';

export type WorkflowReason = 'WORK_COMPLETE' | 'NO_READER_LEFT' | 'CLINICAL_URGENCY' | 'PROTOCOL_CHANGED' | 'ERROR_FOUND' | 'NEW_INFORMATION' | 'OTHER';

export type SeatObstacle = 'NOT_ADJUDICATING' | 'READ_BY_YOU' | 'NO_SEAT' | 'ROLE_MAY_NOT' | 'ALREADY_VOTED' | 'REVIEWED_BY_YOU';

export type FinishObstacle = 'WRONG_STATUS' | 'NO_MORE_READS' | 'CASE_WITHDRAWN' | 'CASE_FINALISED' | 'CASE_EXCLUDED' | 'REVIEW_OPEN' | 'TRANSLATION_UNFAITHFUL';

export type AmendReason = 'OVERLOOKED' | 'WRONG_PLACE' | 'WRONG_TERM' | 'WRONG_CASE' | 'OTHER';

export type CaseChangeKind = 'FINALISE' | 'REOPEN' | 'WITHDRAW' | 'REINSTATE' | 'EXCLUDE' | 'INCLUDE' | 'ASSIGN' | 'UNASSIGN';

export type CaseChangeObstacle = 'WRONG_STATUS' | 'NO_MORE_READS' | 'HAS_READS' | 'CASE_WITHDRAWN' | 'CASE_FINALISED' | 'CASE_EXCLUDED' | 'HAD_A_PART' | 'NO_PLACE' | 'IS_GOLD' | 'REVIEW_OPEN' | 'TRANSLATION_UNFAITHFUL' | 'SUBJECT_ERASED' | 'CHANGED_SINCE' | 'CONTENDED';

export type Sex = 'FEMALE' | 'MALE' | 'OTHER';

export type Modality = 'CR' | 'DX' | 'CT' | 'MR' | 'US' | 'MG' | 'NM' | 'PT' | 'RF' | 'XA' | 'OT';

export type ViewPosition = 'AP' | 'PA' | 'LL' | 'RL' | 'RLD' | 'LLD' | 'RLO' | 'LLO';

export type BodyPart = 'ABDOMEN' | 'ARM' | 'BREAST' | 'CHEST' | 'HEAD' | 'HEART' | 'LEG' | 'NECK' | 'PELVIS' | 'SPINE' | 'WHOLE_BODY';

export type CareSetting = 'EMERGENCY' | 'INPATIENT' | 'INTENSIVE_CARE' | 'OUTPATIENT' | 'SCREENING';

export type CaseStatus = 'READING' | 'AWAITING_CONSENSUS' | 'SETTLED' | 'DISPUTED' | 'ADJUDICATING' | 'ADJUDICATED' | 'FINALISED' | 'EXCLUDED' | 'WITHDRAWN';

export type SentenceOrigin = 'REPORT' | 'MACHINE' | 'PERSON';

export type ImportOutcome = 'IMPORTED' | 'UNCHANGED' | 'DIFFERS' | 'WITHDRAWN' | 'INVALID';

export type ThreadSubjectKind = 'CASE' | 'SENTENCE' | 'FINDING' | 'DISAGREEMENT';

export type RetractReason = 'WRITTEN_BY_MISTAKE' | 'IDENTIFIES_PATIENT' | 'OUT_OF_PLACE' | 'OTHER';

export type CommentObstacle = 'SUBJECT_UNKNOWN' | 'THREAD_UNKNOWN' | 'COMMENT_UNKNOWN' | 'COMMENT_OF_ANOTHER' | 'COMMENT_RETRACTED' | 'COMMENT_CHANGED' | 'TOO_MANY' | 'TOO_MANY_TURNS' | 'BLINDED' | 'CASE_WITHDRAWN';

export type ErasureReason = 'SUBJECT_REQUEST' | 'CONSENT_WITHDRAWN' | 'RETENTION_ENDED' | 'ENTERED_WRONGLY' | 'OTHER';

export type QueueRuleName = 'REGISTERED' | 'CLAIMS_OPEN' | 'SUBMITTED' | 'SKIPPED' | 'UNREAD' | 'UNREAD_AS_ASKED' | 'ASSIGNED' | 'CASE_IN_QUEUE' | 'CASE_READING' | 'CASE_NOT_HELD_BACK' | 'CASE_PLACE';

export type FlagReason = 'IMAGE_UNUSABLE' | 'REPORT_UNUSABLE' | 'WRONG_SIDE' | 'IDENTITY_VISIBLE' | 'DUPLICATE' | 'OTHER';

export type GoldReason = 'TRUTH_WRONG' | 'PROTOCOL_CHANGED' | 'KNOWN_TO_ANNOTATORS' | 'NOT_SUITABLE' | 'OTHER';

export type GoldSourceKind = 'ADJUDICATION' | 'EXTERNAL';

export type GoldObstacle = 'ALREADY_GOLD' | 'NOT_GOLD' | 'NOT_DECIDED' | 'CASE_WITHDRAWN' | 'CASE_EXCLUDED';

export type DeclineReason = 'ENOUGH_READS' | 'TOO_LATE' | 'NOT_INDEPENDENT' | 'OTHER';

export type ProtocolMoveObstacle = 'CASE_WITHDRAWN' | 'CASE_DECIDED' | 'CASE_EXCLUDED' | 'ALREADY_THERE' | 'CHANGED_SINCE' | 'CONTENDED';

export type ParkingDecision = 'RETRY' | 'DISCARD';

export type ParkingReason = 'SOFTWARE_MENDED' | 'EVENT_DAMAGED' | 'ENTERED_WRONGLY' | 'OTHER';

export type AnnotatorStatus = 'ACTIVE' | 'PAUSED';

export type PauseReason = 'ON_REQUEST' | 'LEAVE' | 'QUALITY' | 'TRAINING' | 'OTHER';

export type MemberRole = 'LEAD' | 'REVIEWER' | 'ADJUDICATOR' | 'AUDITOR';

export type Language = 'ES' | 'EN';

export type RegionKind = 'BOX' | 'POINT' | 'POLYGON' | 'MASK';

export type Laterality = 'LEFT' | 'RIGHT' | 'BILATERAL' | 'MIDLINE';

export type DisagreementAction = 'ANOTHER_READ' | 'ADJUDICATE' | 'RECORD';

export type AdjudicatingRole = 'ADJUDICATOR' | 'LEAD';

export type ReadersShown = 'ALWAYS' | 'AFTER_DECISION';

export type ReaderIdentity = 'KNOWN' | 'NOT_PUBLISHED';

export type AttributeKind = 'ORDINAL' | 'NOMINAL' | 'INTERVAL';

export type ReturnReason = 'NEEDS_OTHER_EXPERTISE' | 'IMAGE_PROBLEM' | 'REPORT_PROBLEM' | 'NO_TIME' | 'CLAIMED_BY_MISTAKE' | 'OTHER';

export type SkipReason = 'IMAGE_UNUSABLE' | 'REPORT_UNUSABLE' | 'OUTSIDE_MY_FIELD' | 'CONFLICT_OF_INTEREST' | 'OTHER';

export type Answer = 'FINDINGS' | 'NOTHING_THERE';

export type Polarity = 'POSITIVE' | 'NEGATIVE' | 'UNCERTAIN';

export type CoordinateSystem = 'PIXEL' | 'NORMALISED';

export type ConsensusOutcome = 'SETTLED' | 'DISPUTED';

export type Presence = 'PRESENT' | 'ABSENT' | 'DISPUTED';

export type ReviewCause = 'SAMPLED' | 'REQUESTED';

export type ReviewOutcome = 'ACCEPTED' | 'FIXED' | 'REJECTED_TO_SAME' | 'REJECTED_TO_OTHER';

export type ReviewReason = 'CORRECT' | 'FINDING_MISSED' | 'FINDING_WRONG' | 'WRONG_PLACE' | 'WRONG_TERM' | 'INCOMPLETE' | 'AGAINST_PROTOCOL' | 'JUDGEMENT' | 'OTHER';

export type ReviewObstacle = 'REVIEW_UNKNOWN' | 'REVIEW_TAKEN' | 'READ_BY_YOU' | 'ADJUDICATED_BY_YOU' | 'READ_CHANGED' | 'NOT_SUBMITTED' | 'CASE_CLOSED';

export type AlertKind = 'GOLD_DRIFT';

export type AlertStatus = 'OPEN' | 'ACKNOWLEDGED' | 'RESOLVED';

export type AlertOutcome = 'CONFIRMED' | 'FALSE_ALARM' | 'TRUTH_WRONG' | 'RETRAINED' | 'OTHER';

export type ScoresWithheld = 'READERS_NOT_KNOWN';

export type SentenceCause = 'IMPORTED' | 'WORDING' | 'TRANSLATION' | 'MEANING' | 'SPLIT' | 'MERGED';

export type SentenceChange = 'WORDING' | 'TRANSLATION' | 'MEANING';

export type SentenceReason = 'TYPING' | 'TRANSLATION_ERROR' | 'DIFFERS_FROM_REPORT' | 'WRONGLY_SEGMENTED' | 'IDENTIFIES_PATIENT' | 'OTHER';

export type ConfirmReason = 'SAME_MEANING' | 'IDIOMATIC' | 'CHECK_MISTAKEN' | 'OTHER';

export type TranslationHitType = 'NEGATION' | 'LATERALITY' | 'NUMBER' | 'SEVERITY' | 'ANATOMY' | 'LENGTH';

export type TranslationHitCode = 'CHANGED' | 'LOST' | 'ADDED' | 'SWAPPED';

export type ExclusionReason = 'IMAGE_UNUSABLE' | 'IMAGE_INCOMPLETE' | 'WRONG_EXAMINATION' | 'REPORT_UNUSABLE' | 'REPORT_OF_ANOTHER_CASE' | 'DUPLICATE' | 'CONSENT_MISSING' | 'OTHER';

export type ChangeReason = 'ENTERED_BY_MISTAKE' | 'WRONG_CASE' | 'ACCOUNT_COMPROMISED' | 'IMPORT_FAULTY' | 'OTHER';

export type UndoAction = 'WITHDRAW_ANNOTATION' | 'WITHDRAW_CASE';

export type UndoObstacle = 'NOTHING_COUNTS' | 'CHANGED_SINCE' | 'REVISION_UNKNOWN' | 'READ_HELD' | 'NO_PLACE' | 'HAS_READS' | 'CASE_WITHDRAWN' | 'CASE_FINALISED' | 'CASE_EXCLUDED' | 'CASE_NOT_WITHDRAWN' | 'SUBJECT_ERASED' | 'CONTENDED' | 'SENTENCES_CHANGED';

export type AcceptLateAnnotationInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly annotationId: string;
};

export type AcknowledgeAlertInput = {
  readonly commandId: string;
  readonly projectId: string;
  readonly annotatorId: string;
  readonly alertId: string;
};

export type AddCommentInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly threadId: string;
  readonly text: string;
};

export type AdjudicateInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken: string;
  readonly annotation: AnnotationInput;
  readonly choices?: readonly AdjudicationChoiceInput[];
};

export type AdjudicationChoiceInput = {
  readonly disagreementId: string;
  readonly option: string;
  readonly reason: DecisionReason;
  readonly note?: string | null;
};

export type AdjudicationPolicyInput = {
  readonly panelSize?: number | null;
  readonly roles?: readonly AdjudicatingRole[] | null;
  readonly sampledShare?: number | null;
  readonly readersShown?: ReadersShown | null;
};

export type AdoptProtocolInput = {
  readonly commandId: string;
  readonly projectId: string;
  readonly protocol: ProtocolInput;
};

export type AmendAnnotationInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly revision: number;
  readonly reasonCode: AmendReason;
  readonly note?: string | null;
  readonly annotation: AnnotationInput;
};

export type AnnotationInput = {
  readonly answer: Answer;
  readonly findings?: readonly FindingInput[];
  readonly regions?: readonly RegionInput[];
  readonly imageQualityFlags?: readonly string[];
  readonly reportQualityFlags?: readonly string[];
};

export type AsOf = {
  readonly sequence?: number | null;
  readonly instant?: string | null;
  readonly checkpoint?: number | null;
};

export type AttributeDefinitionInput = {
  readonly kind: AttributeKind;
  readonly name: string;
  readonly minimum?: number | null;
  readonly maximum?: number | null;
  readonly unit?: string | null;
  readonly values?: readonly string[] | null;
};

export type AttributeValueInput = {
  readonly name: string;
  readonly number?: number | null;
  readonly term?: string | null;
};

export type BeginExportInput = {
  readonly commandId: string;
  readonly projectId: string;
  readonly recipient: string;
  readonly purpose: string;
};

export type CaseChangeInput = {
  readonly projectId: string;
  readonly kind: CaseChangeKind;
  readonly status?: CaseStatus | null;
  readonly caseIds?: readonly string[] | null;
  readonly changedBy?: string | null;
  readonly withReads?: boolean;
  readonly annotatorIds?: readonly string[] | null;
};

export type CaseImageInput = {
  readonly key: string;
  readonly rows?: number | null;
  readonly columns?: number | null;
  readonly sopInstanceUid?: string | null;
  readonly description?: string | null;
  readonly viewPosition?: ViewPosition | null;
};

export type CaseInput = {
  readonly externalKey: string;
  readonly subjectKey: string;
  readonly position: number;
  readonly priority?: number;
  readonly images: readonly CaseImageInput[];
  readonly sentences?: readonly CaseSentenceInput[];
  readonly studyKey?: string | null;
  readonly previousStudy?: PreviousStudyInput | null;
  readonly clinical?: ClinicalMetadataInput | null;
  readonly externalReads?: readonly ExternalReadInput[] | null;
  readonly received?: string | null;
};

export type CaseSentenceInput = {
  readonly key: string;
  readonly es?: string | null;
  readonly en?: string | null;
  readonly origin?: SentenceOrigin;
  readonly machine?: SentenceMachineInput | null;
};

export type ChangeCasesInput = {
  readonly commandId: string;
  readonly of: CaseChangeInput;
  readonly previewToken: string;
  readonly reason: WorkflowReason;
  readonly note?: string | null;
  readonly limit?: number;
};

export type ClaimAdjudicationInput = {
  readonly commandId: string;
  readonly caseId: string;
};

export type ClaimCaseInput = {
  readonly commandId: string;
  readonly caseId: string;
};

export type ClaimNextAdjudicationInput = {
  readonly commandId: string;
  readonly projectId: string;
};

export type ClaimNextCaseInput = {
  readonly commandId: string;
  readonly projectId: string;
  readonly language?: Language | null;
  readonly priorityAtLeast?: number | null;
};

export type ClaimNextReviewInput = {
  readonly commandId: string;
  readonly projectId: string;
};

export type ClaimReviewInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly reviewId?: string | null;
};

export type ClinicalMetadataInput = {
  readonly ageYears?: number | null;
  readonly sex?: Sex | null;
  readonly modality?: Modality | null;
  readonly bodyPart?: BodyPart | null;
  readonly careSetting?: CareSetting | null;
  readonly heightCm?: number | null;
  readonly weightKg?: number | null;
  readonly daysSincePrevious?: number | null;
};

export type ConfirmTranslationInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly sentenceId: string;
  readonly version: number;
  readonly reasonCode: ConfirmReason;
  readonly note?: string | null;
};

export type CorrectCommentInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly commentId: string;
  readonly revision: number;
  readonly text: string;
};

export type CorrectGoldInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly truthVersion: number;
  readonly annotation?: AnnotationInput | null;
  readonly externalSource?: string | null;
  readonly reasonCode: GoldReason;
  readonly note?: string | null;
};

export type CorrectSentenceInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly sentenceId: string;
  readonly version: number;
  readonly change: SentenceChange;
  readonly es?: string | null;
  readonly en?: string | null;
  readonly reasonCode: SentenceReason;
  readonly note?: string | null;
};

export type CreateProjectInput = {
  readonly commandId: string;
  readonly name: string;
  readonly protocol: ProtocolInput;
};

export type DecideParkedStreamInput = {
  readonly commandId: string;
  readonly streamId: string;
  readonly eventId: string;
  readonly decision: ParkingDecision;
  readonly reason: ParkingReason;
};

export type DeclineLateAnnotationInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly annotationId: string;
  readonly reasonCode: DeclineReason;
  readonly note?: string | null;
};

export type DisagreementPolicyInput = {
  readonly presence?: DisagreementAction | null;
  readonly label?: DisagreementAction | null;
  readonly extent?: DisagreementAction | null;
  readonly location?: DisagreementAction | null;
  readonly progression?: DisagreementAction | null;
  readonly sentenceLink?: DisagreementAction | null;
  readonly translation?: DisagreementAction | null;
};

export type DisqualifyAnnotatorInput = {
  readonly commandId: string;
  readonly projectId: string;
  readonly personId: string;
  readonly qualification: QualificationInput;
};

export type EraseSubjectInput = {
  readonly commandId: string;
  readonly subjectId?: string | null;
  readonly subjectKey?: string | null;
  readonly reason: ErasureReason;
};

export type ExcludeCaseInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly reason: ExclusionReason;
  readonly note?: string | null;
};

export type ExternalFindingInput = {
  readonly sentenceKey?: string | null;
  readonly polarity: Polarity;
  readonly labels: readonly string[];
  readonly locations: readonly string[];
  readonly progression?: string | null;
  readonly regions: readonly string[];
};

export type ExternalReadInput = {
  readonly reader: string;
  readonly findings: readonly ExternalFindingInput[];
  readonly regions: readonly ExternalRegionInput[];
};

export type ExternalRegionInput = {
  readonly key: string;
  readonly imageKey: string;
  readonly system: CoordinateSystem;
  readonly x1: string;
  readonly y1: string;
  readonly x2: string;
  readonly y2: string;
};

export type FindingInput = {
  readonly sentenceId?: string | null;
  readonly sentenceVersion?: number | null;
  readonly statement?: StatementInput | null;
  readonly polarity?: Polarity;
  readonly labels?: readonly string[];
  readonly locations?: readonly string[];
  readonly progression?: string | null;
  readonly attributes?: readonly AttributeValueInput[];
  readonly regions?: readonly string[];
};

export type FinishCaseInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly reason: WorkflowReason;
  readonly note?: string | null;
};

export type FlagCaseInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken?: string | null;
  readonly reason: FlagReason;
  readonly note?: string | null;
};

export type ImportCasesInput = {
  readonly commandId: string;
  readonly projectId: string;
  readonly cases: readonly CaseInput[];
};

export type LabelDefinitionInput = {
  readonly term: string;
  readonly group?: string | null;
  readonly parent?: string | null;
  readonly codes?: readonly TermCodeInput[];
  readonly matchingGate?: number | null;
  readonly isAlwaysAdjudicated?: boolean;
};

export type LocationDefinitionInput = {
  readonly term: string;
  readonly laterality?: Laterality | null;
  readonly codes?: readonly TermCodeInput[];
};

export type MemberInput = {
  readonly commandId: string;
  readonly projectId: string;
  readonly personId: string;
  readonly role: MemberRole;
};

export type MergeSentencesInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly sentences: readonly SentenceAtInput[];
  readonly into: NewSentenceInput;
  readonly movesLinks: boolean;
  readonly reasonCode: SentenceReason;
  readonly note?: string | null;
};

export type MoveProtocolInput = {
  readonly commandId: string;
  readonly of: ProtocolMoveInput;
  readonly previewToken: string;
  readonly limit?: number;
};

export type NewSentenceInput = {
  readonly es?: string | null;
  readonly en?: string | null;
};

export type OpenThreadInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly sentenceId?: string | null;
  readonly findingId?: string | null;
  readonly disagreementId?: string | null;
  readonly text: string;
};

export type PauseAnnotatorInput = {
  readonly commandId: string;
  readonly projectId: string;
  readonly personId: string;
  readonly reason: PauseReason;
};

export type PreviousStudyInput = {
  readonly studyKey: string;
  readonly imageKeys: readonly string[];
};

export type ProtocolInput = {
  readonly readsPerCase: number;
  readonly readsMaximum?: number | null;
  readonly leaseSeconds?: number;
  readonly openClaimsMaximum?: number;
  readonly amendWindowSeconds?: number;
  readonly languages?: readonly Language[];
  readonly qualificationsRequired?: boolean;
  readonly labels?: readonly LabelDefinitionInput[];
  readonly locations?: readonly LocationDefinitionInput[];
  readonly progressionTerms?: readonly string[];
  readonly imageQualityFlags?: readonly string[];
  readonly reportQualityFlags?: readonly string[];
  readonly attributes?: readonly AttributeDefinitionInput[];
  readonly regionKinds?: readonly RegionKind[];
  readonly matchingGate?: number;
  readonly disagreements?: DisagreementPolicyInput | null;
  readonly adjudication?: AdjudicationPolicyInput | null;
  readonly reviewShare?: number;
  readonly goldShare?: number;
  readonly pausesOnDrift?: boolean;
  readonly readerIdentity?: ReaderIdentity;
};

export type ProtocolMoveInput = {
  readonly projectId: string;
  readonly protocolVersion: number;
  readonly from?: number | null;
  readonly caseIds?: readonly string[] | null;
};

export type QualificationInput = {
  readonly language?: Language | null;
  readonly findingGroup?: string | null;
};

export type QualifyAnnotatorInput = {
  readonly commandId: string;
  readonly projectId: string;
  readonly personId: string;
  readonly qualification: QualificationInput;
  readonly expiresAt?: string | null;
};

export type RecordReviewInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken: string;
  readonly annotationId: string;
  readonly outcome: ReviewOutcome;
  readonly reason: ReviewReason;
  readonly note?: string | null;
  readonly fix?: AnnotationInput | null;
};

export type RegionInput = {
  readonly key: string;
  readonly imageId: string;
  readonly system?: CoordinateSystem;
  readonly x1: string;
  readonly y1: string;
  readonly x2: string;
  readonly y2: string;
};

export type RegisterAnnotatorInput = {
  readonly commandId: string;
  readonly projectId: string;
  readonly personId: string;
};

export type ReinstateCaseInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly reasonCode: ChangeReason;
  readonly note?: string | null;
};

export type ReleaseReadInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken: string;
  readonly reason?: ReturnReason | null;
  readonly note?: string | null;
};

export type RenewLeaseInput = {
  readonly caseId: string;
  readonly leaseToken: string;
};

export type RequestReviewInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly readId: string;
  readonly reason: WorkflowReason;
  readonly note?: string | null;
};

export type ResolveAlertInput = {
  readonly commandId: string;
  readonly projectId: string;
  readonly annotatorId: string;
  readonly alertId: string;
  readonly outcome: AlertOutcome;
};

export type ResolveFlagInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly flagId: string;
  readonly note?: string | null;
};

export type RestoreAnnotationInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly annotationId: string;
  readonly revision: number;
  readonly reasonCode: ChangeReason;
  readonly note?: string | null;
};

export type ResumeAnnotatorInput = {
  readonly commandId: string;
  readonly projectId: string;
  readonly personId: string;
};

export type RetireGoldInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly reasonCode: GoldReason;
  readonly note?: string | null;
};

export type RetractCommentInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly commentId: string;
  readonly reason: RetractReason;
};

export type SaveDraftInput = {
  readonly caseId: string;
  readonly leaseToken: string;
  readonly revision: number;
  readonly annotation: AnnotationInput;
};

export type SentenceAtInput = {
  readonly sentenceId: string;
  readonly version: number;
};

export type SentenceMachineInput = {
  readonly model: string;
  readonly version?: string | null;
};

export type SetGoldInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly annotation?: AnnotationInput | null;
  readonly externalSource?: string | null;
  readonly note?: string | null;
};

export type SkipReadInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken: string;
  readonly reason: SkipReason;
  readonly note?: string | null;
};

export type SplitSentenceInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly sentenceId: string;
  readonly version: number;
  readonly into: readonly NewSentenceInput[];
  readonly linksTo?: number | null;
  readonly reasonCode: SentenceReason;
  readonly note?: string | null;
};

export type StatementInput = {
  readonly es?: string | null;
  readonly en?: string | null;
};

export type SubmitAnnotationInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken: string;
  readonly revision?: number;
  readonly annotation: AnnotationInput;
};

export type TermCodeInput = {
  readonly system: string;
  readonly code: string;
};

export type TurnThreadInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly threadId: string;
};

export type UndoChangesInput = {
  readonly commandId: string;
  readonly of: UndoInput;
  readonly previewToken: string;
  readonly reasonCode: ChangeReason;
  readonly note?: string | null;
  readonly limit?: number;
};

export type UndoInput = {
  readonly projectId: string;
  readonly personId?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly importCommandId?: string | null;
  readonly importedBy?: string | null;
  readonly withReads?: boolean;
};

export type WaiveReviewInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly reviewId: string;
  readonly reason: WorkflowReason;
  readonly note?: string | null;
};

export type WithdrawAnnotationInput = {
  readonly commandId: string;
  readonly caseId: string;
  readonly annotationId: string;
  readonly revision: number;
  readonly reasonCode: ChangeReason;
  readonly note?: string | null;
};

export type OutcomeFields = {
  readonly reviews: readonly ({
    readonly outcome: ReviewOutcome | null;
  })[];
  readonly disagreements: readonly ({
    readonly id: string;
    readonly kind: DisagreementKind;
    readonly sentenceId: string | null;
    readonly regionIds: readonly string[];
    readonly options: readonly {
      readonly option: string;
      readonly readIds: readonly string[];
    }[];
  })[] | null;
  readonly adjudications: readonly ({
    readonly id: string;
    readonly cause: AdjudicationCause;
    readonly isSplit: boolean;
    readonly decidedAt: string | null;
    readonly decisions: readonly {
      readonly disagreementId: string;
      readonly option: string;
      readonly reason: DecisionReason;
      readonly followedReadIds: readonly string[];
      readonly overruledReadIds: readonly string[];
    }[];
    readonly votes: readonly ({
      readonly annotationId: string;
      readonly isAdopted: boolean;
      readonly answer: Answer;
      readonly findings: readonly ({
        readonly sentenceId: string | null;
        readonly polarity: Polarity;
        readonly labels: readonly string[];
        readonly locations: readonly string[];
        readonly progression: string | null;
        readonly regionIds: readonly string[];
      })[];
      readonly regions: readonly {
        readonly id: string;
        readonly imageId: string;
        readonly pixels: {
          readonly x1: number;
          readonly y1: number;
          readonly x2: number;
          readonly y2: number;
        };
      }[];
    })[];
  })[] | null;
};

export type CaseFields = {
  readonly id: string;
  readonly projectId: string;
  readonly subjectId: string;
  readonly externalKey: string | null;
  readonly position: number;
  readonly priority: number;
  readonly status: CaseStatus;
  readonly importedAt: string;
  readonly studyKey: string | null;
  readonly previousStudy: {
    readonly studyKey: string | null;
    readonly imageKeys: readonly string[];
  } | null;
  readonly clinical: {
    readonly ageYears: number | null;
    readonly sex: Sex | null;
    readonly modality: Modality | null;
    readonly bodyPart: BodyPart | null;
    readonly careSetting: CareSetting | null;
    readonly heightCm: number | null;
    readonly weightKg: number | null;
    readonly daysSincePrevious: number | null;
  } | null;
  readonly images: readonly ({
    readonly id: string;
    readonly key: string | null;
    readonly rows: number;
    readonly columns: number;
    readonly isSizeNominal: boolean;
    readonly viewPosition: ViewPosition | null;
    readonly sopInstanceUid: string | null;
    readonly description: string | null;
  })[];
  readonly sentences: readonly ({
    readonly id: string;
    readonly version: number;
    readonly origin: SentenceOrigin;
    readonly machine: {
      readonly model: string | null;
      readonly version: string | null;
    } | null;
    readonly text: {
      readonly es: string | null;
      readonly en: string | null;
      readonly erased: boolean;
    };
  })[];
  readonly readsWanted: number | null;
  readonly readsSubmitted: number | null;
};

export type AnnotationFields = {
  readonly id: string;
  readonly readId: string;
  readonly annotatorId: string | null;
  readonly externalReader: string | null;
  readonly revision: number;
  readonly submittedAt: string;
  readonly answer: Answer;
  readonly findings: readonly ({
    readonly id: string;
    readonly sentenceId: string | null;
    readonly sentenceVersion: number | null;
    readonly statement: {
      readonly es: string | null;
      readonly en: string | null;
      readonly erased: boolean;
    } | null;
    readonly polarity: Polarity;
    readonly labels: readonly string[];
    readonly locations: readonly string[];
    readonly progression: string | null;
    readonly attributes: readonly ({
      readonly name: string;
      readonly number: number | null;
      readonly term: string | null;
    })[];
    readonly regionIds: readonly string[];
  })[];
  readonly regions: readonly {
    readonly id: string;
    readonly imageId: string;
    readonly system: CoordinateSystem;
    readonly x1: string;
    readonly y1: string;
    readonly x2: string;
    readonly y2: string;
    readonly pixels: {
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
    };
  }[];
  readonly imageQualityFlags: readonly string[];
  readonly reportQualityFlags: readonly string[];
};

export type ConsensusFields = {
  readonly id: string;
  readonly outcome: ConsensusOutcome;
  readonly methodName: string;
  readonly methodVersion: string;
  readonly methodParameters: string;
  readonly recordedAt: string;
  readonly basedOnVersion: number;
  readonly regions: readonly ({
    readonly id: string;
    readonly imageId: string;
    readonly sentenceId: string | null;
    readonly decision: Presence;
    readonly score: number;
    readonly supporters: number;
    readonly supportersOf: number;
    readonly members: readonly {
      readonly readId: string;
      readonly regionId: string;
    }[];
    readonly box: {
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
    };
    readonly label: string | null;
    readonly attributes: readonly ({
      readonly name: string;
      readonly number: number | null;
      readonly term: string | null;
    })[];
  })[];
  readonly sentences: readonly ({
    readonly sentenceId: string;
    readonly version: number;
    readonly settled: boolean;
    readonly polarity: Polarity | null;
  })[];
};

export type WholeCaseFields = {
  readonly id: string;
  readonly projectId: string;
  readonly subjectId: string;
  readonly externalKey: string | null;
  readonly position: number;
  readonly priority: number;
  readonly status: CaseStatus;
  readonly importedAt: string;
  readonly studyKey: string | null;
  readonly previousStudy: {
    readonly studyKey: string | null;
    readonly imageKeys: readonly string[];
  } | null;
  readonly clinical: {
    readonly ageYears: number | null;
    readonly sex: Sex | null;
    readonly modality: Modality | null;
    readonly bodyPart: BodyPart | null;
    readonly careSetting: CareSetting | null;
    readonly heightCm: number | null;
    readonly weightKg: number | null;
    readonly daysSincePrevious: number | null;
  } | null;
  readonly images: readonly ({
    readonly id: string;
    readonly key: string | null;
    readonly rows: number;
    readonly columns: number;
    readonly isSizeNominal: boolean;
    readonly viewPosition: ViewPosition | null;
    readonly sopInstanceUid: string | null;
    readonly description: string | null;
  })[];
  readonly sentences: readonly ({
    readonly id: string;
    readonly version: number;
    readonly origin: SentenceOrigin;
    readonly machine: {
      readonly model: string | null;
      readonly version: string | null;
    } | null;
    readonly text: {
      readonly es: string | null;
      readonly en: string | null;
      readonly erased: boolean;
    };
  })[];
  readonly readsWanted: number | null;
  readonly readsSubmitted: number | null;
  readonly annotations: readonly AnnotationFields[];
  readonly consensus: ConsensusFields | null;
};

export type SignedHeadFields = {
  readonly size: number;
  readonly note: string;
};

export type AnsweredFromFields = {
  readonly sequence: number;
  readonly checkpoint: SignedHeadFields | null;
};

export type ProblemFields = {
  readonly path: string;
  readonly code: string;
  readonly message: string;
};

export type ProtocolFields = {
  readonly readsPerCase: number;
  readonly readsMaximum: number;
  readonly leaseSeconds: number;
  readonly openClaimsMaximum: number;
  readonly amendWindowSeconds: number;
  readonly languages: readonly Language[];
  readonly labels: readonly ({
    readonly term: string;
    readonly group: string | null;
    readonly parent: string | null;
    readonly codes: readonly {
      readonly system: string;
      readonly code: string;
    }[];
    readonly matchingGate: number | null;
    readonly isAlwaysAdjudicated: boolean;
  })[];
  readonly locations: readonly ({
    readonly term: string;
    readonly laterality: Laterality | null;
    readonly codes: readonly {
      readonly system: string;
      readonly code: string;
    }[];
  })[];
  readonly progressionTerms: readonly string[];
  readonly imageQualityFlags: readonly string[];
  readonly reportQualityFlags: readonly string[];
  readonly attributes: readonly ({
    readonly kind: AttributeKind;
    readonly name: string;
    readonly minimum: number | null;
    readonly maximum: number | null;
    readonly unit: string | null;
    readonly values: readonly string[] | null;
  })[];
  readonly regionKinds: readonly RegionKind[];
  readonly matchingGate: number;
  readonly disagreements: {
    readonly presence: DisagreementAction;
    readonly label: DisagreementAction;
    readonly extent: DisagreementAction;
    readonly location: DisagreementAction;
    readonly progression: DisagreementAction;
    readonly sentenceLink: DisagreementAction;
    readonly translation: DisagreementAction;
  };
  readonly adjudication: {
    readonly panelSize: number;
    readonly roles: readonly AdjudicatingRole[];
    readonly sampledShare: number | null;
    readonly readersShown: ReadersShown;
  };
  readonly reviewShare: number;
  readonly goldShare: number | null;
  readonly pausesOnDrift: boolean | null;
  readonly readerIdentity: ReaderIdentity;
};

export type ProjectFields = {
  readonly id: string;
  readonly name: string;
  readonly protocolVersion: number;
  readonly protocol: ProtocolFields;
  readonly createdAt: string;
  readonly progress: {
    readonly cases: number;
    readonly reading: number;
    readonly awaitingConsensus: number;
    readonly settled: number;
    readonly disputed: number;
    readonly adjudicating: number;
    readonly adjudicated: number;
    readonly finalised: number;
    readonly excluded: number;
    readonly withdrawn: number;
    readonly readsSubmitted: number;
  } | null;
};

export type ClaimedCaseFields = {
  readonly id: string;
  readonly protocolVersion: number;
  readonly position: number;
  readonly priority: number;
  readonly images: readonly ({
    readonly id: string;
    readonly rows: number;
    readonly columns: number;
    readonly sopInstanceUid: string | null;
    readonly description: string | null;
  })[];
  readonly sentences: readonly ({
    readonly id: string;
    readonly version: number;
    readonly origin: SentenceOrigin;
    readonly text: {
      readonly es: string | null;
      readonly en: string | null;
      readonly erased: boolean;
    };
  })[];
};

export type HeldReadFields = {
  readonly caseId: string;
  readonly leaseToken: string;
  readonly leaseEndsAt: string;
};

export type PerformanceFields = {
  readonly findingGroup: string | null;
  readonly gold: number;
  readonly adjudicated: number;
  readonly effective: number;
  readonly accuracy: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
  };
  readonly weight: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
  };
  readonly confusion: {
    readonly truePresent: number;
    readonly missed: number;
    readonly falselyPresent: number;
    readonly trueAbsent: number;
  };
};

export type SentenceVersionFields = {
  readonly version: number;
  readonly cause: SentenceCause;
  readonly text: {
    readonly es: string | null;
    readonly en: string | null;
    readonly erased: boolean;
  };
  readonly at: string;
  readonly actorId: string | null;
  readonly actorRole: string | null;
  readonly reason: string | null;
  readonly note: string | null;
};

export type TranslationHitFields = {
  readonly type: TranslationHitType;
  readonly code: TranslationHitCode;
  readonly es: {
    readonly start: number;
    readonly end: number;
  } | null;
  readonly en: {
    readonly start: number;
    readonly end: number;
  } | null;
};

export type SentenceConflictFields = {
  readonly sentenceId: string;
  readonly version: number;
  readonly text: {
    readonly es: string | null;
    readonly en: string | null;
    readonly erased: boolean;
  };
};

export type MeVariables = Readonly<Record<string, never>>;

export type MeData = {
  readonly me: {
    readonly id: string;
    readonly role: string;
  };
};

export const me: Operation<MeVariables, MeData> = {
  name: 'me',
  kind: 'query',
  document: `query me{me{id role}}`,
};

export type EraseSubjectVariables = {
  readonly input: EraseSubjectInput;
};

export type EraseSubjectData = {
  readonly eraseSubject:
    | {
        readonly __typename: 'SubjectErased';
        readonly subjectId: string;
        readonly cases: number;
        readonly recipients: readonly {
          readonly recipient: string;
          readonly purpose: string;
          readonly projectId: string;
          readonly exports: number;
          readonly lastAt: string;
        }[];
        readonly token: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const eraseSubject: Operation<EraseSubjectVariables, EraseSubjectData> = {
  name: 'eraseSubject',
  kind: 'mutation',
  document: `mutation eraseSubject(\$input:EraseSubjectInput!){eraseSubject(input:\$input){__typename ...on SubjectErased{subjectId cases recipients{recipient purpose projectId exports lastAt}token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type MyAdjudicationsVariables = {
  readonly projectId: string;
  readonly after?: string | null;
};

export type MyAdjudicationsData = {
  readonly myAdjudications: {
    readonly held: readonly HeldReadFields[];
    readonly available: number;
  };
};

export const myAdjudications: Operation<MyAdjudicationsVariables, MyAdjudicationsData> = {
  name: 'myAdjudications',
  kind: 'query',
  document: `query myAdjudications(\$projectId:ID!\$after:Token){myAdjudications(projectId:\$projectId after:\$after){held{...HeldReadFields}available}}fragment HeldReadFields on HeldRead{caseId leaseToken leaseEndsAt}`,
};

export type ClaimNextAdjudicationVariables = {
  readonly input: ClaimNextAdjudicationInput;
};

export type ClaimNextAdjudicationData = {
  readonly claimNextAdjudication:
    | {
        readonly __typename: 'SeatClaimed';
        readonly caseId: string;
        readonly leaseToken: string;
        readonly leaseEndsAt: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NothingToAdjudicate';
        readonly message: string;
      }
    | {
        readonly __typename: 'SeatRefused';
        readonly why: SeatObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const claimNextAdjudication: Operation<ClaimNextAdjudicationVariables, ClaimNextAdjudicationData> = {
  name: 'claimNextAdjudication',
  kind: 'mutation',
  document: `fragment SeatFields on ClaimSeatResult{__typename ...on SeatClaimed{caseId leaseToken leaseEndsAt token}...on SeatRefused{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation claimNextAdjudication(\$input:ClaimNextAdjudicationInput!){claimNextAdjudication(input:\$input){...SeatFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type ClaimAdjudicationVariables = {
  readonly input: ClaimAdjudicationInput;
};

export type ClaimAdjudicationData = {
  readonly claimAdjudication:
    | {
        readonly __typename: 'SeatClaimed';
        readonly caseId: string;
        readonly leaseToken: string;
        readonly leaseEndsAt: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NothingToAdjudicate';
        readonly message: string;
      }
    | {
        readonly __typename: 'SeatRefused';
        readonly why: SeatObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const claimAdjudication: Operation<ClaimAdjudicationVariables, ClaimAdjudicationData> = {
  name: 'claimAdjudication',
  kind: 'mutation',
  document: `fragment SeatFields on ClaimSeatResult{__typename ...on SeatClaimed{caseId leaseToken leaseEndsAt token}...on SeatRefused{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation claimAdjudication(\$input:ClaimAdjudicationInput!){claimAdjudication(input:\$input){...SeatFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type AdjudicationTaskVariables = {
  readonly caseId: string;
  readonly after?: string | null;
};

export type AdjudicationTaskData = {
  readonly adjudicationTask: {
    readonly caseId: string;
    readonly leaseToken: string;
    readonly leaseEndsAt: string;
    readonly case: ClaimedCaseFields;
    readonly reads: readonly ({
      readonly readId: string;
      readonly answer: Answer;
      readonly findings: readonly ({
        readonly id: string;
        readonly sentenceId: string | null;
        readonly polarity: Polarity;
        readonly labels: readonly string[];
        readonly locations: readonly string[];
        readonly progression: string | null;
        readonly regionIds: readonly string[];
      })[];
      readonly regions: readonly {
        readonly id: string;
        readonly imageId: string;
        readonly pixels: {
          readonly x1: number;
          readonly y1: number;
          readonly x2: number;
          readonly y2: number;
        };
      }[];
    })[];
    readonly disagreements: readonly ({
      readonly id: string;
      readonly kind: DisagreementKind;
      readonly sentenceId: string | null;
      readonly regionIds: readonly string[];
      readonly options: readonly {
        readonly option: string;
        readonly readIds: readonly string[];
      }[];
    })[];
  } | null;
};

export const adjudicationTask: Operation<AdjudicationTaskVariables, AdjudicationTaskData> = {
  name: 'adjudicationTask',
  kind: 'query',
  document: `query adjudicationTask(\$caseId:ID!\$after:Token){adjudicationTask(caseId:\$caseId after:\$after){caseId leaseToken leaseEndsAt case{...ClaimedCaseFields}reads{readId answer findings{id sentenceId polarity labels locations progression regionIds}regions{id imageId pixels{x1 y1 x2 y2}}}disagreements{id kind sentenceId regionIds options{option readIds}}}}fragment ClaimedCaseFields on Case{id protocolVersion position priority images{id rows columns sopInstanceUid description}sentences{id version origin text{es en erased}}}`,
};

export type AdjudicateVariables = {
  readonly input: AdjudicateInput;
};

export type AdjudicateData = {
  readonly adjudicate:
    | {
        readonly __typename: 'Adjudicated';
        readonly annotationId: string;
        readonly isDecided: boolean;
        readonly isSplit: boolean;
        readonly token: string;
      }
    | {
        readonly __typename: 'SeatRefused';
        readonly why: SeatObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'StaleLease';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const adjudicate: Operation<AdjudicateVariables, AdjudicateData> = {
  name: 'adjudicate',
  kind: 'mutation',
  document: `mutation adjudicate(\$input:AdjudicateInput!){adjudicate(input:\$input){__typename ...on Adjudicated{annotationId isDecided isSplit token}...on SeatRefused{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type RequestAdjudicationVariables = {
  readonly input: FinishCaseInput;
};

export type RequestAdjudicationData = {
  readonly requestAdjudication:
    | {
        readonly __typename: 'CaseFinished';
        readonly caseId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotFinished';
        readonly why: FinishObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const requestAdjudication: Operation<RequestAdjudicationVariables, RequestAdjudicationData> = {
  name: 'requestAdjudication',
  kind: 'mutation',
  document: `fragment FinishedFields on FinishCaseResult{__typename ...on CaseFinished{caseId token}...on NotFinished{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation requestAdjudication(\$input:FinishCaseInput!){requestAdjudication(input:\$input){...FinishedFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type FinaliseCaseVariables = {
  readonly input: FinishCaseInput;
};

export type FinaliseCaseData = {
  readonly finaliseCase:
    | {
        readonly __typename: 'CaseFinished';
        readonly caseId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotFinished';
        readonly why: FinishObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const finaliseCase: Operation<FinaliseCaseVariables, FinaliseCaseData> = {
  name: 'finaliseCase',
  kind: 'mutation',
  document: `fragment FinishedFields on FinishCaseResult{__typename ...on CaseFinished{caseId token}...on NotFinished{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation finaliseCase(\$input:FinishCaseInput!){finaliseCase(input:\$input){...FinishedFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type ReopenCaseVariables = {
  readonly input: FinishCaseInput;
};

export type ReopenCaseData = {
  readonly reopenCase:
    | {
        readonly __typename: 'CaseFinished';
        readonly caseId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotFinished';
        readonly why: FinishObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const reopenCase: Operation<ReopenCaseVariables, ReopenCaseData> = {
  name: 'reopenCase',
  kind: 'mutation',
  document: `fragment FinishedFields on FinishCaseResult{__typename ...on CaseFinished{caseId token}...on NotFinished{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation reopenCase(\$input:FinishCaseInput!){reopenCase(input:\$input){...FinishedFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type ExcludeCaseVariables = {
  readonly input: ExcludeCaseInput;
};

export type ExcludeCaseData = {
  readonly excludeCase:
    | {
        readonly __typename: 'CaseFinished';
        readonly caseId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotFinished';
        readonly why: FinishObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const excludeCase: Operation<ExcludeCaseVariables, ExcludeCaseData> = {
  name: 'excludeCase',
  kind: 'mutation',
  document: `fragment FinishedFields on FinishCaseResult{__typename ...on CaseFinished{caseId token}...on NotFinished{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation excludeCase(\$input:ExcludeCaseInput!){excludeCase(input:\$input){...FinishedFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type IncludeCaseVariables = {
  readonly input: FinishCaseInput;
};

export type IncludeCaseData = {
  readonly includeCase:
    | {
        readonly __typename: 'CaseFinished';
        readonly caseId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotFinished';
        readonly why: FinishObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const includeCase: Operation<IncludeCaseVariables, IncludeCaseData> = {
  name: 'includeCase',
  kind: 'mutation',
  document: `fragment FinishedFields on FinishCaseResult{__typename ...on CaseFinished{caseId token}...on NotFinished{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation includeCase(\$input:FinishCaseInput!){includeCase(input:\$input){...FinishedFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type DecidedCasesVariables = {
  readonly projectId: string;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly status?: CaseStatus | null;
  readonly afterChange?: string | null;
};

export type DecidedCasesData = {
  readonly cases: {
    readonly edges: readonly ({
      readonly node: {
        readonly id: string;
        readonly projectId: string;
        readonly subjectId: string;
        readonly externalKey: string | null;
        readonly position: number;
        readonly priority: number;
        readonly status: CaseStatus;
        readonly importedAt: string;
        readonly studyKey: string | null;
        readonly previousStudy: {
          readonly studyKey: string | null;
          readonly imageKeys: readonly string[];
        } | null;
        readonly clinical: {
          readonly ageYears: number | null;
          readonly sex: Sex | null;
          readonly modality: Modality | null;
          readonly bodyPart: BodyPart | null;
          readonly careSetting: CareSetting | null;
          readonly heightCm: number | null;
          readonly weightKg: number | null;
          readonly daysSincePrevious: number | null;
        } | null;
        readonly images: readonly ({
          readonly id: string;
          readonly key: string | null;
          readonly rows: number;
          readonly columns: number;
          readonly isSizeNominal: boolean;
          readonly viewPosition: ViewPosition | null;
          readonly sopInstanceUid: string | null;
          readonly description: string | null;
        })[];
        readonly sentences: readonly ({
          readonly id: string;
          readonly version: number;
          readonly origin: SentenceOrigin;
          readonly machine: {
            readonly model: string | null;
            readonly version: string | null;
          } | null;
          readonly text: {
            readonly es: string | null;
            readonly en: string | null;
            readonly erased: boolean;
          };
        })[];
        readonly readsWanted: number | null;
        readonly readsSubmitted: number | null;
        readonly annotations: readonly AnnotationFields[];
        readonly consensus: ConsensusFields | null;
        readonly reviews: readonly ({
          readonly outcome: ReviewOutcome | null;
        })[];
        readonly disagreements: readonly ({
          readonly id: string;
          readonly kind: DisagreementKind;
          readonly sentenceId: string | null;
          readonly regionIds: readonly string[];
          readonly options: readonly {
            readonly option: string;
            readonly readIds: readonly string[];
          }[];
        })[] | null;
        readonly adjudications: readonly ({
          readonly id: string;
          readonly cause: AdjudicationCause;
          readonly isSplit: boolean;
          readonly decidedAt: string | null;
          readonly decisions: readonly {
            readonly disagreementId: string;
            readonly option: string;
            readonly reason: DecisionReason;
            readonly followedReadIds: readonly string[];
            readonly overruledReadIds: readonly string[];
          }[];
          readonly votes: readonly ({
            readonly annotationId: string;
            readonly isAdopted: boolean;
            readonly answer: Answer;
            readonly findings: readonly ({
              readonly sentenceId: string | null;
              readonly polarity: Polarity;
              readonly labels: readonly string[];
              readonly locations: readonly string[];
              readonly progression: string | null;
              readonly regionIds: readonly string[];
            })[];
            readonly regions: readonly {
              readonly id: string;
              readonly imageId: string;
              readonly pixels: {
                readonly x1: number;
                readonly y1: number;
                readonly x2: number;
                readonly y2: number;
              };
            }[];
          })[];
        })[] | null;
      };
    })[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
  };
};

export const decidedCases: Operation<DecidedCasesVariables, DecidedCasesData> = {
  name: 'decidedCases',
  kind: 'query',
  document: `fragment OutcomeFields on Case{reviews{outcome}disagreements{id kind sentenceId regionIds options{option readIds}}adjudications{id cause isSplit decidedAt decisions{disagreementId option reason followedReadIds overruledReadIds}votes{annotationId isAdopted answer findings{sentenceId polarity labels locations progression regionIds}regions{id imageId pixels{x1 y1 x2 y2}}}}}query decidedCases(\$projectId:ID!\$first:Int\$after:Cursor\$status:CaseStatus\$afterChange:Token){cases(projectId:\$projectId first:\$first after:\$after status:\$status afterChange:\$afterChange){edges{node{...WholeCaseFields ...OutcomeFields}}pageInfo{hasNextPage endCursor}}}fragment CaseFields on Case{id projectId subjectId externalKey position priority status importedAt studyKey previousStudy{studyKey imageKeys}clinical{ageYears sex modality bodyPart careSetting heightCm weightKg daysSincePrevious}images{id key rows columns isSizeNominal viewPosition sopInstanceUid description}sentences{id version origin machine{model version}text{es en erased}}readsWanted readsSubmitted}fragment AnnotationFields on AnnotationRecord{id readId annotatorId externalReader revision submittedAt answer findings{id sentenceId sentenceVersion statement{es en erased}polarity labels locations progression attributes{name number term}regionIds}regions{id imageId system x1 y1 x2 y2 pixels{x1 y1 x2 y2}}imageQualityFlags reportQualityFlags}fragment ConsensusFields on Consensus{id outcome methodName methodVersion methodParameters recordedAt basedOnVersion regions{id imageId sentenceId decision score supporters supportersOf members{readId regionId}box{x1 y1 x2 y2}label attributes{name number term}}sentences{sentenceId version settled polarity}}fragment WholeCaseFields on Case{...CaseFields annotations{...AnnotationFields}consensus{...ConsensusFields}}`,
};

export type CaseChangePreviewVariables = {
  readonly input: CaseChangeInput;
  readonly first?: number | null;
  readonly after?: string | null;
};

export type CaseChangePreviewData = {
  readonly caseChangePreview: {
    readonly edges: readonly ({
      readonly node: {
        readonly caseId: string;
        readonly status: CaseStatus;
        readonly why: CaseChangeObstacle | null;
        readonly reads: number;
        readonly claimsEnded: number;
      };
    })[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
    readonly counts: {
      readonly possible: number;
      readonly impossible: number;
      readonly reads: number;
      readonly claimsEnded: number;
    };
    readonly more: boolean;
    readonly token: string;
  };
};

export const caseChangePreview: Operation<CaseChangePreviewVariables, CaseChangePreviewData> = {
  name: 'caseChangePreview',
  kind: 'query',
  document: `query caseChangePreview(\$input:CaseChangeInput!\$first:Int\$after:Cursor){caseChangePreview(input:\$input first:\$first after:\$after){edges{node{caseId status why reads claimsEnded}}pageInfo{hasNextPage endCursor}counts{possible impossible reads claimsEnded}more token}}`,
};

export type ChangeCasesVariables = {
  readonly input: ChangeCasesInput;
};

export type ChangeCasesData = {
  readonly changeCases:
    | {
        readonly __typename: 'CasesChanged';
        readonly done: number;
        readonly refused: number;
        readonly remaining: number;
        readonly cases: readonly ({
          readonly caseId: string;
          readonly why: CaseChangeObstacle | null;
          readonly token: string | null;
        })[];
      }
    | {
        readonly __typename: 'PreviewStale';
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const changeCases: Operation<ChangeCasesVariables, ChangeCasesData> = {
  name: 'changeCases',
  kind: 'mutation',
  document: `mutation changeCases(\$input:ChangeCasesInput!){changeCases(input:\$input){__typename ...on CasesChanged{done refused remaining cases{caseId why token}}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type ImportCasesVariables = {
  readonly input: ImportCasesInput;
};

export type ImportCasesData = {
  readonly importCases:
    | {
        readonly __typename: 'CasesImported';
        readonly rows: readonly ({
          readonly outcome: ImportOutcome;
          readonly caseId: string | null;
          readonly problems: readonly ProblemFields[];
        })[];
        readonly token: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const importCases: Operation<ImportCasesVariables, ImportCasesData> = {
  name: 'importCases',
  kind: 'mutation',
  document: `mutation importCases(\$input:ImportCasesInput!){importCases(input:\$input){__typename ...on CasesImported{rows{outcome caseId problems{...ProblemFields}}token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type CasesVariables = {
  readonly projectId: string;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly status?: CaseStatus | null;
  readonly afterChange?: string | null;
};

export type CasesData = {
  readonly cases: {
    readonly edges: readonly {
      readonly node: CaseFields;
    }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
  };
};

export const cases: Operation<CasesVariables, CasesData> = {
  name: 'cases',
  kind: 'query',
  document: `fragment CaseFields on Case{id projectId subjectId externalKey position priority status importedAt studyKey previousStudy{studyKey imageKeys}clinical{ageYears sex modality bodyPart careSetting heightCm weightKg daysSincePrevious}images{id key rows columns isSizeNominal viewPosition sopInstanceUid description}sentences{id version origin machine{model version}text{es en erased}}readsWanted readsSubmitted}query cases(\$projectId:ID!\$first:Int\$after:Cursor\$status:CaseStatus\$afterChange:Token){cases(projectId:\$projectId first:\$first after:\$after status:\$status afterChange:\$afterChange){edges{node{...CaseFields}}pageInfo{hasNextPage endCursor}}}`,
};

export type WholeCasesVariables = {
  readonly projectId: string;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly status?: CaseStatus | null;
  readonly afterChange?: string | null;
};

export type WholeCasesData = {
  readonly cases: {
    readonly edges: readonly {
      readonly node: WholeCaseFields;
    }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
  };
};

export const wholeCases: Operation<WholeCasesVariables, WholeCasesData> = {
  name: 'wholeCases',
  kind: 'query',
  document: `fragment CaseFields on Case{id projectId subjectId externalKey position priority status importedAt studyKey previousStudy{studyKey imageKeys}clinical{ageYears sex modality bodyPart careSetting heightCm weightKg daysSincePrevious}images{id key rows columns isSizeNominal viewPosition sopInstanceUid description}sentences{id version origin machine{model version}text{es en erased}}readsWanted readsSubmitted}fragment AnnotationFields on AnnotationRecord{id readId annotatorId externalReader revision submittedAt answer findings{id sentenceId sentenceVersion statement{es en erased}polarity labels locations progression attributes{name number term}regionIds}regions{id imageId system x1 y1 x2 y2 pixels{x1 y1 x2 y2}}imageQualityFlags reportQualityFlags}fragment ConsensusFields on Consensus{id outcome methodName methodVersion methodParameters recordedAt basedOnVersion regions{id imageId sentenceId decision score supporters supportersOf members{readId regionId}box{x1 y1 x2 y2}label attributes{name number term}}sentences{sentenceId version settled polarity}}fragment WholeCaseFields on Case{...CaseFields annotations{...AnnotationFields}consensus{...ConsensusFields}}query wholeCases(\$projectId:ID!\$first:Int\$after:Cursor\$status:CaseStatus\$afterChange:Token){cases(projectId:\$projectId first:\$first after:\$after status:\$status afterChange:\$afterChange){edges{node{...WholeCaseFields}}pageInfo{hasNextPage endCursor}}}`,
};

export type ExportedCasesVariables = {
  readonly projectId: string;
  readonly first?: number | null;
  readonly after?: string | null;
};

export type ExportedCasesData = {
  readonly cases: {
    readonly edges: readonly ({
      readonly node: {
        readonly id: string;
        readonly projectId: string;
        readonly subjectId: string;
        readonly externalKey: string | null;
        readonly position: number;
        readonly priority: number;
        readonly status: CaseStatus;
        readonly importedAt: string;
        readonly studyKey: string | null;
        readonly previousStudy: {
          readonly studyKey: string | null;
          readonly imageKeys: readonly string[];
        } | null;
        readonly clinical: {
          readonly ageYears: number | null;
          readonly sex: Sex | null;
          readonly modality: Modality | null;
          readonly bodyPart: BodyPart | null;
          readonly careSetting: CareSetting | null;
          readonly heightCm: number | null;
          readonly weightKg: number | null;
          readonly daysSincePrevious: number | null;
        } | null;
        readonly images: readonly ({
          readonly id: string;
          readonly key: string | null;
          readonly rows: number;
          readonly columns: number;
          readonly isSizeNominal: boolean;
          readonly viewPosition: ViewPosition | null;
          readonly sopInstanceUid: string | null;
          readonly description: string | null;
        })[];
        readonly sentences: readonly ({
          readonly id: string;
          readonly version: number;
          readonly origin: SentenceOrigin;
          readonly machine: {
            readonly model: string | null;
            readonly version: string | null;
          } | null;
          readonly text: {
            readonly es: string | null;
            readonly en: string | null;
            readonly erased: boolean;
          };
        })[];
        readonly readsWanted: number | null;
        readonly readsSubmitted: number | null;
        readonly annotations: readonly AnnotationFields[];
        readonly consensus: ConsensusFields | null;
        readonly received: string | null;
        readonly formerSentences: readonly {
          readonly id: string;
        }[];
        readonly adjudications: readonly ({
          readonly id: string;
          readonly decidedAt: string | null;
          readonly votes: readonly ({
            readonly annotationId: string;
            readonly isAdopted: boolean;
            readonly findings: readonly ({
              readonly sentenceId: string | null;
              readonly polarity: Polarity;
              readonly labels: readonly string[];
              readonly locations: readonly string[];
              readonly progression: string | null;
              readonly regionIds: readonly string[];
            })[];
            readonly regions: readonly {
              readonly id: string;
              readonly imageId: string;
              readonly system: CoordinateSystem;
              readonly x1: string;
              readonly y1: string;
              readonly x2: string;
              readonly y2: string;
            }[];
          })[];
        })[] | null;
      };
    })[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
  };
};

export const exportedCases: Operation<ExportedCasesVariables, ExportedCasesData> = {
  name: 'exportedCases',
  kind: 'query',
  document: `fragment CaseFields on Case{id projectId subjectId externalKey position priority status importedAt studyKey previousStudy{studyKey imageKeys}clinical{ageYears sex modality bodyPart careSetting heightCm weightKg daysSincePrevious}images{id key rows columns isSizeNominal viewPosition sopInstanceUid description}sentences{id version origin machine{model version}text{es en erased}}readsWanted readsSubmitted}fragment AnnotationFields on AnnotationRecord{id readId annotatorId externalReader revision submittedAt answer findings{id sentenceId sentenceVersion statement{es en erased}polarity labels locations progression attributes{name number term}regionIds}regions{id imageId system x1 y1 x2 y2 pixels{x1 y1 x2 y2}}imageQualityFlags reportQualityFlags}fragment ConsensusFields on Consensus{id outcome methodName methodVersion methodParameters recordedAt basedOnVersion regions{id imageId sentenceId decision score supporters supportersOf members{readId regionId}box{x1 y1 x2 y2}label attributes{name number term}}sentences{sentenceId version settled polarity}}fragment WholeCaseFields on Case{...CaseFields annotations{...AnnotationFields}consensus{...ConsensusFields}}query exportedCases(\$projectId:ID!\$first:Int\$after:Cursor){cases(projectId:\$projectId first:\$first after:\$after){edges{node{...WholeCaseFields received formerSentences{id}adjudications{id decidedAt votes{annotationId isAdopted findings{sentenceId polarity labels locations progression regionIds}regions{id imageId system x1 y1 x2 y2}}}}}pageInfo{hasNextPage endCursor}}}`,
};

export type WholeCaseVariables = {
  readonly id: string;
  readonly after?: string | null;
};

export type WholeCaseData = {
  readonly case: WholeCaseFields | null;
};

export const wholeCase: Operation<WholeCaseVariables, WholeCaseData> = {
  name: 'wholeCase',
  kind: 'query',
  document: `fragment CaseFields on Case{id projectId subjectId externalKey position priority status importedAt studyKey previousStudy{studyKey imageKeys}clinical{ageYears sex modality bodyPart careSetting heightCm weightKg daysSincePrevious}images{id key rows columns isSizeNominal viewPosition sopInstanceUid description}sentences{id version origin machine{model version}text{es en erased}}readsWanted readsSubmitted}fragment AnnotationFields on AnnotationRecord{id readId annotatorId externalReader revision submittedAt answer findings{id sentenceId sentenceVersion statement{es en erased}polarity labels locations progression attributes{name number term}regionIds}regions{id imageId system x1 y1 x2 y2 pixels{x1 y1 x2 y2}}imageQualityFlags reportQualityFlags}fragment ConsensusFields on Consensus{id outcome methodName methodVersion methodParameters recordedAt basedOnVersion regions{id imageId sentenceId decision score supporters supportersOf members{readId regionId}box{x1 y1 x2 y2}label attributes{name number term}}sentences{sentenceId version settled polarity}}fragment WholeCaseFields on Case{...CaseFields annotations{...AnnotationFields}consensus{...ConsensusFields}}query wholeCase(\$id:ID!\$after:Token){case(id:\$id after:\$after){...WholeCaseFields}}`,
};

export type CaseAsOfVariables = {
  readonly id: string;
  readonly asOf: AsOf;
};

export type CaseAsOfData = {
  readonly case: {
    readonly id: string;
    readonly projectId: string;
    readonly subjectId: string;
    readonly externalKey: string | null;
    readonly position: number;
    readonly priority: number;
    readonly status: CaseStatus;
    readonly importedAt: string;
    readonly studyKey: string | null;
    readonly previousStudy: {
      readonly studyKey: string | null;
      readonly imageKeys: readonly string[];
    } | null;
    readonly clinical: {
      readonly ageYears: number | null;
      readonly sex: Sex | null;
      readonly modality: Modality | null;
      readonly bodyPart: BodyPart | null;
      readonly careSetting: CareSetting | null;
      readonly heightCm: number | null;
      readonly weightKg: number | null;
      readonly daysSincePrevious: number | null;
    } | null;
    readonly images: readonly ({
      readonly id: string;
      readonly key: string | null;
      readonly rows: number;
      readonly columns: number;
      readonly isSizeNominal: boolean;
      readonly viewPosition: ViewPosition | null;
      readonly sopInstanceUid: string | null;
      readonly description: string | null;
    })[];
    readonly sentences: readonly ({
      readonly id: string;
      readonly version: number;
      readonly origin: SentenceOrigin;
      readonly machine: {
        readonly model: string | null;
        readonly version: string | null;
      } | null;
      readonly text: {
        readonly es: string | null;
        readonly en: string | null;
        readonly erased: boolean;
      };
    })[];
    readonly readsWanted: number | null;
    readonly readsSubmitted: number | null;
    readonly annotations: readonly AnnotationFields[];
    readonly consensus: ConsensusFields | null;
    readonly answeredFrom: AnsweredFromFields | null;
  } | null;
};

export const caseAsOf: Operation<CaseAsOfVariables, CaseAsOfData> = {
  name: 'caseAsOf',
  kind: 'query',
  document: `fragment CaseFields on Case{id projectId subjectId externalKey position priority status importedAt studyKey previousStudy{studyKey imageKeys}clinical{ageYears sex modality bodyPart careSetting heightCm weightKg daysSincePrevious}images{id key rows columns isSizeNominal viewPosition sopInstanceUid description}sentences{id version origin machine{model version}text{es en erased}}readsWanted readsSubmitted}fragment AnnotationFields on AnnotationRecord{id readId annotatorId externalReader revision submittedAt answer findings{id sentenceId sentenceVersion statement{es en erased}polarity labels locations progression attributes{name number term}regionIds}regions{id imageId system x1 y1 x2 y2 pixels{x1 y1 x2 y2}}imageQualityFlags reportQualityFlags}fragment ConsensusFields on Consensus{id outcome methodName methodVersion methodParameters recordedAt basedOnVersion regions{id imageId sentenceId decision score supporters supportersOf members{readId regionId}box{x1 y1 x2 y2}label attributes{name number term}}sentences{sentenceId version settled polarity}}fragment WholeCaseFields on Case{...CaseFields annotations{...AnnotationFields}consensus{...ConsensusFields}}query caseAsOf(\$id:ID!\$asOf:AsOf!){case(id:\$id asOf:\$asOf){...WholeCaseFields answeredFrom{...AnsweredFromFields}}}fragment SignedHeadFields on SignedHead{size note}fragment AnsweredFromFields on AnsweredFrom{sequence checkpoint{...SignedHeadFields}}`,
};

export type CaseHistoryVariables = {
  readonly id: string;
  readonly after?: string | null;
  readonly first?: number | null;
  readonly afterEntry?: string | null;
};

export type CaseHistoryData = {
  readonly case: {
    readonly id: string;
    readonly history: {
      readonly edges: readonly ({
        readonly node: {
          readonly type: string;
          readonly at: string;
          readonly actorId: string | null;
          readonly actorRole: string;
          readonly eventId: string | null;
          readonly version: number | null;
          readonly globalSeq: number | null;
          readonly readId: string | null;
          readonly detail: string | null;
        };
      })[];
      readonly pageInfo: {
        readonly hasNextPage: boolean;
        readonly endCursor: string | null;
      };
    };
  } | null;
};

export const caseHistory: Operation<CaseHistoryVariables, CaseHistoryData> = {
  name: 'caseHistory',
  kind: 'query',
  document: `query caseHistory(\$id:ID!\$after:Token\$first:Int\$afterEntry:Cursor){case(id:\$id after:\$after){id history(first:\$first after:\$afterEntry){edges{node{type at actorId actorRole eventId version globalSeq readId detail}}pageInfo{hasNextPage endCursor}}}}`,
};

export type ChangesVariables = {
  readonly after?: string | null;
  readonly first?: number | null;
  readonly projectId?: string | null;
};

export type ChangesData = {
  readonly changes: {
    readonly changes: readonly ({
      readonly caseId: string | null;
      readonly projectId: string;
      readonly type: string;
      readonly at: string;
      readonly globalSeq: number;
    })[];
    readonly cursor: string;
    readonly resync: boolean;
  };
};

export const changes: Operation<ChangesVariables, ChangesData> = {
  name: 'changes',
  kind: 'query',
  document: `query changes(\$after:Cursor\$first:Int\$projectId:ID){changes(after:\$after first:\$first projectId:\$projectId){changes{caseId projectId type at globalSeq}cursor resync}}`,
};

export type CaseChangedVariables = {
  readonly caseId?: string | null;
  readonly projectId?: string | null;
  readonly after?: string | null;
};

export type CaseChangedData = {
  readonly caseChanged: {
    readonly caseId: string | null;
    readonly type: string | null;
    readonly at: string;
    readonly resync: boolean;
  };
};

export const caseChanged: Operation<CaseChangedVariables, CaseChangedData> = {
  name: 'caseChanged',
  kind: 'subscription',
  document: `subscription caseChanged(\$caseId:ID\$projectId:ID\$after:Token){caseChanged(caseId:\$caseId projectId:\$projectId after:\$after){caseId type at resync}}`,
};

export type MyQueueChangedVariables = {
  readonly projectId: string;
  readonly after?: string | null;
};

export type MyQueueChangedData = {
  readonly myQueueChanged: {
    readonly caseId: string | null;
    readonly type: string | null;
    readonly at: string;
    readonly resync: boolean;
  };
};

export const myQueueChanged: Operation<MyQueueChangedVariables, MyQueueChangedData> = {
  name: 'myQueueChanged',
  kind: 'subscription',
  document: `subscription myQueueChanged(\$projectId:ID!\$after:Token){myQueueChanged(projectId:\$projectId after:\$after){caseId type at resync}}`,
};

export type ProjectProgressedVariables = {
  readonly projectId: string;
  readonly after?: string | null;
};

export type ProjectProgressedData = {
  readonly projectProgressed: {
    readonly projectId: string;
    readonly progress: {
      readonly cases: number;
      readonly reading: number;
      readonly awaitingConsensus: number;
      readonly settled: number;
      readonly disputed: number;
      readonly excluded: number;
      readonly withdrawn: number;
      readonly readsSubmitted: number;
    };
    readonly at: string;
  };
};

export const projectProgressed: Operation<ProjectProgressedVariables, ProjectProgressedData> = {
  name: 'projectProgressed',
  kind: 'subscription',
  document: `subscription projectProgressed(\$projectId:ID!\$after:Token){projectProgressed(projectId:\$projectId after:\$after){projectId progress{cases reading awaitingConsensus settled disputed excluded withdrawn readsSubmitted}at}}`,
};

export type DisagreementFoundVariables = {
  readonly projectId: string;
  readonly after?: string | null;
};

export type DisagreementFoundData = {
  readonly disagreementFound: {
    readonly caseId: string | null;
    readonly at: string;
    readonly resync: boolean;
  };
};

export const disagreementFound: Operation<DisagreementFoundVariables, DisagreementFoundData> = {
  name: 'disagreementFound',
  kind: 'subscription',
  document: `subscription disagreementFound(\$projectId:ID!\$after:Token){disagreementFound(projectId:\$projectId after:\$after){caseId at resync}}`,
};

export type OpenThreadVariables = {
  readonly input: OpenThreadInput;
};

export type OpenThreadData = {
  readonly openThread:
    | {
        readonly __typename: 'ThreadOpened';
        readonly caseId: string;
        readonly threadId: string;
        readonly commentId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'CommentRefused';
        readonly message: string;
        readonly why: CommentObstacle;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly message: string;
        readonly problems: readonly ProblemFields[];
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const openThread: Operation<OpenThreadVariables, OpenThreadData> = {
  name: 'openThread',
  kind: 'mutation',
  document: `fragment CommentRefusalFields on Refusal{message ...on CommentRefused{why}...on Invalid{problems{...ProblemFields}}}mutation openThread(\$input:OpenThreadInput!){openThread(input:\$input){__typename ...on ThreadOpened{caseId threadId commentId token}...CommentRefusalFields}}fragment ProblemFields on Problem{path code message}`,
};

export type AddCommentVariables = {
  readonly input: AddCommentInput;
};

export type AddCommentData = {
  readonly addComment:
    | {
        readonly __typename: 'CommentAdded';
        readonly commentId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'CommentRefused';
        readonly message: string;
        readonly why: CommentObstacle;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly message: string;
        readonly problems: readonly ProblemFields[];
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const addComment: Operation<AddCommentVariables, AddCommentData> = {
  name: 'addComment',
  kind: 'mutation',
  document: `fragment CommentRefusalFields on Refusal{message ...on CommentRefused{why}...on Invalid{problems{...ProblemFields}}}mutation addComment(\$input:AddCommentInput!){addComment(input:\$input){__typename ...on CommentAdded{commentId token}...CommentRefusalFields}}fragment ProblemFields on Problem{path code message}`,
};

export type CorrectCommentVariables = {
  readonly input: CorrectCommentInput;
};

export type CorrectCommentData = {
  readonly correctComment:
    | {
        readonly __typename: 'CommentCorrected';
        readonly revision: number;
        readonly token: string;
      }
    | {
        readonly __typename: 'CommentRefused';
        readonly message: string;
        readonly why: CommentObstacle;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly message: string;
        readonly problems: readonly ProblemFields[];
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const correctComment: Operation<CorrectCommentVariables, CorrectCommentData> = {
  name: 'correctComment',
  kind: 'mutation',
  document: `fragment CommentRefusalFields on Refusal{message ...on CommentRefused{why}...on Invalid{problems{...ProblemFields}}}mutation correctComment(\$input:CorrectCommentInput!){correctComment(input:\$input){__typename ...on CommentCorrected{revision token}...CommentRefusalFields}}fragment ProblemFields on Problem{path code message}`,
};

export type RetractCommentVariables = {
  readonly input: RetractCommentInput;
};

export type RetractCommentData = {
  readonly retractComment:
    | {
        readonly __typename: 'CommentRetracted';
        readonly commentId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'CommentRefused';
        readonly message: string;
        readonly why: CommentObstacle;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly message: string;
        readonly problems: readonly ProblemFields[];
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const retractComment: Operation<RetractCommentVariables, RetractCommentData> = {
  name: 'retractComment',
  kind: 'mutation',
  document: `fragment CommentRefusalFields on Refusal{message ...on CommentRefused{why}...on Invalid{problems{...ProblemFields}}}mutation retractComment(\$input:RetractCommentInput!){retractComment(input:\$input){__typename ...on CommentRetracted{commentId token}...CommentRefusalFields}}fragment ProblemFields on Problem{path code message}`,
};

export type ResolveThreadVariables = {
  readonly input: TurnThreadInput;
};

export type ResolveThreadData = {
  readonly resolveThread:
    | {
        readonly __typename: 'ThreadTurned';
        readonly isResolved: boolean;
        readonly token: string;
      }
    | {
        readonly __typename: 'CommentRefused';
        readonly message: string;
        readonly why: CommentObstacle;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly message: string;
        readonly problems: readonly ProblemFields[];
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const resolveThread: Operation<ResolveThreadVariables, ResolveThreadData> = {
  name: 'resolveThread',
  kind: 'mutation',
  document: `fragment CommentRefusalFields on Refusal{message ...on CommentRefused{why}...on Invalid{problems{...ProblemFields}}}mutation resolveThread(\$input:TurnThreadInput!){resolveThread(input:\$input){__typename ...on ThreadTurned{isResolved token}...CommentRefusalFields}}fragment ProblemFields on Problem{path code message}`,
};

export type ReopenThreadVariables = {
  readonly input: TurnThreadInput;
};

export type ReopenThreadData = {
  readonly reopenThread:
    | {
        readonly __typename: 'ThreadTurned';
        readonly isResolved: boolean;
        readonly token: string;
      }
    | {
        readonly __typename: 'CommentRefused';
        readonly message: string;
        readonly why: CommentObstacle;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly message: string;
        readonly problems: readonly ProblemFields[];
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const reopenThread: Operation<ReopenThreadVariables, ReopenThreadData> = {
  name: 'reopenThread',
  kind: 'mutation',
  document: `fragment CommentRefusalFields on Refusal{message ...on CommentRefused{why}...on Invalid{problems{...ProblemFields}}}mutation reopenThread(\$input:TurnThreadInput!){reopenThread(input:\$input){__typename ...on ThreadTurned{isResolved token}...CommentRefusalFields}}fragment ProblemFields on Problem{path code message}`,
};

export type CaseThreadsVariables = {
  readonly id: string;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly afterChange?: string | null;
};

export type CaseThreadsData = {
  readonly case: {
    readonly id: string;
    readonly threads: {
      readonly edges: readonly ({
        readonly node: {
          readonly id: string;
          readonly subject: {
            readonly kind: ThreadSubjectKind;
            readonly sentenceId: string | null;
            readonly findingId: string | null;
            readonly readId: string | null;
            readonly disagreementId: string | null;
          };
          readonly openedAt: string;
          readonly resolvedAt: string | null;
          readonly resolverId: string | null;
          readonly comments: readonly ({
            readonly id: string;
            readonly revision: number;
            readonly writtenAt: string;
            readonly authorId: string | null;
            readonly authorRole: string;
            readonly isOwn: boolean;
            readonly text: string | null;
            readonly retractedAt: string | null;
            readonly retractReason: string | null;
            readonly revisions: readonly ({
              readonly revision: number;
              readonly at: string;
              readonly text: string | null;
            })[];
          })[];
        };
      })[];
      readonly pageInfo: {
        readonly hasNextPage: boolean;
        readonly endCursor: string | null;
      };
    };
  } | null;
};

export const caseThreads: Operation<CaseThreadsVariables, CaseThreadsData> = {
  name: 'caseThreads',
  kind: 'query',
  document: `query caseThreads(\$id:ID!\$first:Int\$after:Cursor\$afterChange:Token){case(id:\$id after:\$afterChange){id threads(first:\$first after:\$after){edges{node{id subject{kind sentenceId findingId readId disagreementId}openedAt resolvedAt resolverId comments{id revision writtenAt authorId authorRole isOwn text retractedAt retractReason revisions{revision at text}}}}pageInfo{hasNextPage endCursor}}}}`,
};

export type SetGoldVariables = {
  readonly input: SetGoldInput;
};

export type SetGoldData = {
  readonly setGold:
    | {
        readonly __typename: 'GoldGiven';
        readonly caseId: string;
        readonly truthVersion: number;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotGold';
        readonly why: GoldObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'StaleRevision';
        readonly revision: number;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly {
          readonly path: string;
          readonly code: string;
          readonly message: string;
        }[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const setGold: Operation<SetGoldVariables, SetGoldData> = {
  name: 'setGold',
  kind: 'mutation',
  document: `mutation setGold(\$input:SetGoldInput!){setGold(input:\$input){...goldGiven}}fragment goldGiven on GoldResult{__typename ...on GoldGiven{caseId truthVersion token}...on StaleRevision{revision}...on NotGold{why}...on Invalid{problems{path code message}}...on Refusal{message}}`,
};

export type CorrectGoldVariables = {
  readonly input: CorrectGoldInput;
};

export type CorrectGoldData = {
  readonly correctGold:
    | {
        readonly __typename: 'GoldGiven';
        readonly caseId: string;
        readonly truthVersion: number;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotGold';
        readonly why: GoldObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'StaleRevision';
        readonly revision: number;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly {
          readonly path: string;
          readonly code: string;
          readonly message: string;
        }[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const correctGold: Operation<CorrectGoldVariables, CorrectGoldData> = {
  name: 'correctGold',
  kind: 'mutation',
  document: `mutation correctGold(\$input:CorrectGoldInput!){correctGold(input:\$input){...goldGiven}}fragment goldGiven on GoldResult{__typename ...on GoldGiven{caseId truthVersion token}...on StaleRevision{revision}...on NotGold{why}...on Invalid{problems{path code message}}...on Refusal{message}}`,
};

export type RetireGoldVariables = {
  readonly input: RetireGoldInput;
};

export type RetireGoldData = {
  readonly retireGold:
    | {
        readonly __typename: 'GoldRetired';
        readonly caseId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotGold';
        readonly why: GoldObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly {
          readonly path: string;
          readonly code: string;
          readonly message: string;
        }[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const retireGold: Operation<RetireGoldVariables, RetireGoldData> = {
  name: 'retireGold',
  kind: 'mutation',
  document: `mutation retireGold(\$input:RetireGoldInput!){retireGold(input:\$input){__typename ...on GoldRetired{caseId token}...on NotGold{why}...on Invalid{problems{path code message}}...on Refusal{message}}}`,
};

export type GoldCasesVariables = {
  readonly projectId: string;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly afterChange?: string | null;
};

export type GoldCasesData = {
  readonly goldCases: {
    readonly edges: readonly ({
      readonly cursor: string;
      readonly node: {
        readonly caseId: string;
        readonly isActive: boolean;
        readonly truthVersion: number;
        readonly truths: readonly ({
          readonly truthVersion: number;
          readonly annotationId: string;
          readonly source: GoldSourceKind;
          readonly adjudicationId: string | null;
          readonly externalSource: string | null;
          readonly note: string | null;
          readonly givenBy: string;
          readonly givenAt: string;
          readonly answer: Answer;
        })[];
        readonly answers: readonly ({
          readonly annotationId: string;
          readonly readId: string;
          readonly annotatorId: string | null;
          readonly revision: number;
          readonly truthVersion: number | null;
          readonly answeredAt: string;
          readonly answer: Answer;
          readonly timeOnTask: {
            readonly activeSeconds: number;
            readonly wallSeconds: number;
          } | null;
        })[];
      };
    })[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
  };
};

export const goldCases: Operation<GoldCasesVariables, GoldCasesData> = {
  name: 'goldCases',
  kind: 'query',
  document: `query goldCases(\$projectId:ID!\$first:Int\$after:Cursor\$afterChange:Token){goldCases(projectId:\$projectId first:\$first after:\$after afterChange:\$afterChange){edges{cursor node{caseId isActive truthVersion truths{truthVersion annotationId source adjudicationId externalSource note givenBy givenAt answer}answers{annotationId readId annotatorId revision truthVersion answeredAt answer timeOnTask{activeSeconds wallSeconds}}}}pageInfo{hasNextPage endCursor}}}`,
};

export type ProtocolMovePreviewVariables = {
  readonly input: ProtocolMoveInput;
  readonly first?: number | null;
  readonly after?: string | null;
};

export type ProtocolMovePreviewData = {
  readonly protocolMovePreview: {
    readonly edges: readonly ({
      readonly node: {
        readonly caseId: string;
        readonly from: number;
        readonly why: ProtocolMoveObstacle | null;
        readonly reads: number;
        readonly reopens: boolean;
        readonly completes: boolean;
        readonly claimsEnded: number;
      };
    })[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
    readonly counts: {
      readonly possible: number;
      readonly impossible: number;
      readonly reopened: number;
      readonly completed: number;
      readonly claimsEnded: number;
    };
    readonly more: boolean;
    readonly token: string;
  };
};

export const protocolMovePreview: Operation<ProtocolMovePreviewVariables, ProtocolMovePreviewData> = {
  name: 'protocolMovePreview',
  kind: 'query',
  document: `query protocolMovePreview(\$input:ProtocolMoveInput!\$first:Int\$after:Cursor){protocolMovePreview(input:\$input first:\$first after:\$after){edges{node{caseId from why reads reopens completes claimsEnded}}pageInfo{hasNextPage endCursor}counts{possible impossible reopened completed claimsEnded}more token}}`,
};

export type MoveProtocolVariables = {
  readonly input: MoveProtocolInput;
};

export type MoveProtocolData = {
  readonly moveProtocol:
    | {
        readonly __typename: 'ProtocolMoved';
        readonly done: number;
        readonly refused: number;
        readonly remaining: number;
        readonly cases: readonly ({
          readonly caseId: string;
          readonly why: ProtocolMoveObstacle | null;
          readonly token: string | null;
        })[];
      }
    | {
        readonly __typename: 'PreviewStale';
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const moveProtocol: Operation<MoveProtocolVariables, MoveProtocolData> = {
  name: 'moveProtocol',
  kind: 'mutation',
  document: `mutation moveProtocol(\$input:MoveProtocolInput!){moveProtocol(input:\$input){__typename ...on ProtocolMoved{done refused remaining cases{caseId why token}}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type ParkedStreamsVariables = Readonly<Record<string, never>>;

export type ParkedStreamsData = {
  readonly parkedStreams: readonly ({
    readonly streamId: string;
    readonly eventId: string;
    readonly eventType: string;
    readonly globalSeq: number;
    readonly errorClass: string;
    readonly errorCode: string | null;
    readonly parkedAt: string;
  })[];
};

export const parkedStreams: Operation<ParkedStreamsVariables, ParkedStreamsData> = {
  name: 'parkedStreams',
  kind: 'query',
  document: `query parkedStreams{parkedStreams{streamId eventId eventType globalSeq errorClass errorCode parkedAt}}`,
};

export type DecideParkedStreamVariables = {
  readonly input: DecideParkedStreamInput;
};

export type DecideParkedStreamData = {
  readonly decideParkedStream:
    | {
        readonly __typename: 'ParkedStreamDecided';
        readonly token: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const decideParkedStream: Operation<DecideParkedStreamVariables, DecideParkedStreamData> = {
  name: 'decideParkedStream',
  kind: 'mutation',
  document: `mutation decideParkedStream(\$input:DecideParkedStreamInput!){decideParkedStream(input:\$input){__typename ...on ParkedStreamDecided{token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type AnnotationHistoryVariables = {
  readonly id: string;
};

export type AnnotationHistoryData = {
  readonly annotationHistory: readonly ({
    readonly caseId: string;
    readonly annotationId: string;
    readonly revision: number;
    readonly at: string;
    readonly fromSequence: number | null;
    readonly eventId: string | null;
    readonly eventType: string;
    readonly actorId: string | null;
    readonly actorRole: string;
    readonly reason: string | null;
    readonly note: string | null;
    readonly annotation: AnnotationFields | null;
  })[];
};

export const annotationHistory: Operation<AnnotationHistoryVariables, AnnotationHistoryData> = {
  name: 'annotationHistory',
  kind: 'query',
  document: `fragment AnnotationFields on AnnotationRecord{id readId annotatorId externalReader revision submittedAt answer findings{id sentenceId sentenceVersion statement{es en erased}polarity labels locations progression attributes{name number term}regionIds}regions{id imageId system x1 y1 x2 y2 pixels{x1 y1 x2 y2}}imageQualityFlags reportQualityFlags}query annotationHistory(\$id:ID!){annotationHistory(id:\$id){caseId annotationId revision at fromSequence eventId eventType actorId actorRole reason note annotation{...AnnotationFields}}}`,
};

export type RegionHistoryVariables = {
  readonly id: string;
};

export type RegionHistoryData = {
  readonly regionHistory: readonly ({
    readonly caseId: string;
    readonly annotationId: string;
    readonly revision: number;
    readonly at: string;
    readonly fromSequence: number | null;
    readonly eventId: string | null;
    readonly eventType: string;
    readonly actorId: string | null;
    readonly actorRole: string;
    readonly reason: string | null;
    readonly note: string | null;
    readonly region: {
      readonly id: string;
      readonly imageId: string;
      readonly system: CoordinateSystem;
      readonly x1: string;
      readonly y1: string;
      readonly x2: string;
      readonly y2: string;
    } | null;
  })[];
};

export const regionHistory: Operation<RegionHistoryVariables, RegionHistoryData> = {
  name: 'regionHistory',
  kind: 'query',
  document: `query regionHistory(\$id:ID!){regionHistory(id:\$id){caseId annotationId revision at fromSequence eventId eventType actorId actorRole reason note region{id imageId system x1 y1 x2 y2}}}`,
};

export type EventProofVariables = {
  readonly eventId: string;
  readonly since?: number | null;
};

export type EventProofData = {
  readonly eventProof:
    | {
        readonly __typename: 'EventProof';
        readonly sequence: number;
        readonly meta: string;
        readonly payload: string;
        readonly salt: string;
        readonly previousStreamHash: string;
        readonly streamHash: string;
        readonly head: SignedHeadFields;
        readonly inclusion: readonly string[];
        readonly consistency: readonly string[] | null;
      }
    | {
        readonly __typename: 'NotSealedYet';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      };
};

export const eventProof: Operation<EventProofVariables, EventProofData> = {
  name: 'eventProof',
  kind: 'query',
  document: `fragment SignedHeadFields on SignedHead{size note}query eventProof(\$eventId:ID!\$since:Int){eventProof(eventId:\$eventId since:\$since){__typename ...on EventProof{sequence meta payload salt previousStreamHash streamHash head{...SignedHeadFields}inclusion consistency}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type QualifyAnnotatorVariables = {
  readonly input: QualifyAnnotatorInput;
};

export type QualifyAnnotatorData = {
  readonly qualifyAnnotator:
    | {
        readonly __typename: 'AnnotatorChanged';
        readonly annotatorId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const qualifyAnnotator: Operation<QualifyAnnotatorVariables, QualifyAnnotatorData> = {
  name: 'qualifyAnnotator',
  kind: 'mutation',
  document: `mutation qualifyAnnotator(\$input:QualifyAnnotatorInput!){qualifyAnnotator(input:\$input){__typename ...on AnnotatorChanged{annotatorId token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type DisqualifyAnnotatorVariables = {
  readonly input: DisqualifyAnnotatorInput;
};

export type DisqualifyAnnotatorData = {
  readonly disqualifyAnnotator:
    | {
        readonly __typename: 'AnnotatorChanged';
        readonly annotatorId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotHeld';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const disqualifyAnnotator: Operation<DisqualifyAnnotatorVariables, DisqualifyAnnotatorData> = {
  name: 'disqualifyAnnotator',
  kind: 'mutation',
  document: `mutation disqualifyAnnotator(\$input:DisqualifyAnnotatorInput!){disqualifyAnnotator(input:\$input){__typename ...on AnnotatorChanged{annotatorId token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type PauseAnnotatorVariables = {
  readonly input: PauseAnnotatorInput;
};

export type PauseAnnotatorData = {
  readonly pauseAnnotator:
    | {
        readonly __typename: 'AnnotatorChanged';
        readonly annotatorId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const pauseAnnotator: Operation<PauseAnnotatorVariables, PauseAnnotatorData> = {
  name: 'pauseAnnotator',
  kind: 'mutation',
  document: `mutation pauseAnnotator(\$input:PauseAnnotatorInput!){pauseAnnotator(input:\$input){__typename ...on AnnotatorChanged{annotatorId token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type ResumeAnnotatorVariables = {
  readonly input: ResumeAnnotatorInput;
};

export type ResumeAnnotatorData = {
  readonly resumeAnnotator:
    | {
        readonly __typename: 'AnnotatorChanged';
        readonly annotatorId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const resumeAnnotator: Operation<ResumeAnnotatorVariables, ResumeAnnotatorData> = {
  name: 'resumeAnnotator',
  kind: 'mutation',
  document: `mutation resumeAnnotator(\$input:ResumeAnnotatorInput!){resumeAnnotator(input:\$input){__typename ...on AnnotatorChanged{annotatorId token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type AddMemberVariables = {
  readonly input: MemberInput;
};

export type AddMemberData = {
  readonly addMember:
    | {
        readonly __typename: 'MemberChanged';
        readonly projectId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotHeld';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const addMember: Operation<AddMemberVariables, AddMemberData> = {
  name: 'addMember',
  kind: 'mutation',
  document: `mutation addMember(\$input:MemberInput!){addMember(input:\$input){__typename ...on MemberChanged{projectId token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type RemoveMemberVariables = {
  readonly input: MemberInput;
};

export type RemoveMemberData = {
  readonly removeMember:
    | {
        readonly __typename: 'MemberChanged';
        readonly projectId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotHeld';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const removeMember: Operation<RemoveMemberVariables, RemoveMemberData> = {
  name: 'removeMember',
  kind: 'mutation',
  document: `mutation removeMember(\$input:MemberInput!){removeMember(input:\$input){__typename ...on MemberChanged{projectId token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}`,
};

export type ProjectMembersVariables = {
  readonly id: string;
  readonly after?: string | null;
};

export type ProjectMembersData = {
  readonly project: {
    readonly id: string;
    readonly members: readonly {
      readonly personId: string;
      readonly role: MemberRole;
      readonly since: string;
    }[];
    readonly closedRoles: readonly MemberRole[];
  } | null;
};

export const projectMembers: Operation<ProjectMembersVariables, ProjectMembersData> = {
  name: 'projectMembers',
  kind: 'query',
  document: `query projectMembers(\$id:ID!\$after:Token){project(id:\$id after:\$after){id members{personId role since}closedRoles}}`,
};

export type CreateProjectVariables = {
  readonly input: CreateProjectInput;
};

export type CreateProjectData = {
  readonly createProject:
    | {
        readonly __typename: 'ProjectCreated';
        readonly projectId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const createProject: Operation<CreateProjectVariables, CreateProjectData> = {
  name: 'createProject',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}mutation createProject(\$input:CreateProjectInput!){createProject(input:\$input){__typename ...on ProjectCreated{projectId token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type AdoptProtocolVariables = {
  readonly input: AdoptProtocolInput;
};

export type AdoptProtocolData = {
  readonly adoptProtocol:
    | {
        readonly __typename: 'ProtocolAdopted';
        readonly projectId: string;
        readonly protocolVersion: number;
        readonly token: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const adoptProtocol: Operation<AdoptProtocolVariables, AdoptProtocolData> = {
  name: 'adoptProtocol',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}mutation adoptProtocol(\$input:AdoptProtocolInput!){adoptProtocol(input:\$input){__typename ...on ProtocolAdopted{projectId protocolVersion token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type RegisterAnnotatorVariables = {
  readonly input: RegisterAnnotatorInput;
};

export type RegisterAnnotatorData = {
  readonly registerAnnotator:
    | {
        readonly __typename: 'AnnotatorRegistered';
        readonly annotatorId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const registerAnnotator: Operation<RegisterAnnotatorVariables, RegisterAnnotatorData> = {
  name: 'registerAnnotator',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}mutation registerAnnotator(\$input:RegisterAnnotatorInput!){registerAnnotator(input:\$input){__typename ...on AnnotatorRegistered{annotatorId token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type ProjectVariables = {
  readonly id: string;
  readonly after?: string | null;
};

export type ProjectData = {
  readonly project: ProjectFields | null;
};

export const project: Operation<ProjectVariables, ProjectData> = {
  name: 'project',
  kind: 'query',
  document: `fragment ProtocolFields on Protocol{readsPerCase readsMaximum leaseSeconds openClaimsMaximum amendWindowSeconds languages labels{term group parent codes{system code}matchingGate isAlwaysAdjudicated}locations{term laterality codes{system code}}progressionTerms imageQualityFlags reportQualityFlags attributes{kind name minimum maximum unit values}regionKinds matchingGate disagreements{presence label extent location progression sentenceLink translation}adjudication{panelSize roles sampledShare readersShown}reviewShare goldShare pausesOnDrift readerIdentity}fragment ProjectFields on Project{id name protocolVersion protocol{...ProtocolFields}createdAt progress{cases reading awaitingConsensus settled disputed adjudicating adjudicated finalised excluded withdrawn readsSubmitted}}query project(\$id:ID!\$after:Token){project(id:\$id after:\$after){...ProjectFields}}`,
};

export type ProjectAsOfVariables = {
  readonly id: string;
  readonly asOf: AsOf;
};

export type ProjectAsOfData = {
  readonly project: {
    readonly id: string;
    readonly name: string;
    readonly protocolVersion: number;
    readonly protocol: ProtocolFields;
    readonly createdAt: string;
    readonly progress: {
      readonly cases: number;
      readonly reading: number;
      readonly awaitingConsensus: number;
      readonly settled: number;
      readonly disputed: number;
      readonly adjudicating: number;
      readonly adjudicated: number;
      readonly finalised: number;
      readonly excluded: number;
      readonly withdrawn: number;
      readonly readsSubmitted: number;
    } | null;
    readonly answeredFrom: AnsweredFromFields | null;
  } | null;
};

export const projectAsOf: Operation<ProjectAsOfVariables, ProjectAsOfData> = {
  name: 'projectAsOf',
  kind: 'query',
  document: `fragment SignedHeadFields on SignedHead{size note}fragment AnsweredFromFields on AnsweredFrom{sequence checkpoint{...SignedHeadFields}}fragment ProtocolFields on Protocol{readsPerCase readsMaximum leaseSeconds openClaimsMaximum amendWindowSeconds languages labels{term group parent codes{system code}matchingGate isAlwaysAdjudicated}locations{term laterality codes{system code}}progressionTerms imageQualityFlags reportQualityFlags attributes{kind name minimum maximum unit values}regionKinds matchingGate disagreements{presence label extent location progression sentenceLink translation}adjudication{panelSize roles sampledShare readersShown}reviewShare goldShare pausesOnDrift readerIdentity}fragment ProjectFields on Project{id name protocolVersion protocol{...ProtocolFields}createdAt progress{cases reading awaitingConsensus settled disputed adjudicating adjudicated finalised excluded withdrawn readsSubmitted}}query projectAsOf(\$id:ID!\$asOf:AsOf!){project(id:\$id asOf:\$asOf){...ProjectFields answeredFrom{...AnsweredFromFields}}}`,
};

export type ProjectAnnotatorsVariables = {
  readonly id: string;
  readonly after?: string | null;
};

export type ProjectAnnotatorsData = {
  readonly project: {
    readonly id: string;
    readonly annotators: readonly ({
      readonly id: string;
      readonly personId: string;
      readonly registeredAt: string;
      readonly status: AnnotatorStatus;
      readonly pausedFor: PauseReason | null;
      readonly qualifications: readonly ({
        readonly language: Language | null;
        readonly findingGroup: string | null;
        readonly expiresAt: string | null;
      })[];
    })[];
  } | null;
};

export const projectAnnotators: Operation<ProjectAnnotatorsVariables, ProjectAnnotatorsData> = {
  name: 'projectAnnotators',
  kind: 'query',
  document: `query projectAnnotators(\$id:ID!\$after:Token){project(id:\$id after:\$after){id annotators{id personId registeredAt status pausedFor qualifications{language findingGroup expiresAt}}}}`,
};

export type ProjectsVariables = {
  readonly first?: number | null;
  readonly after?: string | null;
};

export type ProjectsData = {
  readonly projects: {
    readonly edges: readonly {
      readonly node: ProjectFields;
    }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
  };
};

export const projects: Operation<ProjectsVariables, ProjectsData> = {
  name: 'projects',
  kind: 'query',
  document: `fragment ProtocolFields on Protocol{readsPerCase readsMaximum leaseSeconds openClaimsMaximum amendWindowSeconds languages labels{term group parent codes{system code}matchingGate isAlwaysAdjudicated}locations{term laterality codes{system code}}progressionTerms imageQualityFlags reportQualityFlags attributes{kind name minimum maximum unit values}regionKinds matchingGate disagreements{presence label extent location progression sentenceLink translation}adjudication{panelSize roles sampledShare readersShown}reviewShare goldShare pausesOnDrift readerIdentity}fragment ProjectFields on Project{id name protocolVersion protocol{...ProtocolFields}createdAt progress{cases reading awaitingConsensus settled disputed adjudicating adjudicated finalised excluded withdrawn readsSubmitted}}query projects(\$first:Int\$after:Cursor){projects(first:\$first after:\$after){edges{node{...ProjectFields}}pageInfo{hasNextPage endCursor}}}`,
};

export type BeginExportVariables = {
  readonly input: BeginExportInput;
};

export type BeginExportData = {
  readonly beginExport:
    | {
        readonly __typename: 'ExportBegun';
        readonly exportId: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      };
};

export const beginExport: Operation<BeginExportVariables, BeginExportData> = {
  name: 'beginExport',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}mutation beginExport(\$input:BeginExportInput!){beginExport(input:\$input){__typename ...on ExportBegun{exportId}...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type ProjectProtocolVariables = {
  readonly id: string;
};

export type ProjectProtocolData = {
  readonly project: {
    readonly id: string;
    readonly name: string;
    readonly protocolVersion: number;
    readonly protocol: {
      readonly readsPerCase: number;
      readonly readsMaximum: number;
      readonly leaseSeconds: number;
      readonly openClaimsMaximum: number;
      readonly amendWindowSeconds: number;
      readonly languages: readonly Language[];
      readonly labels: readonly ({
        readonly term: string;
        readonly group: string | null;
        readonly parent: string | null;
        readonly codes: readonly {
          readonly system: string;
          readonly code: string;
        }[];
        readonly matchingGate: number | null;
        readonly isAlwaysAdjudicated: boolean;
      })[];
      readonly locations: readonly ({
        readonly term: string;
        readonly laterality: Laterality | null;
        readonly codes: readonly {
          readonly system: string;
          readonly code: string;
        }[];
      })[];
      readonly progressionTerms: readonly string[];
      readonly imageQualityFlags: readonly string[];
      readonly reportQualityFlags: readonly string[];
      readonly attributes: readonly ({
        readonly kind: AttributeKind;
        readonly name: string;
        readonly minimum: number | null;
        readonly maximum: number | null;
        readonly unit: string | null;
        readonly values: readonly string[] | null;
      })[];
      readonly regionKinds: readonly RegionKind[];
      readonly matchingGate: number;
      readonly disagreements: {
        readonly presence: DisagreementAction;
        readonly label: DisagreementAction;
        readonly extent: DisagreementAction;
        readonly location: DisagreementAction;
        readonly progression: DisagreementAction;
        readonly sentenceLink: DisagreementAction;
        readonly translation: DisagreementAction;
      };
      readonly adjudication: {
        readonly panelSize: number;
        readonly roles: readonly AdjudicatingRole[];
        readonly sampledShare: number | null;
        readonly readersShown: ReadersShown;
      };
      readonly reviewShare: number;
      readonly goldShare: number | null;
      readonly pausesOnDrift: boolean | null;
      readonly readerIdentity: ReaderIdentity;
      readonly qualificationsRequired: boolean;
    };
  } | null;
};

export const projectProtocol: Operation<ProjectProtocolVariables, ProjectProtocolData> = {
  name: 'projectProtocol',
  kind: 'query',
  document: `fragment ProtocolFields on Protocol{readsPerCase readsMaximum leaseSeconds openClaimsMaximum amendWindowSeconds languages labels{term group parent codes{system code}matchingGate isAlwaysAdjudicated}locations{term laterality codes{system code}}progressionTerms imageQualityFlags reportQualityFlags attributes{kind name minimum maximum unit values}regionKinds matchingGate disagreements{presence label extent location progression sentenceLink translation}adjudication{panelSize roles sampledShare readersShown}reviewShare goldShare pausesOnDrift readerIdentity}query projectProtocol(\$id:ID!){project(id:\$id){id name protocolVersion protocol{...ProtocolFields qualificationsRequired}}}`,
};

export type AmendAnnotationVariables = {
  readonly input: AmendAnnotationInput;
};

export type AmendAnnotationData = {
  readonly amendAnnotation:
    | {
        readonly __typename: 'AnnotationAmended';
        readonly annotationId: string;
        readonly revision: number;
        readonly token: string;
      }
    | {
        readonly __typename: 'AmendWindowClosed';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotSubmitted';
        readonly message: string;
      }
    | {
        readonly __typename: 'StaleRevision';
        readonly revision: number;
        readonly message: string;
      }
    | {
        readonly __typename: 'CaseNotAvailable';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly {
          readonly path: string;
          readonly code: string;
          readonly message: string;
        }[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      }
    | {
        readonly __typename: 'SentencesChanged';
        readonly message: string;
      };
};

export const amendAnnotation: Operation<AmendAnnotationVariables, AmendAnnotationData> = {
  name: 'amendAnnotation',
  kind: 'mutation',
  document: `mutation amendAnnotation(\$input:AmendAnnotationInput!){amendAnnotation(input:\$input){__typename ...on AnnotationAmended{annotationId revision token}...on StaleRevision{revision}...on Invalid{problems{path code message}}...on Refusal{message}}}`,
};

export type LateAnnotationsVariables = {
  readonly projectId: string;
  readonly first?: number | null;
};

export type LateAnnotationsData = {
  readonly lateAnnotations: readonly ({
    readonly caseId: string;
    readonly annotationId: string;
    readonly readId: string;
    readonly annotatorId: string | null;
    readonly keptAt: string;
    readonly answer: Answer;
  })[];
};

export const lateAnnotations: Operation<LateAnnotationsVariables, LateAnnotationsData> = {
  name: 'lateAnnotations',
  kind: 'query',
  document: `query lateAnnotations(\$projectId:ID!\$first:Int){lateAnnotations(projectId:\$projectId first:\$first){caseId annotationId readId annotatorId keptAt answer}}`,
};

export type AcceptLateAnnotationVariables = {
  readonly input: AcceptLateAnnotationInput;
};

export type AcceptLateAnnotationData = {
  readonly acceptLateAnnotation:
    | {
        readonly __typename: 'LateAnnotationDecided';
        readonly caseId: string;
        readonly annotationId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'CaseNotAvailable';
        readonly message: string;
      }
    | {
        readonly __typename: 'AlreadySubmitted';
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly {
          readonly path: string;
          readonly code: string;
          readonly message: string;
        }[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      }
    | {
        readonly __typename: 'SentencesChanged';
        readonly message: string;
      };
};

export const acceptLateAnnotation: Operation<AcceptLateAnnotationVariables, AcceptLateAnnotationData> = {
  name: 'acceptLateAnnotation',
  kind: 'mutation',
  document: `mutation acceptLateAnnotation(\$input:AcceptLateAnnotationInput!){acceptLateAnnotation(input:\$input){__typename ...on LateAnnotationDecided{caseId annotationId token}...on Invalid{problems{path code message}}...on Refusal{message}}}`,
};

export type DeclineLateAnnotationVariables = {
  readonly input: DeclineLateAnnotationInput;
};

export type DeclineLateAnnotationData = {
  readonly declineLateAnnotation:
    | {
        readonly __typename: 'LateAnnotationDecided';
        readonly caseId: string;
        readonly annotationId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'CaseNotAvailable';
        readonly message: string;
      }
    | {
        readonly __typename: 'AlreadySubmitted';
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly {
          readonly path: string;
          readonly code: string;
          readonly message: string;
        }[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      }
    | {
        readonly __typename: 'SentencesChanged';
        readonly message: string;
      };
};

export const declineLateAnnotation: Operation<DeclineLateAnnotationVariables, DeclineLateAnnotationData> = {
  name: 'declineLateAnnotation',
  kind: 'mutation',
  document: `mutation declineLateAnnotation(\$input:DeclineLateAnnotationInput!){declineLateAnnotation(input:\$input){__typename ...on LateAnnotationDecided{caseId annotationId token}...on Invalid{problems{path code message}}...on Refusal{message}}}`,
};

export type FlagsVariables = {
  readonly projectId: string;
  readonly first?: number | null;
};

export type FlagsData = {
  readonly flags: readonly ({
    readonly caseId: string;
    readonly flagId: string;
    readonly actorId: string | null;
    readonly actorRole: string;
    readonly reason: FlagReason;
    readonly note: string | null;
    readonly flaggedAt: string;
  })[];
};

export const flags: Operation<FlagsVariables, FlagsData> = {
  name: 'flags',
  kind: 'query',
  document: `query flags(\$projectId:ID!\$first:Int){flags(projectId:\$projectId first:\$first){caseId flagId actorId actorRole reason note flaggedAt}}`,
};

export type FlagCaseVariables = {
  readonly input: FlagCaseInput;
};

export type FlagCaseData = {
  readonly flagCase:
    | {
        readonly __typename: 'CaseFlagged';
        readonly caseId: string;
        readonly flagId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'TooManyFlags';
        readonly message: string;
      }
    | {
        readonly __typename: 'StaleLease';
        readonly message: string;
      }
    | {
        readonly __typename: 'CaseNotAvailable';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly {
          readonly path: string;
          readonly code: string;
          readonly message: string;
        }[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const flagCase: Operation<FlagCaseVariables, FlagCaseData> = {
  name: 'flagCase',
  kind: 'mutation',
  document: `mutation flagCase(\$input:FlagCaseInput!){flagCase(input:\$input){__typename ...on CaseFlagged{caseId flagId token}...on Invalid{problems{path code message}}...on Refusal{message}}}`,
};

export type ResolveFlagVariables = {
  readonly input: ResolveFlagInput;
};

export type ResolveFlagData = {
  readonly resolveFlag:
    | {
        readonly __typename: 'FlagResolved';
        readonly caseId: string;
        readonly flagId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'CaseNotAvailable';
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly {
          readonly path: string;
          readonly code: string;
          readonly message: string;
        }[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const resolveFlag: Operation<ResolveFlagVariables, ResolveFlagData> = {
  name: 'resolveFlag',
  kind: 'mutation',
  document: `mutation resolveFlag(\$input:ResolveFlagInput!){resolveFlag(input:\$input){__typename ...on FlagResolved{caseId flagId token}...on Invalid{problems{path code message}}...on Refusal{message}}}`,
};

export type ExplainQueueVariables = {
  readonly projectId: string;
  readonly caseId?: string | null;
  readonly language?: Language | null;
  readonly priorityAtLeast?: number | null;
};

export type ExplainQueueData = {
  readonly explainQueue: {
    readonly rules: readonly ({
      readonly rule: QueueRuleName;
      readonly passes: boolean;
      readonly count: number | null;
      readonly limit: number | null;
    })[];
    readonly counts: {
      readonly reading: number;
      readonly full: number;
      readonly heldBack: number;
      readonly otherwise: number;
    } | null;
    readonly places: {
      readonly priority: number;
      readonly position: number;
      readonly wanted: number;
      readonly taken: number;
      readonly holders: readonly {
        readonly annotatorId: string;
        readonly status: string;
        readonly leaseEndsAt: string;
      }[];
    } | null;
  };
};

export const explainQueue: Operation<ExplainQueueVariables, ExplainQueueData> = {
  name: 'explainQueue',
  kind: 'query',
  document: `query explainQueue(\$projectId:ID!\$caseId:ID\$language:Language\$priorityAtLeast:Int){explainQueue(projectId:\$projectId caseId:\$caseId language:\$language priorityAtLeast:\$priorityAtLeast){rules{rule passes count limit}counts{reading full heldBack otherwise}places{priority position wanted taken holders{annotatorId status leaseEndsAt}}}}`,
};

export type MyDraftVariables = {
  readonly caseId: string;
};

export type MyDraftData = {
  readonly myDraft: {
    readonly caseId: string;
    readonly revision: number;
    readonly savedAt: string;
    readonly annotation: string | null;
  } | null;
};

export const myDraft: Operation<MyDraftVariables, MyDraftData> = {
  name: 'myDraft',
  kind: 'query',
  document: `query myDraft(\$caseId:ID!){myDraft(caseId:\$caseId){caseId revision savedAt annotation}}`,
};

export type SaveDraftVariables = {
  readonly input: SaveDraftInput;
};

export type SaveDraftData = {
  readonly saveDraft:
    | {
        readonly __typename: 'DraftSaved';
        readonly revision: number;
      }
    | {
        readonly __typename: 'DraftConflict';
        readonly revision: number;
        readonly saved: string | null;
        readonly differences: readonly ({
          readonly path: string;
          readonly saved: string | null;
          readonly yours: string | null;
        })[];
        readonly message: string;
      }
    | {
        readonly __typename: 'StaleLease';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly {
          readonly path: string;
          readonly code: string;
          readonly message: string;
        }[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      };
};

export const saveDraft: Operation<SaveDraftVariables, SaveDraftData> = {
  name: 'saveDraft',
  kind: 'mutation',
  document: `mutation saveDraft(\$input:SaveDraftInput!){saveDraft(input:\$input){__typename ...on DraftSaved{revision}...on DraftConflict{revision saved differences{path saved yours}}...on Invalid{problems{path code message}}...on Refusal{message}}}`,
};

export type ClaimNextCaseVariables = {
  readonly input: ClaimNextCaseInput;
};

export type ClaimNextCaseData = {
  readonly claimNextCase:
    | {
        readonly __typename: 'Claimed';
        readonly case: ClaimedCaseFields;
        readonly caseId: string;
        readonly leaseToken: string;
        readonly leaseEndsAt: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NothingToClaim';
        readonly message: string;
      }
    | {
        readonly __typename: 'TooManyClaims';
        readonly held: readonly HeldReadFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CaseNotAvailable';
        readonly message: string;
      }
    | {
        readonly __typename: 'AlreadySubmitted';
        readonly revision: number;
        readonly message: string;
      }
    | {
        readonly __typename: 'AlreadySkipped';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotAnAnnotator';
        readonly message: string;
      }
    | {
        readonly __typename: 'AnnotatorPaused';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotQualified';
        readonly missing: readonly ({
          readonly language: Language | null;
          readonly findingGroup: string | null;
        })[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const claimNextCase: Operation<ClaimNextCaseVariables, ClaimNextCaseData> = {
  name: 'claimNextCase',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}fragment ClaimedCaseFields on Case{id protocolVersion position priority images{id rows columns sopInstanceUid description}sentences{id version origin text{es en erased}}}fragment HeldReadFields on HeldRead{caseId leaseToken leaseEndsAt}fragment ClaimFields on ClaimResult{__typename ...on Claimed{case{...ClaimedCaseFields}caseId leaseToken leaseEndsAt token}...on TooManyClaims{held{...HeldReadFields}}...on NotQualified{missing{language findingGroup}}...on AlreadySubmitted{revision}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation claimNextCase(\$input:ClaimNextCaseInput!){claimNextCase(input:\$input){...ClaimFields}}`,
};

export type ClaimCaseVariables = {
  readonly input: ClaimCaseInput;
};

export type ClaimCaseData = {
  readonly claimCase:
    | {
        readonly __typename: 'Claimed';
        readonly case: ClaimedCaseFields;
        readonly caseId: string;
        readonly leaseToken: string;
        readonly leaseEndsAt: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NothingToClaim';
        readonly message: string;
      }
    | {
        readonly __typename: 'TooManyClaims';
        readonly held: readonly HeldReadFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CaseNotAvailable';
        readonly message: string;
      }
    | {
        readonly __typename: 'AlreadySubmitted';
        readonly revision: number;
        readonly message: string;
      }
    | {
        readonly __typename: 'AlreadySkipped';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotAnAnnotator';
        readonly message: string;
      }
    | {
        readonly __typename: 'AnnotatorPaused';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotQualified';
        readonly missing: readonly ({
          readonly language: Language | null;
          readonly findingGroup: string | null;
        })[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const claimCase: Operation<ClaimCaseVariables, ClaimCaseData> = {
  name: 'claimCase',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}fragment ClaimedCaseFields on Case{id protocolVersion position priority images{id rows columns sopInstanceUid description}sentences{id version origin text{es en erased}}}fragment HeldReadFields on HeldRead{caseId leaseToken leaseEndsAt}fragment ClaimFields on ClaimResult{__typename ...on Claimed{case{...ClaimedCaseFields}caseId leaseToken leaseEndsAt token}...on TooManyClaims{held{...HeldReadFields}}...on NotQualified{missing{language findingGroup}}...on AlreadySubmitted{revision}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation claimCase(\$input:ClaimCaseInput!){claimCase(input:\$input){...ClaimFields}}`,
};

export type ClaimKnownCaseVariables = {
  readonly input: ClaimCaseInput;
};

export type ClaimKnownCaseData = {
  readonly claimCase:
    | {
        readonly __typename: 'Claimed';
        readonly caseId: string;
        readonly leaseToken: string;
        readonly leaseEndsAt: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NothingToClaim';
        readonly message: string;
      }
    | {
        readonly __typename: 'TooManyClaims';
        readonly held: readonly HeldReadFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CaseNotAvailable';
        readonly message: string;
      }
    | {
        readonly __typename: 'AlreadySubmitted';
        readonly message: string;
      }
    | {
        readonly __typename: 'AlreadySkipped';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotAnAnnotator';
        readonly message: string;
      }
    | {
        readonly __typename: 'AnnotatorPaused';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotQualified';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const claimKnownCase: Operation<ClaimKnownCaseVariables, ClaimKnownCaseData> = {
  name: 'claimKnownCase',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment HeldReadFields on HeldRead{caseId leaseToken leaseEndsAt}mutation claimKnownCase(\$input:ClaimCaseInput!){claimCase(input:\$input){__typename ...on Claimed{caseId leaseToken leaseEndsAt token}...on TooManyClaims{held{...HeldReadFields}}...RefusalFields}}`,
};

export type RenewLeaseVariables = {
  readonly input: RenewLeaseInput;
};

export type RenewLeaseData = {
  readonly renewLease:
    | {
        readonly __typename: 'LeaseRenewed';
        readonly leaseEndsAt: string;
      }
    | {
        readonly __typename: 'StaleLease';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      };
};

export const renewLease: Operation<RenewLeaseVariables, RenewLeaseData> = {
  name: 'renewLease',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}mutation renewLease(\$input:RenewLeaseInput!){renewLease(input:\$input){__typename ...on LeaseRenewed{leaseEndsAt}...RefusalFields}}`,
};

export type ReleaseReadVariables = {
  readonly input: ReleaseReadInput;
};

export type ReleaseReadData = {
  readonly releaseRead:
    | {
        readonly __typename: 'ReadEnded';
        readonly token: string;
      }
    | {
        readonly __typename: 'StaleLease';
        readonly message: string;
      }
    | {
        readonly __typename: 'AlreadySubmitted';
        readonly revision: number;
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const releaseRead: Operation<ReleaseReadVariables, ReleaseReadData> = {
  name: 'releaseRead',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}fragment EndReadFields on EndReadResult{__typename ...on ReadEnded{token}...on AlreadySubmitted{revision}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation releaseRead(\$input:ReleaseReadInput!){releaseRead(input:\$input){...EndReadFields}}`,
};

export type SkipReadVariables = {
  readonly input: SkipReadInput;
};

export type SkipReadData = {
  readonly skipRead:
    | {
        readonly __typename: 'ReadEnded';
        readonly token: string;
      }
    | {
        readonly __typename: 'StaleLease';
        readonly message: string;
      }
    | {
        readonly __typename: 'AlreadySubmitted';
        readonly revision: number;
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const skipRead: Operation<SkipReadVariables, SkipReadData> = {
  name: 'skipRead',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}fragment EndReadFields on EndReadResult{__typename ...on ReadEnded{token}...on AlreadySubmitted{revision}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation skipRead(\$input:SkipReadInput!){skipRead(input:\$input){...EndReadFields}}`,
};

export type SubmitAnnotationVariables = {
  readonly input: SubmitAnnotationInput;
};

export type SubmitAnnotationData = {
  readonly submitAnnotation:
    | {
        readonly __typename: 'AnnotationSubmitted';
        readonly annotationId: string;
        readonly revision: number;
        readonly token: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'StaleLease';
        readonly message: string;
      }
    | {
        readonly __typename: 'StaleRevision';
        readonly revision: number;
        readonly message: string;
      }
    | {
        readonly __typename: 'AlreadySubmitted';
        readonly revision: number;
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      }
    | {
        readonly __typename: 'LateAnnotationKept';
        readonly annotationId: string;
        readonly message: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'SentencesChanged';
        readonly message: string;
      };
};

export const submitAnnotation: Operation<SubmitAnnotationVariables, SubmitAnnotationData> = {
  name: 'submitAnnotation',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}mutation submitAnnotation(\$input:SubmitAnnotationInput!){submitAnnotation(input:\$input){__typename ...on LateAnnotationKept{annotationId message token}...on AnnotationSubmitted{annotationId revision token}...on StaleRevision{revision}...on AlreadySubmitted{revision}...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type MyQueueVariables = {
  readonly projectId: string;
  readonly after?: string | null;
};

export type MyQueueData = {
  readonly myQueue: {
    readonly held: readonly HeldReadFields[];
    readonly available: number;
  };
};

export const myQueue: Operation<MyQueueVariables, MyQueueData> = {
  name: 'myQueue',
  kind: 'query',
  document: `fragment HeldReadFields on HeldRead{caseId leaseToken leaseEndsAt}query myQueue(\$projectId:ID!\$after:Token){myQueue(projectId:\$projectId after:\$after){held{...HeldReadFields}available}}`,
};

export type MyReviewsVariables = {
  readonly projectId: string;
  readonly after?: string | null;
};

export type MyReviewsData = {
  readonly myReviews: {
    readonly held: readonly HeldReadFields[];
    readonly available: number;
  };
};

export const myReviews: Operation<MyReviewsVariables, MyReviewsData> = {
  name: 'myReviews',
  kind: 'query',
  document: `fragment HeldReadFields on HeldRead{caseId leaseToken leaseEndsAt}query myReviews(\$projectId:ID!\$after:Token){myReviews(projectId:\$projectId after:\$after){held{...HeldReadFields}available}}`,
};

export type ClaimNextReviewVariables = {
  readonly input: ClaimNextReviewInput;
};

export type ClaimNextReviewData = {
  readonly claimNextReview:
    | {
        readonly __typename: 'ReviewClaimed';
        readonly caseId: string;
        readonly leaseToken: string;
        readonly leaseEndsAt: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NothingToReview';
        readonly message: string;
      }
    | {
        readonly __typename: 'ReviewRefused';
        readonly why: ReviewObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const claimNextReview: Operation<ClaimNextReviewVariables, ClaimNextReviewData> = {
  name: 'claimNextReview',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}fragment ReviewClaimFields on ClaimReviewResult{__typename ...on ReviewClaimed{caseId leaseToken leaseEndsAt token}...on ReviewRefused{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation claimNextReview(\$input:ClaimNextReviewInput!){claimNextReview(input:\$input){...ReviewClaimFields}}`,
};

export type ClaimReviewVariables = {
  readonly input: ClaimReviewInput;
};

export type ClaimReviewData = {
  readonly claimReview:
    | {
        readonly __typename: 'ReviewClaimed';
        readonly caseId: string;
        readonly leaseToken: string;
        readonly leaseEndsAt: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NothingToReview';
        readonly message: string;
      }
    | {
        readonly __typename: 'ReviewRefused';
        readonly why: ReviewObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const claimReview: Operation<ClaimReviewVariables, ClaimReviewData> = {
  name: 'claimReview',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}fragment ReviewClaimFields on ClaimReviewResult{__typename ...on ReviewClaimed{caseId leaseToken leaseEndsAt token}...on ReviewRefused{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation claimReview(\$input:ClaimReviewInput!){claimReview(input:\$input){...ReviewClaimFields}}`,
};

export type ReviewTaskVariables = {
  readonly caseId: string;
  readonly after?: string | null;
};

export type ReviewTaskData = {
  readonly reviewTask: {
    readonly caseId: string;
    readonly reviewId: string;
    readonly leaseToken: string;
    readonly leaseEndsAt: string;
    readonly case: ClaimedCaseFields;
    readonly read: AnnotationFields | null;
  } | null;
};

export const reviewTask: Operation<ReviewTaskVariables, ReviewTaskData> = {
  name: 'reviewTask',
  kind: 'query',
  document: `fragment AnnotationFields on AnnotationRecord{id readId annotatorId externalReader revision submittedAt answer findings{id sentenceId sentenceVersion statement{es en erased}polarity labels locations progression attributes{name number term}regionIds}regions{id imageId system x1 y1 x2 y2 pixels{x1 y1 x2 y2}}imageQualityFlags reportQualityFlags}fragment ClaimedCaseFields on Case{id protocolVersion position priority images{id rows columns sopInstanceUid description}sentences{id version origin text{es en erased}}}query reviewTask(\$caseId:ID!\$after:Token){reviewTask(caseId:\$caseId after:\$after){caseId reviewId leaseToken leaseEndsAt case{...ClaimedCaseFields}read{...AnnotationFields}}}`,
};

export type RecordReviewVariables = {
  readonly input: RecordReviewInput;
};

export type RecordReviewData = {
  readonly recordReview:
    | {
        readonly __typename: 'ReviewRecorded';
        readonly reviewId: string;
        readonly fixAnnotationId: string | null;
        readonly token: string;
      }
    | {
        readonly __typename: 'ReviewRefused';
        readonly why: ReviewObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'StaleLease';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const recordReview: Operation<RecordReviewVariables, RecordReviewData> = {
  name: 'recordReview',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}mutation recordReview(\$input:RecordReviewInput!){recordReview(input:\$input){__typename ...on ReviewRecorded{reviewId fixAnnotationId token}...on ReviewRefused{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type RequestReviewVariables = {
  readonly input: RequestReviewInput;
};

export type RequestReviewData = {
  readonly requestReview:
    | {
        readonly __typename: 'ReviewChanged';
        readonly caseId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'ReviewRefused';
        readonly why: ReviewObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const requestReview: Operation<RequestReviewVariables, RequestReviewData> = {
  name: 'requestReview',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}fragment ReviewChangedFields on ChangeReviewResult{__typename ...on ReviewChanged{caseId token}...on ReviewRefused{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation requestReview(\$input:RequestReviewInput!){requestReview(input:\$input){...ReviewChangedFields}}`,
};

export type WaiveReviewVariables = {
  readonly input: WaiveReviewInput;
};

export type WaiveReviewData = {
  readonly waiveReview:
    | {
        readonly __typename: 'ReviewChanged';
        readonly caseId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'ReviewRefused';
        readonly why: ReviewObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const waiveReview: Operation<WaiveReviewVariables, WaiveReviewData> = {
  name: 'waiveReview',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}fragment ReviewChangedFields on ChangeReviewResult{__typename ...on ReviewChanged{caseId token}...on ReviewRefused{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}mutation waiveReview(\$input:WaiveReviewInput!){waiveReview(input:\$input){...ReviewChangedFields}}`,
};

export type CaseReviewsVariables = {
  readonly id: string;
  readonly after?: string | null;
};

export type CaseReviewsData = {
  readonly case: {
    readonly id: string;
    readonly reviews: readonly ({
      readonly id: string;
      readonly readId: string;
      readonly cause: ReviewCause;
      readonly openedAt: string;
      readonly endedAt: string | null;
      readonly outcome: ReviewOutcome | null;
      readonly reason: string | null;
      readonly note: string | null;
      readonly reviewerId: string | null;
    })[];
  } | null;
};

export const caseReviews: Operation<CaseReviewsVariables, CaseReviewsData> = {
  name: 'caseReviews',
  kind: 'query',
  document: `query caseReviews(\$id:ID!\$after:Token){case(id:\$id after:\$after){id reviews{id readId cause openedAt endedAt outcome reason note reviewerId}}}`,
};

export type ScorecardsVariables = {
  readonly projectId: string;
  readonly afterChange?: string | null;
};

export type ScorecardsData = {
  readonly scorecards: {
    readonly projectId: string;
    readonly withheld: ScoresWithheld | null;
    readonly answers: number;
    readonly hasOlder: boolean;
    readonly method: {
      readonly name: string;
      readonly version: string;
      readonly level: number;
      readonly halfLife: number;
    };
    readonly pooled: readonly PerformanceFields[];
    readonly annotators: readonly ({
      readonly annotatorId: string;
      readonly answers: number;
      readonly performance: readonly PerformanceFields[];
      readonly regions: {
        readonly expected: number;
        readonly given: number;
        readonly matched: number;
        readonly meanIou: number | null;
      };
      readonly medianSeconds: number | null;
      readonly drift: {
        readonly statements: number;
        readonly statistic: number;
        readonly threshold: number;
        readonly alarmAt: number | null;
      };
    })[];
  };
};

export const scorecards: Operation<ScorecardsVariables, ScorecardsData> = {
  name: 'scorecards',
  kind: 'query',
  document: `fragment PerformanceFields on Performance{findingGroup gold adjudicated effective accuracy{value low high}weight{value low high}confusion{truePresent missed falselyPresent trueAbsent}}query scorecards(\$projectId:ID!\$afterChange:Token){scorecards(projectId:\$projectId afterChange:\$afterChange){projectId withheld answers hasOlder method{name version level halfLife}pooled{...PerformanceFields}annotators{annotatorId answers performance{...PerformanceFields}regions{expected given matched meanIou}medianSeconds drift{statements statistic threshold alarmAt}}}}`,
};

export type AlertsVariables = {
  readonly projectId: string;
  readonly status?: AlertStatus | null;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly afterChange?: string | null;
};

export type AlertsData = {
  readonly alerts: {
    readonly edges: readonly ({
      readonly cursor: string;
      readonly node: {
        readonly id: string;
        readonly annotatorId: string;
        readonly kind: AlertKind;
        readonly status: AlertStatus;
        readonly raisedAt: string;
        readonly statements: number;
        readonly statistic: number;
        readonly method: {
          readonly name: string;
          readonly version: string;
        };
        readonly evidence: readonly string[];
        readonly acknowledgedAt: string | null;
        readonly acknowledgedBy: string | null;
        readonly resolvedAt: string | null;
        readonly resolvedBy: string | null;
        readonly outcome: AlertOutcome | null;
      };
    })[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
  };
};

export const alerts: Operation<AlertsVariables, AlertsData> = {
  name: 'alerts',
  kind: 'query',
  document: `query alerts(\$projectId:ID!\$status:AlertStatus\$first:Int\$after:Cursor\$afterChange:Token){alerts(projectId:\$projectId status:\$status first:\$first after:\$after afterChange:\$afterChange){edges{cursor node{id annotatorId kind status raisedAt statements statistic method{name version}evidence acknowledgedAt acknowledgedBy resolvedAt resolvedBy outcome}}pageInfo{hasNextPage endCursor}}}`,
};

export type AcknowledgeAlertVariables = {
  readonly input: AcknowledgeAlertInput;
};

export type AcknowledgeAlertData = {
  readonly acknowledgeAlert:
    | {
        readonly __typename: 'AnnotatorChanged';
        readonly annotatorId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const acknowledgeAlert: Operation<AcknowledgeAlertVariables, AcknowledgeAlertData> = {
  name: 'acknowledgeAlert',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}mutation acknowledgeAlert(\$input:AcknowledgeAlertInput!){acknowledgeAlert(input:\$input){__typename ...on AnnotatorChanged{annotatorId token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type ResolveAlertVariables = {
  readonly input: ResolveAlertInput;
};

export type ResolveAlertData = {
  readonly resolveAlert:
    | {
        readonly __typename: 'AnnotatorChanged';
        readonly annotatorId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const resolveAlert: Operation<ResolveAlertVariables, ResolveAlertData> = {
  name: 'resolveAlert',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}mutation resolveAlert(\$input:ResolveAlertInput!){resolveAlert(input:\$input){__typename ...on AnnotatorChanged{annotatorId token}...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type CaseSentencesVariables = {
  readonly id: string;
  readonly after?: string | null;
  readonly asOf?: AsOf | null;
};

export type CaseSentencesData = {
  readonly case: {
    readonly id: string;
    readonly sentences: readonly ({
      readonly id: string;
      readonly version: number;
      readonly sameMeaningSince: number;
      readonly origin: SentenceOrigin;
      readonly text: {
        readonly es: string | null;
        readonly en: string | null;
        readonly erased: boolean;
      };
      readonly versions: readonly SentenceVersionFields[];
    })[];
    readonly formerSentences: readonly ({
      readonly id: string;
      readonly linksTo: string | null;
      readonly versions: readonly SentenceVersionFields[];
    })[];
  } | null;
};

export const caseSentences: Operation<CaseSentencesVariables, CaseSentencesData> = {
  name: 'caseSentences',
  kind: 'query',
  document: `query caseSentences(\$id:ID!\$after:Token\$asOf:AsOf){case(id:\$id after:\$after asOf:\$asOf){id sentences{id version sameMeaningSince origin text{es en erased}versions{...SentenceVersionFields}}formerSentences{id linksTo versions{...SentenceVersionFields}}}}fragment SentenceVersionFields on SentenceVersion{version cause text{es en erased}at actorId actorRole reason note}`,
};

export type OutdatedAnnotationsVariables = {
  readonly id: string;
  readonly after?: string | null;
};

export type OutdatedAnnotationsData = {
  readonly case: {
    readonly id: string;
    readonly outdatedAnnotations: readonly {
      readonly outdatedAt: string;
      readonly annotation: AnnotationFields;
    }[];
  } | null;
};

export const outdatedAnnotations: Operation<OutdatedAnnotationsVariables, OutdatedAnnotationsData> = {
  name: 'outdatedAnnotations',
  kind: 'query',
  document: `fragment AnnotationFields on AnnotationRecord{id readId annotatorId externalReader revision submittedAt answer findings{id sentenceId sentenceVersion statement{es en erased}polarity labels locations progression attributes{name number term}regionIds}regions{id imageId system x1 y1 x2 y2 pixels{x1 y1 x2 y2}}imageQualityFlags reportQualityFlags}query outdatedAnnotations(\$id:ID!\$after:Token){case(id:\$id after:\$after){id outdatedAnnotations{outdatedAt annotation{...AnnotationFields}}}}`,
};

export type TranslationChecksVariables = {
  readonly projectId: string;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly afterChange?: string | null;
};

export type TranslationChecksData = {
  readonly translationChecks: {
    readonly edges: readonly ({
      readonly cursor: string;
      readonly node: {
        readonly caseId: string;
        readonly disagreementId: string;
        readonly sentenceId: string;
        readonly version: number;
        readonly text: {
          readonly es: string | null;
          readonly en: string | null;
          readonly erased: boolean;
        };
        readonly hits: readonly TranslationHitFields[];
        readonly checker: string;
        readonly askedAt: string;
      };
    })[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
  };
};

export const translationChecks: Operation<TranslationChecksVariables, TranslationChecksData> = {
  name: 'translationChecks',
  kind: 'query',
  document: `query translationChecks(\$projectId:ID!\$first:Int\$after:Cursor\$afterChange:Token){translationChecks(projectId:\$projectId first:\$first after:\$after afterChange:\$afterChange){edges{cursor node{caseId disagreementId sentenceId version text{es en erased}hits{...TranslationHitFields}checker askedAt}}pageInfo{hasNextPage endCursor}}}fragment TranslationHitFields on TranslationHit{type code es{start end}en{start end}}`,
};

export type CorrectSentenceVariables = {
  readonly input: CorrectSentenceInput;
};

export type CorrectSentenceData = {
  readonly correctSentence:
    | {
        readonly __typename: 'SentenceCorrected';
        readonly caseId: string;
        readonly sentenceId: string;
        readonly version: number;
        readonly outdatedReads: number;
        readonly hits: readonly TranslationHitFields[];
        readonly token: string;
      }
    | {
        readonly __typename: 'SentenceConflict';
        readonly sentenceId: string;
        readonly version: number;
        readonly text: {
          readonly es: string | null;
          readonly en: string | null;
          readonly erased: boolean;
        };
        readonly message: string;
      }
    | {
        readonly __typename: 'CaseNotAvailable';
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const correctSentence: Operation<CorrectSentenceVariables, CorrectSentenceData> = {
  name: 'correctSentence',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}fragment TranslationHitFields on TranslationHit{type code es{start end}en{start end}}fragment SentenceConflictFields on SentenceConflict{sentenceId version text{es en erased}}mutation correctSentence(\$input:CorrectSentenceInput!){correctSentence(input:\$input){__typename ...on SentenceCorrected{caseId sentenceId version outdatedReads hits{...TranslationHitFields}token}...SentenceConflictFields ...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type SplitSentenceVariables = {
  readonly input: SplitSentenceInput;
};

export type SplitSentenceData = {
  readonly splitSentence:
    | {
        readonly __typename: 'SentenceSplit';
        readonly caseId: string;
        readonly sentenceIds: readonly string[];
        readonly outdatedReads: number;
        readonly token: string;
      }
    | {
        readonly __typename: 'SentenceConflict';
        readonly sentenceId: string;
        readonly version: number;
        readonly text: {
          readonly es: string | null;
          readonly en: string | null;
          readonly erased: boolean;
        };
        readonly message: string;
      }
    | {
        readonly __typename: 'CaseNotAvailable';
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const splitSentence: Operation<SplitSentenceVariables, SplitSentenceData> = {
  name: 'splitSentence',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}fragment SentenceConflictFields on SentenceConflict{sentenceId version text{es en erased}}mutation splitSentence(\$input:SplitSentenceInput!){splitSentence(input:\$input){__typename ...on SentenceSplit{caseId sentenceIds outdatedReads token}...SentenceConflictFields ...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type MergeSentencesVariables = {
  readonly input: MergeSentencesInput;
};

export type MergeSentencesData = {
  readonly mergeSentences:
    | {
        readonly __typename: 'SentencesMerged';
        readonly caseId: string;
        readonly sentenceId: string;
        readonly outdatedReads: number;
        readonly token: string;
      }
    | {
        readonly __typename: 'SentenceConflict';
        readonly sentenceId: string;
        readonly version: number;
        readonly text: {
          readonly es: string | null;
          readonly en: string | null;
          readonly erased: boolean;
        };
        readonly message: string;
      }
    | {
        readonly __typename: 'CaseNotAvailable';
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const mergeSentences: Operation<MergeSentencesVariables, MergeSentencesData> = {
  name: 'mergeSentences',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}fragment SentenceConflictFields on SentenceConflict{sentenceId version text{es en erased}}mutation mergeSentences(\$input:MergeSentencesInput!){mergeSentences(input:\$input){__typename ...on SentencesMerged{caseId sentenceId outdatedReads token}...SentenceConflictFields ...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type ConfirmTranslationVariables = {
  readonly input: ConfirmTranslationInput;
};

export type ConfirmTranslationData = {
  readonly confirmTranslation:
    | {
        readonly __typename: 'TranslationConfirmed';
        readonly caseId: string;
        readonly sentenceId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'SentenceConflict';
        readonly sentenceId: string;
        readonly version: number;
        readonly text: {
          readonly es: string | null;
          readonly en: string | null;
          readonly erased: boolean;
        };
        readonly message: string;
      }
    | {
        readonly __typename: 'CaseNotAvailable';
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const confirmTranslation: Operation<ConfirmTranslationVariables, ConfirmTranslationData> = {
  name: 'confirmTranslation',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}fragment SentenceConflictFields on SentenceConflict{sentenceId version text{es en erased}}mutation confirmTranslation(\$input:ConfirmTranslationInput!){confirmTranslation(input:\$input){__typename ...on TranslationConfirmed{caseId sentenceId token}...SentenceConflictFields ...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type UndoPreviewVariables = {
  readonly input: UndoInput;
  readonly first?: number | null;
  readonly after?: string | null;
};

export type UndoPreviewData = {
  readonly undoPreview: {
    readonly edges: readonly ({
      readonly node: {
        readonly caseId: string;
        readonly action: UndoAction;
        readonly why: UndoObstacle | null;
        readonly reads: number;
        readonly reopens: boolean;
        readonly annotationId: string | null;
        readonly revision: number | null;
        readonly submittedAt: string | null;
      };
    })[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
    readonly counts: {
      readonly possible: number;
      readonly impossible: number;
      readonly reopened: number;
    };
    readonly more: boolean;
    readonly token: string;
  };
};

export const undoPreview: Operation<UndoPreviewVariables, UndoPreviewData> = {
  name: 'undoPreview',
  kind: 'query',
  document: `query undoPreview(\$input:UndoInput!\$first:Int\$after:Cursor){undoPreview(input:\$input first:\$first after:\$after){edges{node{caseId action why reads reopens annotationId revision submittedAt}}pageInfo{hasNextPage endCursor}counts{possible impossible reopened}more token}}`,
};

export type UndoChangesVariables = {
  readonly input: UndoChangesInput;
};

export type UndoChangesData = {
  readonly undoChanges:
    | {
        readonly __typename: 'ChangesUndone';
        readonly done: number;
        readonly refused: number;
        readonly remaining: number;
        readonly cases: readonly ({
          readonly caseId: string;
          readonly why: UndoObstacle | null;
          readonly token: string | null;
        })[];
      }
    | {
        readonly __typename: 'PreviewStale';
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const undoChanges: Operation<UndoChangesVariables, UndoChangesData> = {
  name: 'undoChanges',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}mutation undoChanges(\$input:UndoChangesInput!){undoChanges(input:\$input){__typename ...on ChangesUndone{done refused remaining cases{caseId why token}}...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type WithdrawAnnotationVariables = {
  readonly input: WithdrawAnnotationInput;
};

export type WithdrawAnnotationData = {
  readonly withdrawAnnotation:
    | {
        readonly __typename: 'AnnotationWithdrawn';
        readonly annotationId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotUndone';
        readonly why: UndoObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const withdrawAnnotation: Operation<WithdrawAnnotationVariables, WithdrawAnnotationData> = {
  name: 'withdrawAnnotation',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}mutation withdrawAnnotation(\$input:WithdrawAnnotationInput!){withdrawAnnotation(input:\$input){__typename ...on AnnotationWithdrawn{annotationId token}...on NotUndone{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type RestoreAnnotationVariables = {
  readonly input: RestoreAnnotationInput;
};

export type RestoreAnnotationData = {
  readonly restoreAnnotation:
    | {
        readonly __typename: 'AnnotationRestored';
        readonly annotationId: string;
        readonly revision: number;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotUndone';
        readonly why: UndoObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const restoreAnnotation: Operation<RestoreAnnotationVariables, RestoreAnnotationData> = {
  name: 'restoreAnnotation',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}mutation restoreAnnotation(\$input:RestoreAnnotationInput!){restoreAnnotation(input:\$input){__typename ...on AnnotationRestored{annotationId revision token}...on NotUndone{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};

export type ReinstateCaseVariables = {
  readonly input: ReinstateCaseInput;
};

export type ReinstateCaseData = {
  readonly reinstateCase:
    | {
        readonly __typename: 'CaseReinstated';
        readonly caseId: string;
        readonly token: string;
      }
    | {
        readonly __typename: 'NotUndone';
        readonly why: UndoObstacle;
        readonly message: string;
      }
    | {
        readonly __typename: 'ReadsHidden';
        readonly message: string;
      }
    | {
        readonly __typename: 'Invalid';
        readonly problems: readonly ProblemFields[];
        readonly message: string;
      }
    | {
        readonly __typename: 'NotFound';
        readonly message: string;
      }
    | {
        readonly __typename: 'CommandIdReused';
        readonly message: string;
      }
    | {
        readonly __typename: 'Contended';
        readonly message: string;
      };
};

export const reinstateCase: Operation<ReinstateCaseVariables, ReinstateCaseData> = {
  name: 'reinstateCase',
  kind: 'mutation',
  document: `fragment RefusalFields on Refusal{message}fragment ProblemFields on Problem{path code message}mutation reinstateCase(\$input:ReinstateCaseInput!){reinstateCase(input:\$input){__typename ...on CaseReinstated{caseId token}...on NotUndone{why}...on Invalid{problems{...ProblemFields}}...RefusalFields}}`,
};
