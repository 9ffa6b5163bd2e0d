// Made from the SDL files of this folder by `npm run generate --workspace services/api`. Do not edit.

export interface AcceptLateAnnotationInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly annotationId: string;
}

export interface AcknowledgeAlertInput {
  readonly commandId: string;
  readonly projectId: string;
  readonly annotatorId: string;
  readonly alertId: string;
}

export interface AddCommentInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly threadId: string;
  readonly text: string;
}

export type AddCommentResult = CommentAdded | CommentRefused | NotFound | Invalid | CommandIdReused | Contended;

export interface AdjudicateInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken: string;
  readonly annotation: AnnotationInput;
  readonly choices: readonly AdjudicationChoiceInput[];
}

export type AdjudicateResult = Adjudicated | SeatRefused | StaleLease | NotFound | Invalid | CommandIdReused | Contended;

export interface Adjudicated {
  readonly __typename: 'Adjudicated';
  readonly annotationId: string;
  readonly isDecided: boolean;
  readonly isSplit: boolean;
  readonly token: string;
}

export interface AdjudicatedDisagreement {
  readonly disagreementId: string;
  readonly option: string;
  readonly reason: DecisionReason;
  readonly followedReadIds: readonly string[];
  readonly overruledReadIds: readonly string[];
}

export type AdjudicatingRole = 'adjudicator' | 'lead';

export interface Adjudication {
  readonly id: string;
  readonly cause: AdjudicationCause;
  readonly panelSize: number;
  readonly isSplit: boolean;
  readonly openedAt: number;
  readonly decidedAt: number | null;
  readonly decisions: readonly AdjudicatedDisagreement[];
  readonly votes: readonly AdjudicationVote[];
}

export type AdjudicationCause = 'disagreement' | 'forcedLabel' | 'sampled' | 'requested' | 'reopened';

export interface AdjudicationChoice {
  readonly disagreementId: string;
  readonly option: string;
  readonly reason: DecisionReason;
  readonly note: string | null;
}

export interface AdjudicationChoiceInput {
  readonly disagreementId: string;
  readonly option: string;
  readonly reason: DecisionReason;
  readonly note?: string | null;
}

export interface AdjudicationPolicy {
  readonly panelSize: number;
  readonly roles: readonly AdjudicatingRole[];
  readonly sampledShare: number | null;
  readonly readersShown: ReadersShown;
}

export interface AdjudicationPolicyInput {
  readonly panelSize?: number | null;
  readonly roles?: readonly AdjudicatingRole[] | null;
  readonly sampledShare?: number | null;
  readonly readersShown?: ReadersShown | null;
}

export interface AdjudicationTask {
  readonly caseId: string;
  readonly leaseToken: string;
  readonly leaseEndsAt: number;
  readonly case: Case;
  readonly reads: readonly AnnotationRecord[];
  readonly disagreements: readonly Disagreement[];
}

export interface AdjudicationVote {
  readonly annotationId: string;
  readonly adjudicatorId: string | null;
  readonly votedAt: number;
  readonly isAdopted: boolean;
  readonly answer: Answer;
  readonly findings: readonly Finding[];
  readonly regions: readonly Region[];
  readonly imageQualityFlags: readonly string[];
  readonly reportQualityFlags: readonly string[];
  readonly choices: readonly AdjudicationChoice[];
}

export interface AdoptProtocolInput {
  readonly commandId: string;
  readonly projectId: string;
  readonly protocol: ProtocolInput;
}

export type AdoptProtocolResult = ProtocolAdopted | Invalid | NotFound | CommandIdReused | Contended;

export interface Alert {
  readonly id: string;
  readonly annotatorId: string;
  readonly kind: AlertKind;
  readonly status: AlertStatus;
  readonly raisedAt: number;
  readonly statements: number;
  readonly statistic: number;
  readonly method: AlertMethod;
  readonly evidence: readonly string[];
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly resolvedAt: number | null;
  readonly resolvedBy: string | null;
  readonly outcome: AlertOutcome | null;
}

export interface AlertConnection {
  readonly edges: readonly AlertEdge[];
  readonly pageInfo: PageInfo;
}

export interface AlertEdge {
  readonly cursor: string;
  readonly node: Alert;
}

export type AlertKind = 'goldDrift';

export interface AlertMethod {
  readonly name: string;
  readonly version: string;
}

export type AlertOutcome = 'confirmed' | 'falseAlarm' | 'truthWrong' | 'retrained' | 'other';

export type AlertResult = AnnotatorChanged | NotFound | Invalid | CommandIdReused | Contended;

export type AlertStatus = 'open' | 'acknowledged' | 'resolved';

export interface AlreadySkipped {
  readonly __typename: 'AlreadySkipped';
  readonly message: string;
}

export interface AlreadySubmitted {
  readonly __typename: 'AlreadySubmitted';
  readonly message: string;
  readonly revision: number;
}

export interface AmendAnnotationInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly revision: number;
  readonly reasonCode: AmendReason;
  readonly note?: string | null;
  readonly annotation: AnnotationInput;
}

export type AmendAnnotationResult = AnnotationAmended | AmendWindowClosed | NotSubmitted | StaleRevision | CaseNotAvailable | Invalid | NotFound | CommandIdReused | Contended | SentencesChanged;

export type AmendReason = 'overlooked' | 'wrongPlace' | 'wrongTerm' | 'wrongCase' | 'other';

export interface AmendWindowClosed {
  readonly __typename: 'AmendWindowClosed';
  readonly message: string;
}

export interface AnnotationAmended {
  readonly __typename: 'AnnotationAmended';
  readonly annotationId: string;
  readonly revision: number;
  readonly token: string;
}

export interface AnnotationInput {
  readonly answer: Answer;
  readonly findings: readonly FindingInput[];
  readonly regions: readonly RegionInput[];
  readonly imageQualityFlags: readonly string[];
  readonly reportQualityFlags: readonly string[];
}

export interface AnnotationRecord {
  readonly id: string;
  readonly readId: string;
  readonly annotatorId: string | null;
  readonly revision: number;
  readonly submittedAt: number;
  readonly answer: Answer;
  readonly findings: readonly Finding[];
  readonly regions: readonly Region[];
  readonly imageQualityFlags: readonly string[];
  readonly reportQualityFlags: readonly string[];
  readonly timeOnTask: TimeOnTask | null;
  readonly independence: Independence;
  readonly externalReader: string | null;
}

export interface AnnotationRestored {
  readonly __typename: 'AnnotationRestored';
  readonly annotationId: string;
  readonly revision: number;
  readonly token: string;
}

export interface AnnotationSubmitted {
  readonly __typename: 'AnnotationSubmitted';
  readonly annotationId: string;
  readonly revision: number;
  readonly token: string;
}

export interface AnnotationVersion {
  readonly caseId: string;
  readonly annotationId: string;
  readonly revision: number;
  readonly at: number;
  readonly fromSequence: number | null;
  readonly eventId: string | null;
  readonly eventType: string;
  readonly actorId: string | null;
  readonly actorRole: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly annotation: AnnotationRecord | null;
}

export interface AnnotationWithdrawn {
  readonly __typename: 'AnnotationWithdrawn';
  readonly annotationId: string;
  readonly token: string;
}

export interface Annotator {
  readonly id: string;
  readonly personId: string;
  readonly registeredAt: number;
  readonly status: AnnotatorStatus;
  readonly pausedFor: PauseReason | null;
  readonly qualifications: readonly HeldQualification[];
}

export interface AnnotatorChanged {
  readonly __typename: 'AnnotatorChanged';
  readonly annotatorId: string;
  readonly token: string;
}

export interface AnnotatorPaused {
  readonly __typename: 'AnnotatorPaused';
  readonly message: string;
}

export interface AnnotatorRegistered {
  readonly __typename: 'AnnotatorRegistered';
  readonly annotatorId: string;
  readonly token: string;
}

export type AnnotatorStatus = 'active' | 'paused';

export type Answer = 'findings' | 'nothingThere';

export interface AnsweredFrom {
  readonly sequence: number;
  readonly checkpoint: SignedHead | null;
}

export interface AsOf {
  readonly sequence?: number | null;
  readonly instant?: number | null;
  readonly checkpoint?: number | null;
}

export interface AttributeDefinition {
  readonly kind: AttributeKind;
  readonly name: string;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly unit: string | null;
  readonly values: readonly string[] | null;
}

export interface AttributeDefinitionInput {
  readonly kind: AttributeKind;
  readonly name: string;
  readonly minimum?: number | null;
  readonly maximum?: number | null;
  readonly unit?: string | null;
  readonly values?: readonly string[] | null;
}

export type AttributeKind = 'ordinal' | 'nominal' | 'interval';

export interface AttributeValue {
  readonly name: string;
  readonly number: number | null;
  readonly term: string | null;
}

export interface AttributeValueInput {
  readonly name: string;
  readonly number?: number | null;
  readonly term?: string | null;
}

export interface BeginExportInput {
  readonly commandId: string;
  readonly projectId: string;
  readonly recipient: string;
  readonly purpose: string;
}

export type BeginExportResult = ExportBegun | NotFound | Invalid | CommandIdReused;

export interface BilingualText {
  readonly es: string | null;
  readonly en: string | null;
  readonly erased: boolean;
}

export type BodyPart = 'abdomen' | 'arm' | 'breast' | 'chest' | 'head' | 'heart' | 'leg' | 'neck' | 'pelvis' | 'spine' | 'wholeBody';

export type CareSetting = 'emergency' | 'inpatient' | 'intensiveCare' | 'outpatient' | 'screening';

export interface Case {
  readonly id: string;
  readonly projectId: string;
  readonly subjectId: string;
  readonly externalKey: string | null;
  readonly position: number;
  readonly priority: number;
  readonly status: CaseStatus;
  readonly importedAt: number;
  readonly images: readonly CaseImage[];
  readonly sentences: readonly CaseSentence[];
  readonly readsWanted: number | null;
  readonly readsSubmitted: number | null;
  readonly annotations: readonly AnnotationRecord[];
  readonly consensus: Consensus | null;
  readonly history: HistoryConnection;
  readonly answeredFrom: AnsweredFrom | null;
  readonly disagreements: readonly Disagreement[] | null;
  readonly adjudications: readonly Adjudication[] | null;
  readonly assignedTo: readonly string[] | null;
  readonly studyKey: string | null;
  readonly previousStudy: PreviousStudy | null;
  readonly clinical: ClinicalMetadata | null;
  readonly received: string | null;
  readonly threads: ThreadConnection;
  readonly protocolVersion: number;
  readonly reviews: readonly Review[];
  readonly formerSentences: readonly FormerSentence[];
  readonly outdatedAnnotations: readonly OutdatedAnnotation[];
}

export interface CaseChange {
  readonly caseId: string | null;
  readonly type: string | null;
  readonly at: number;
  readonly resync: boolean;
}

export interface CaseChangeCounts {
  readonly possible: number;
  readonly impossible: number;
  readonly reads: number;
  readonly claimsEnded: number;
}

export interface CaseChangeInput {
  readonly projectId: string;
  readonly kind: CaseChangeKind;
  readonly status?: CaseStatus | null;
  readonly caseIds?: readonly string[] | null;
  readonly changedBy?: string | null;
  readonly withReads: boolean;
  readonly annotatorIds?: readonly string[] | null;
}

export type CaseChangeKind = 'finalise' | 'reopen' | 'withdraw' | 'reinstate' | 'exclude' | 'include' | 'assign' | 'unassign';

export type CaseChangeObstacle = 'wrongStatus' | 'noMoreReads' | 'hasReads' | 'caseWithdrawn' | 'caseFinalised' | 'caseExcluded' | 'hadAPart' | 'noPlace' | 'isGold' | 'reviewOpen' | 'translationUnfaithful' | 'subjectErased' | 'changedSince' | 'contended';

export interface CaseChangePreview {
  readonly edges: readonly CaseChangePreviewEdge[];
  readonly pageInfo: PageInfo;
  readonly counts: CaseChangeCounts;
  readonly more: boolean;
  readonly token: string;
}

export interface CaseChangePreviewEdge {
  readonly cursor: string;
  readonly node: CaseChangePreviewItem;
}

export interface CaseChangePreviewItem {
  readonly caseId: string;
  readonly status: CaseStatus;
  readonly why: CaseChangeObstacle | null;
  readonly reads: number;
  readonly claimsEnded: number;
}

export interface CaseConnection {
  readonly answeredFrom: AnsweredFrom | null;
  readonly edges: readonly CaseEdge[];
  readonly pageInfo: PageInfo;
}

export interface CaseEdge {
  readonly cursor: string;
  readonly node: Case;
}

export interface CaseFinished {
  readonly __typename: 'CaseFinished';
  readonly caseId: string;
  readonly token: string;
}

export interface CaseFlag {
  readonly caseId: string;
  readonly flagId: string;
  readonly actorId: string | null;
  readonly actorRole: string;
  readonly reason: FlagReason;
  readonly note: string | null;
  readonly flaggedAt: number;
}

export interface CaseFlagged {
  readonly __typename: 'CaseFlagged';
  readonly caseId: string;
  readonly flagId: string;
  readonly token: string;
}

export interface CaseHolder {
  readonly annotatorId: string;
  readonly status: string;
  readonly leaseEndsAt: number;
}

export interface CaseImage {
  readonly id: string;
  readonly rows: number;
  readonly columns: number;
  readonly sopInstanceUid: string | null;
  readonly description: string | null;
  readonly key: string | null;
  readonly viewPosition: ViewPosition | null;
  readonly isSizeNominal: boolean;
}

export interface CaseImageInput {
  readonly key: string;
  readonly rows?: number | null;
  readonly columns?: number | null;
  readonly sopInstanceUid?: string | null;
  readonly description?: string | null;
  readonly viewPosition?: ViewPosition | null;
}

export interface CaseInput {
  readonly externalKey: string;
  readonly subjectKey: string;
  readonly position: number;
  readonly priority: number;
  readonly images: readonly CaseImageInput[];
  readonly sentences: readonly CaseSentenceInput[];
  readonly studyKey?: string | null;
  readonly previousStudy?: PreviousStudyInput | null;
  readonly clinical?: ClinicalMetadataInput | null;
  readonly externalReads?: readonly ExternalReadInput[] | null;
  readonly received?: string | null;
}

export interface CaseNotAvailable {
  readonly __typename: 'CaseNotAvailable';
  readonly message: string;
}

export interface CasePlaces {
  readonly priority: number;
  readonly position: number;
  readonly wanted: number;
  readonly taken: number;
  readonly kept: number;
  readonly holders: readonly CaseHolder[];
}

export interface CaseReinstated {
  readonly __typename: 'CaseReinstated';
  readonly caseId: string;
  readonly token: string;
}

export interface CaseSentence {
  readonly id: string;
  readonly version: number;
  readonly origin: SentenceOrigin;
  readonly text: BilingualText;
  readonly machine: SentenceMachine | null;
  readonly sameMeaningSince: number;
  readonly versions: readonly SentenceVersion[];
}

export interface CaseSentenceInput {
  readonly key: string;
  readonly es?: string | null;
  readonly en?: string | null;
  readonly origin: SentenceOrigin;
  readonly machine?: SentenceMachineInput | null;
}

export type CaseStatus = 'reading' | 'awaitingConsensus' | 'settled' | 'disputed' | 'adjudicating' | 'adjudicated' | 'finalised' | 'excluded' | 'withdrawn';

export interface CasesChanged {
  readonly __typename: 'CasesChanged';
  readonly done: number;
  readonly refused: number;
  readonly remaining: number;
  readonly cases: readonly ChangedCase[];
}

export interface CasesImported {
  readonly __typename: 'CasesImported';
  readonly rows: readonly ImportedRow[];
  readonly token: string;
}

export interface Change {
  readonly caseId: string | null;
  readonly projectId: string;
  readonly type: string;
  readonly at: number;
  readonly globalSeq: number;
}

export interface ChangeCasesInput {
  readonly commandId: string;
  readonly of: CaseChangeInput;
  readonly previewToken: string;
  readonly reason: WorkflowReason;
  readonly note?: string | null;
  readonly limit: number;
}

export type ChangeCasesResult = CasesChanged | PreviewStale | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export interface ChangePage {
  readonly changes: readonly Change[];
  readonly cursor: string;
  readonly resync: boolean;
}

export type ChangeReason = 'enteredByMistake' | 'wrongCase' | 'accountCompromised' | 'importFaulty' | 'other';

export type ChangeReviewResult = ReviewChanged | ReviewRefused | ReadsHidden | NotFound | Invalid | CommandIdReused | Contended;

export interface ChangedCase {
  readonly caseId: string;
  readonly why: CaseChangeObstacle | null;
  readonly token: string | null;
}

export interface ChangesUndone {
  readonly __typename: 'ChangesUndone';
  readonly done: number;
  readonly refused: number;
  readonly remaining: number;
  readonly cases: readonly UndoneCase[];
}

export interface ClaimAdjudicationInput {
  readonly commandId: string;
  readonly caseId: string;
}

export interface ClaimCaseInput {
  readonly commandId: string;
  readonly caseId: string;
}

export interface ClaimNextAdjudicationInput {
  readonly commandId: string;
  readonly projectId: string;
}

export interface ClaimNextCaseInput {
  readonly commandId: string;
  readonly projectId: string;
  readonly language?: Language | null;
  readonly priorityAtLeast?: number | null;
}

export interface ClaimNextReviewInput {
  readonly commandId: string;
  readonly projectId: string;
}

export type ClaimResult = Claimed | NothingToClaim | TooManyClaims | CaseNotAvailable | AlreadySubmitted | AlreadySkipped | NotAnAnnotator | AnnotatorPaused | NotQualified | NotFound | Invalid | CommandIdReused | Contended;

export interface ClaimReviewInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly reviewId?: string | null;
}

export type ClaimReviewResult = ReviewClaimed | NothingToReview | ReviewRefused | NotFound | Invalid | CommandIdReused | Contended;

export type ClaimSeatResult = SeatClaimed | NothingToAdjudicate | SeatRefused | NotFound | Invalid | CommandIdReused | Contended;

export interface Claimed {
  readonly __typename: 'Claimed';
  readonly case: Case;
  readonly caseId: string;
  readonly leaseToken: string;
  readonly leaseEndsAt: number;
  readonly token: string;
}

export interface ClinicalMetadata {
  readonly ageYears: number | null;
  readonly sex: Sex | null;
  readonly modality: Modality | null;
  readonly bodyPart: BodyPart | null;
  readonly careSetting: CareSetting | null;
  readonly heightCm: number | null;
  readonly weightKg: number | null;
  readonly daysSincePrevious: number | null;
}

export interface ClinicalMetadataInput {
  readonly ageYears?: number | null;
  readonly sex?: Sex | null;
  readonly modality?: Modality | null;
  readonly bodyPart?: BodyPart | null;
  readonly careSetting?: CareSetting | null;
  readonly heightCm?: number | null;
  readonly weightKg?: number | null;
  readonly daysSincePrevious?: number | null;
}

export interface CommandIdReused {
  readonly __typename: 'CommandIdReused';
  readonly message: string;
}

export interface Comment {
  readonly id: string;
  readonly revision: number;
  readonly writtenAt: number;
  readonly authorId: string | null;
  readonly authorRole: string;
  readonly isOwn: boolean;
  readonly text: string | null;
  readonly retractedAt: number | null;
  readonly retractReason: string | null;
  readonly revisions: readonly CommentRevision[];
}

export interface CommentAdded {
  readonly __typename: 'CommentAdded';
  readonly caseId: string;
  readonly threadId: string;
  readonly commentId: string;
  readonly token: string;
}

export interface CommentCorrected {
  readonly __typename: 'CommentCorrected';
  readonly caseId: string;
  readonly commentId: string;
  readonly revision: number;
  readonly token: string;
}

export type CommentObstacle = 'subjectUnknown' | 'threadUnknown' | 'commentUnknown' | 'commentOfAnother' | 'commentRetracted' | 'commentChanged' | 'tooMany' | 'tooManyTurns' | 'blinded' | 'caseWithdrawn';

export interface CommentRefused {
  readonly __typename: 'CommentRefused';
  readonly message: string;
  readonly why: CommentObstacle;
}

export interface CommentRetracted {
  readonly __typename: 'CommentRetracted';
  readonly caseId: string;
  readonly commentId: string;
  readonly token: string;
}

export interface CommentRevision {
  readonly revision: number;
  readonly at: number;
  readonly text: string | null;
}

export type ConfirmReason = 'sameMeaning' | 'idiomatic' | 'checkMistaken' | 'other';

export interface ConfirmTranslationInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly sentenceId: string;
  readonly version: number;
  readonly reasonCode: ConfirmReason;
  readonly note?: string | null;
}

export type ConfirmTranslationResult = TranslationConfirmed | SentenceConflict | CaseNotAvailable | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export interface Confusion {
  readonly truePresent: number;
  readonly missed: number;
  readonly falselyPresent: number;
  readonly trueAbsent: number;
}

export interface Consensus {
  readonly id: string;
  readonly outcome: ConsensusOutcome;
  readonly methodName: string;
  readonly methodVersion: string;
  readonly methodParameters: string;
  readonly recordedAt: number;
  readonly basedOnVersion: number;
  readonly regions: readonly ConsensusRegion[];
  readonly sentences: readonly ConsensusSentence[];
}

export interface ConsensusMember {
  readonly readId: string;
  readonly regionId: string;
}

export type ConsensusOutcome = 'settled' | 'disputed';

export interface ConsensusRegion {
  readonly id: string;
  readonly imageId: string;
  readonly sentenceId: string | null;
  readonly decision: Presence;
  readonly score: number;
  readonly supporters: number;
  readonly supportersOf: number;
  readonly members: readonly ConsensusMember[];
  readonly box: PixelBox;
  readonly label: string | null;
  readonly attributes: readonly AttributeValue[];
}

export interface ConsensusSentence {
  readonly sentenceId: string;
  readonly version: number;
  readonly settled: boolean;
  readonly polarity: Polarity | null;
}

export interface Contended {
  readonly __typename: 'Contended';
  readonly message: string;
}

export type CoordinateSystem = 'pixel' | 'normalised';

export interface CorrectCommentInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly commentId: string;
  readonly revision: number;
  readonly text: string;
}

export type CorrectCommentResult = CommentCorrected | CommentRefused | NotFound | Invalid | CommandIdReused | Contended;

export interface CorrectGoldInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly truthVersion: number;
  readonly annotation?: AnnotationInput | null;
  readonly externalSource?: string | null;
  readonly reasonCode: GoldReason;
  readonly note?: string | null;
}

export interface CorrectSentenceInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly sentenceId: string;
  readonly version: number;
  readonly change: SentenceChange;
  readonly es?: string | null;
  readonly en?: string | null;
  readonly reasonCode: SentenceReason;
  readonly note?: string | null;
}

export type CorrectSentenceResult = SentenceCorrected | SentenceConflict | CaseNotAvailable | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export interface CreateProjectInput {
  readonly commandId: string;
  readonly name: string;
  readonly protocol: ProtocolInput;
}

export type CreateProjectResult = ProjectCreated | Invalid | CommandIdReused | Contended;

export type DecideLateAnnotationResult = LateAnnotationDecided | CaseNotAvailable | AlreadySubmitted | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended | SentencesChanged;

export interface DecideParkedStreamInput {
  readonly commandId: string;
  readonly streamId: string;
  readonly eventId: string;
  readonly decision: ParkingDecision;
  readonly reason: ParkingReason;
}

export type DecideParkedStreamResult = ParkedStreamDecided | NotFound | Invalid | CommandIdReused | Contended;

export type DecisionReason = 'clearOnImage' | 'priorStudy' | 'reportText' | 'guideline' | 'readerError' | 'imageQuality' | 'judgement';

export interface DeclineLateAnnotationInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly annotationId: string;
  readonly reasonCode: DeclineReason;
  readonly note?: string | null;
}

export type DeclineReason = 'enoughReads' | 'tooLate' | 'notIndependent' | 'other';

export interface Disagreement {
  readonly id: string;
  readonly kind: DisagreementKind;
  readonly sentenceId: string | null;
  readonly regionIds: readonly string[];
  readonly options: readonly DisagreementOption[];
}

export type DisagreementAction = 'anotherRead' | 'adjudicate' | 'record';

export interface DisagreementFound {
  readonly caseId: string | null;
  readonly at: number;
  readonly resync: boolean;
}

export type DisagreementKind = 'presence' | 'polarity' | 'label' | 'extent' | 'location' | 'laterality' | 'progression' | 'sentenceLink' | 'translation';

export interface DisagreementOption {
  readonly option: string;
  readonly readIds: readonly string[];
}

export interface DisagreementPolicy {
  readonly presence: DisagreementAction;
  readonly label: DisagreementAction;
  readonly extent: DisagreementAction;
  readonly location: DisagreementAction;
  readonly progression: DisagreementAction;
  readonly sentenceLink: DisagreementAction;
  readonly translation: DisagreementAction;
}

export interface DisagreementPolicyInput {
  readonly presence?: DisagreementAction | null;
  readonly label?: DisagreementAction | null;
  readonly extent?: DisagreementAction | null;
  readonly location?: DisagreementAction | null;
  readonly progression?: DisagreementAction | null;
  readonly sentenceLink?: DisagreementAction | null;
  readonly translation?: DisagreementAction | null;
}

export interface DisqualifyAnnotatorInput {
  readonly commandId: string;
  readonly projectId: string;
  readonly personId: string;
  readonly qualification: QualificationInput;
}

export type DisqualifyAnnotatorResult = AnnotatorChanged | NotHeld | Invalid | NotFound | CommandIdReused | Contended;

export interface Draft {
  readonly caseId: string;
  readonly revision: number;
  readonly savedAt: number;
  readonly annotation: string | null;
}

export interface DraftConflict {
  readonly __typename: 'DraftConflict';
  readonly message: string;
  readonly revision: number;
  readonly saved: string | null;
  readonly differences: readonly DraftDifference[];
}

export interface DraftDifference {
  readonly path: string;
  readonly saved: string | null;
  readonly yours: string | null;
}

export interface DraftSaved {
  readonly __typename: 'DraftSaved';
  readonly revision: number;
}

export interface Drift {
  readonly statements: number;
  readonly statistic: number;
  readonly threshold: number;
  readonly alarmAt: number | null;
}

export type EndReadResult = ReadEnded | StaleLease | AlreadySubmitted | NotFound | Invalid | CommandIdReused | Contended;

export interface EraseSubjectInput {
  readonly commandId: string;
  readonly subjectId?: string | null;
  readonly subjectKey?: string | null;
  readonly reason: ErasureReason;
}

export type EraseSubjectResult = SubjectErased | NotFound | Invalid | CommandIdReused | Contended;

export type ErasureReason = 'subjectRequest' | 'consentWithdrawn' | 'retentionEnded' | 'enteredWrongly' | 'other';

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface EventProof {
  readonly __typename: 'EventProof';
  readonly sequence: number;
  readonly meta: string;
  readonly payload: string;
  readonly salt: string;
  readonly previousStreamHash: string;
  readonly streamHash: string;
  readonly head: SignedHead;
  readonly inclusion: readonly string[];
  readonly consistency: readonly string[] | null;
}

export type EventProofResult = EventProof | NotSealedYet | NotFound | Invalid;

export interface ExcludeCaseInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly reason: ExclusionReason;
  readonly note?: string | null;
}

export type ExclusionReason = 'imageUnusable' | 'imageIncomplete' | 'wrongExamination' | 'reportUnusable' | 'reportOfAnotherCase' | 'duplicate' | 'consentMissing' | 'other';

export interface ExportBegun {
  readonly __typename: 'ExportBegun';
  readonly exportId: string;
}

export interface ExportRecipient {
  readonly recipient: string;
  readonly purpose: string;
  readonly projectId: string;
  readonly exports: number;
  readonly lastAt: number;
}

export interface ExternalFindingInput {
  readonly sentenceKey?: string | null;
  readonly polarity: Polarity;
  readonly labels: readonly string[];
  readonly locations: readonly string[];
  readonly progression?: string | null;
  readonly regions: readonly string[];
}

export interface ExternalReadInput {
  readonly reader: string;
  readonly findings: readonly ExternalFindingInput[];
  readonly regions: readonly ExternalRegionInput[];
}

export interface ExternalRegionInput {
  readonly key: string;
  readonly imageKey: string;
  readonly system: CoordinateSystem;
  readonly x1: string;
  readonly y1: string;
  readonly x2: string;
  readonly y2: string;
}

export interface Finding {
  readonly id: string;
  readonly sentenceId: string | null;
  readonly sentenceVersion: number | null;
  readonly statement: BilingualText | null;
  readonly polarity: Polarity;
  readonly labels: readonly string[];
  readonly locations: readonly string[];
  readonly progression: string | null;
  readonly attributes: readonly AttributeValue[];
  readonly regionIds: readonly string[];
}

export interface FindingInput {
  readonly sentenceId?: string | null;
  readonly sentenceVersion?: number | null;
  readonly statement?: StatementInput | null;
  readonly polarity: Polarity;
  readonly labels: readonly string[];
  readonly locations: readonly string[];
  readonly progression?: string | null;
  readonly attributes: readonly AttributeValueInput[];
  readonly regions: readonly string[];
}

export interface FinishCaseInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly reason: WorkflowReason;
  readonly note?: string | null;
}

export type FinishCaseResult = CaseFinished | NotFinished | ReadsHidden | NotFound | Invalid | CommandIdReused | Contended;

export type FinishObstacle = 'wrongStatus' | 'noMoreReads' | 'caseWithdrawn' | 'caseFinalised' | 'caseExcluded' | 'reviewOpen' | 'translationUnfaithful';

export interface FlagCaseInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken?: string | null;
  readonly reason: FlagReason;
  readonly note?: string | null;
}

export type FlagCaseResult = CaseFlagged | TooManyFlags | StaleLease | CaseNotAvailable | Invalid | NotFound | CommandIdReused | Contended;

export type FlagReason = 'imageUnusable' | 'reportUnusable' | 'wrongSide' | 'identityVisible' | 'duplicate' | 'other';

export interface FlagResolved {
  readonly __typename: 'FlagResolved';
  readonly caseId: string;
  readonly flagId: string;
  readonly token: string;
}

export interface FormerSentence {
  readonly id: string;
  readonly linksTo: string | null;
  readonly versions: readonly SentenceVersion[];
}

export interface GoldAnswer {
  readonly annotationId: string;
  readonly readId: string;
  readonly annotatorId: string | null;
  readonly revision: number;
  readonly truthVersion: number | null;
  readonly answeredAt: number;
  readonly timeOnTask: TimeOnTask | null;
  readonly answer: Answer;
  readonly findings: readonly Finding[];
  readonly regions: readonly Region[];
  readonly imageQualityFlags: readonly string[];
  readonly reportQualityFlags: readonly string[];
}

export interface GoldCase {
  readonly caseId: string;
  readonly isActive: boolean;
  readonly truthVersion: number;
  readonly truths: readonly GoldTruth[];
  readonly answers: readonly GoldAnswer[];
}

export interface GoldCaseConnection {
  readonly edges: readonly GoldCaseEdge[];
  readonly pageInfo: PageInfo;
}

export interface GoldCaseEdge {
  readonly cursor: string;
  readonly node: GoldCase;
}

export interface GoldGiven {
  readonly __typename: 'GoldGiven';
  readonly caseId: string;
  readonly truthVersion: number;
  readonly token: string;
}

export type GoldObstacle = 'alreadyGold' | 'notGold' | 'notDecided' | 'caseWithdrawn' | 'caseExcluded';

export type GoldReason = 'truthWrong' | 'protocolChanged' | 'knownToAnnotators' | 'notSuitable' | 'other';

export type GoldResult = GoldGiven | NotGold | StaleRevision | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export interface GoldRetired {
  readonly __typename: 'GoldRetired';
  readonly caseId: string;
  readonly token: string;
}

export type GoldSourceKind = 'adjudication' | 'external';

export interface GoldTruth {
  readonly truthVersion: number;
  readonly annotationId: string;
  readonly source: GoldSourceKind;
  readonly adjudicationId: string | null;
  readonly externalSource: string | null;
  readonly note: string | null;
  readonly givenBy: string;
  readonly givenAt: number;
  readonly answer: Answer;
  readonly findings: readonly Finding[];
  readonly regions: readonly Region[];
  readonly imageQualityFlags: readonly string[];
  readonly reportQualityFlags: readonly string[];
}

export interface HeldQualification {
  readonly language: Language | null;
  readonly findingGroup: string | null;
  readonly expiresAt: number | null;
}

export interface HeldRead {
  readonly caseId: string;
  readonly leaseToken: string;
  readonly leaseEndsAt: number;
}

export interface HistoryConnection {
  readonly edges: readonly HistoryEdge[];
  readonly pageInfo: PageInfo;
}

export interface HistoryEdge {
  readonly cursor: string;
  readonly node: HistoryEntry;
}

export interface HistoryEntry {
  readonly type: string;
  readonly at: number;
  readonly actorId: string | null;
  readonly actorRole: string;
  readonly eventId: string | null;
  readonly version: number | null;
  readonly globalSeq: number | null;
  readonly readId: string | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly detail: string | null;
}

export interface ImportCasesInput {
  readonly commandId: string;
  readonly projectId: string;
  readonly cases: readonly CaseInput[];
}

export type ImportCasesResult = CasesImported | Invalid | NotFound | CommandIdReused | Contended;

export type ImportOutcome = 'imported' | 'unchanged' | 'differs' | 'withdrawn' | 'invalid';

export interface ImportedRow {
  readonly outcome: ImportOutcome;
  readonly caseId: string | null;
  readonly problems: readonly Problem[];
}

export type Independence = 'blind' | 'afterReveal' | 'notRecorded';

export interface Invalid {
  readonly __typename: 'Invalid';
  readonly message: string;
  readonly problems: readonly Problem[];
}

export interface LabelDefinition {
  readonly term: string;
  readonly group: string | null;
  readonly parent: string | null;
  readonly codes: readonly TermCode[];
  readonly matchingGate: number | null;
  readonly isAlwaysAdjudicated: boolean;
}

export interface LabelDefinitionInput {
  readonly term: string;
  readonly group?: string | null;
  readonly parent?: string | null;
  readonly codes: readonly TermCodeInput[];
  readonly matchingGate?: number | null;
  readonly isAlwaysAdjudicated: boolean;
}

export type Language = 'es' | 'en';

export interface LateAnnotation {
  readonly caseId: string;
  readonly annotationId: string;
  readonly readId: string;
  readonly annotatorId: string | null;
  readonly keptAt: number;
  readonly answer: Answer;
  readonly findings: readonly Finding[];
  readonly regions: readonly Region[];
}

export interface LateAnnotationDecided {
  readonly __typename: 'LateAnnotationDecided';
  readonly caseId: string;
  readonly annotationId: string;
  readonly token: string;
}

export interface LateAnnotationKept {
  readonly __typename: 'LateAnnotationKept';
  readonly annotationId: string;
  readonly message: string;
  readonly token: string;
}

export type Laterality = 'left' | 'right' | 'bilateral' | 'midline';

export interface LeaseRenewed {
  readonly __typename: 'LeaseRenewed';
  readonly leaseEndsAt: number;
}

export interface LocationDefinition {
  readonly term: string;
  readonly laterality: Laterality | null;
  readonly codes: readonly TermCode[];
}

export interface LocationDefinitionInput {
  readonly term: string;
  readonly laterality?: Laterality | null;
  readonly codes: readonly TermCodeInput[];
}

export interface Member {
  readonly personId: string;
  readonly role: MemberRole;
  readonly since: number;
}

export interface MemberChanged {
  readonly __typename: 'MemberChanged';
  readonly projectId: string;
  readonly token: string;
}

export interface MemberInput {
  readonly commandId: string;
  readonly projectId: string;
  readonly personId: string;
  readonly role: MemberRole;
}

export type MemberResult = MemberChanged | NotHeld | Invalid | NotFound | CommandIdReused | Contended;

export type MemberRole = 'lead' | 'reviewer' | 'adjudicator' | 'auditor';

export interface MergeSentencesInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly sentences: readonly SentenceAtInput[];
  readonly into: NewSentenceInput;
  readonly movesLinks: boolean;
  readonly reasonCode: SentenceReason;
  readonly note?: string | null;
}

export type MergeSentencesResult = SentencesMerged | SentenceConflict | CaseNotAvailable | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export type Modality = 'cr' | 'dx' | 'ct' | 'mr' | 'us' | 'mg' | 'nm' | 'pt' | 'rf' | 'xa' | 'ot';

export interface MoveProtocolInput {
  readonly commandId: string;
  readonly of: ProtocolMoveInput;
  readonly previewToken: string;
  readonly limit: number;
}

export type MoveProtocolResult = ProtocolMoved | PreviewStale | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export interface MovedCase {
  readonly caseId: string;
  readonly why: ProtocolMoveObstacle | null;
  readonly token: string | null;
}

export interface MutationClaimNextAdjudicationArguments {
  readonly input: ClaimNextAdjudicationInput;
}

export interface MutationClaimAdjudicationArguments {
  readonly input: ClaimAdjudicationInput;
}

export interface MutationRenewAdjudicationArguments {
  readonly input: RenewLeaseInput;
}

export interface MutationReleaseAdjudicationArguments {
  readonly input: ReleaseAdjudicationInput;
}

export interface MutationAdjudicateArguments {
  readonly input: AdjudicateInput;
}

export interface MutationRequestAdjudicationArguments {
  readonly input: FinishCaseInput;
}

export interface MutationFinaliseCaseArguments {
  readonly input: FinishCaseInput;
}

export interface MutationReopenCaseArguments {
  readonly input: FinishCaseInput;
}

export interface MutationAmendAnnotationArguments {
  readonly input: AmendAnnotationInput;
}

export interface MutationChangeCasesArguments {
  readonly input: ChangeCasesInput;
}

export interface MutationImportCasesArguments {
  readonly input: ImportCasesInput;
}

export interface MutationOpenThreadArguments {
  readonly input: OpenThreadInput;
}

export interface MutationAddCommentArguments {
  readonly input: AddCommentInput;
}

export interface MutationCorrectCommentArguments {
  readonly input: CorrectCommentInput;
}

export interface MutationRetractCommentArguments {
  readonly input: RetractCommentInput;
}

export interface MutationResolveThreadArguments {
  readonly input: TurnThreadInput;
}

export interface MutationReopenThreadArguments {
  readonly input: TurnThreadInput;
}

export interface MutationSaveDraftArguments {
  readonly input: SaveDraftInput;
}

export interface MutationEraseSubjectArguments {
  readonly input: EraseSubjectInput;
}

export interface MutationBeginExportArguments {
  readonly input: BeginExportInput;
}

export interface MutationFlagCaseArguments {
  readonly input: FlagCaseInput;
}

export interface MutationResolveFlagArguments {
  readonly input: ResolveFlagInput;
}

export interface MutationSetGoldArguments {
  readonly input: SetGoldInput;
}

export interface MutationCorrectGoldArguments {
  readonly input: CorrectGoldInput;
}

export interface MutationRetireGoldArguments {
  readonly input: RetireGoldInput;
}

export interface MutationAcceptLateAnnotationArguments {
  readonly input: AcceptLateAnnotationInput;
}

export interface MutationDeclineLateAnnotationArguments {
  readonly input: DeclineLateAnnotationInput;
}

export interface MutationMoveProtocolArguments {
  readonly input: MoveProtocolInput;
}

export interface MutationDecideParkedStreamArguments {
  readonly input: DecideParkedStreamInput;
}

export interface MutationQualifyAnnotatorArguments {
  readonly input: QualifyAnnotatorInput;
}

export interface MutationDisqualifyAnnotatorArguments {
  readonly input: DisqualifyAnnotatorInput;
}

export interface MutationPauseAnnotatorArguments {
  readonly input: PauseAnnotatorInput;
}

export interface MutationResumeAnnotatorArguments {
  readonly input: ResumeAnnotatorInput;
}

export interface MutationAddMemberArguments {
  readonly input: MemberInput;
}

export interface MutationRemoveMemberArguments {
  readonly input: MemberInput;
}

export interface MutationCreateProjectArguments {
  readonly input: CreateProjectInput;
}

export interface MutationAdoptProtocolArguments {
  readonly input: AdoptProtocolInput;
}

export interface MutationRegisterAnnotatorArguments {
  readonly input: RegisterAnnotatorInput;
}

export interface MutationClaimNextCaseArguments {
  readonly input: ClaimNextCaseInput;
}

export interface MutationClaimCaseArguments {
  readonly input: ClaimCaseInput;
}

export interface MutationRenewLeaseArguments {
  readonly input: RenewLeaseInput;
}

export interface MutationReleaseReadArguments {
  readonly input: ReleaseReadInput;
}

export interface MutationSkipReadArguments {
  readonly input: SkipReadInput;
}

export interface MutationSubmitAnnotationArguments {
  readonly input: SubmitAnnotationInput;
}

export interface MutationClaimNextReviewArguments {
  readonly input: ClaimNextReviewInput;
}

export interface MutationClaimReviewArguments {
  readonly input: ClaimReviewInput;
}

export interface MutationRenewReviewArguments {
  readonly input: RenewLeaseInput;
}

export interface MutationReleaseReviewArguments {
  readonly input: ReleaseReviewInput;
}

export interface MutationRecordReviewArguments {
  readonly input: RecordReviewInput;
}

export interface MutationRequestReviewArguments {
  readonly input: RequestReviewInput;
}

export interface MutationWaiveReviewArguments {
  readonly input: WaiveReviewInput;
}

export interface MutationAcknowledgeAlertArguments {
  readonly input: AcknowledgeAlertInput;
}

export interface MutationResolveAlertArguments {
  readonly input: ResolveAlertInput;
}

export interface MutationCorrectSentenceArguments {
  readonly input: CorrectSentenceInput;
}

export interface MutationSplitSentenceArguments {
  readonly input: SplitSentenceInput;
}

export interface MutationMergeSentencesArguments {
  readonly input: MergeSentencesInput;
}

export interface MutationConfirmTranslationArguments {
  readonly input: ConfirmTranslationInput;
}

export interface MutationExcludeCaseArguments {
  readonly input: ExcludeCaseInput;
}

export interface MutationIncludeCaseArguments {
  readonly input: FinishCaseInput;
}

export interface MutationUndoChangesArguments {
  readonly input: UndoChangesInput;
}

export interface MutationWithdrawAnnotationArguments {
  readonly input: WithdrawAnnotationInput;
}

export interface MutationRestoreAnnotationArguments {
  readonly input: RestoreAnnotationInput;
}

export interface MutationReinstateCaseArguments {
  readonly input: ReinstateCaseInput;
}

export interface MyAdjudications {
  readonly held: readonly HeldRead[];
  readonly available: number;
}

export interface MyQueue {
  readonly held: readonly HeldRead[];
  readonly available: number;
}

export interface MyQueueChange {
  readonly caseId: string | null;
  readonly type: string | null;
  readonly at: number;
  readonly resync: boolean;
}

export interface MyReviews {
  readonly held: readonly HeldRead[];
  readonly available: number;
}

export interface NewSentenceInput {
  readonly es?: string | null;
  readonly en?: string | null;
}

export interface NotAnAnnotator {
  readonly __typename: 'NotAnAnnotator';
  readonly message: string;
}

export interface NotFinished {
  readonly __typename: 'NotFinished';
  readonly message: string;
  readonly why: FinishObstacle;
}

export interface NotFound {
  readonly __typename: 'NotFound';
  readonly message: string;
}

export interface NotGold {
  readonly __typename: 'NotGold';
  readonly message: string;
  readonly why: GoldObstacle;
}

export interface NotHeld {
  readonly __typename: 'NotHeld';
  readonly message: string;
}

export interface NotQualified {
  readonly __typename: 'NotQualified';
  readonly message: string;
  readonly missing: readonly Qualification[];
}

export interface NotSealedYet {
  readonly __typename: 'NotSealedYet';
  readonly message: string;
}

export interface NotSubmitted {
  readonly __typename: 'NotSubmitted';
  readonly message: string;
}

export interface NotUndone {
  readonly __typename: 'NotUndone';
  readonly message: string;
  readonly why: UndoObstacle;
}

export interface NothingToAdjudicate {
  readonly __typename: 'NothingToAdjudicate';
  readonly message: string;
}

export interface NothingToClaim {
  readonly __typename: 'NothingToClaim';
  readonly message: string;
}

export interface NothingToReview {
  readonly __typename: 'NothingToReview';
  readonly message: string;
}

export interface OpenThreadInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly sentenceId?: string | null;
  readonly findingId?: string | null;
  readonly disagreementId?: string | null;
  readonly text: string;
}

export type OpenThreadResult = ThreadOpened | CommentRefused | NotFound | Invalid | CommandIdReused | Contended;

export interface OutdatedAnnotation {
  readonly annotation: AnnotationRecord;
  readonly outdatedAt: number;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export interface ParkedStream {
  readonly streamId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly globalSeq: number;
  readonly errorClass: string;
  readonly errorCode: string | null;
  readonly parkedAt: number;
}

export interface ParkedStreamDecided {
  readonly __typename: 'ParkedStreamDecided';
  readonly token: string;
}

export type ParkingDecision = 'retry' | 'discard';

export type ParkingReason = 'softwareMended' | 'eventDamaged' | 'enteredWrongly' | 'other';

export interface PauseAnnotatorInput {
  readonly commandId: string;
  readonly projectId: string;
  readonly personId: string;
  readonly reason: PauseReason;
}

export type PauseAnnotatorResult = AnnotatorChanged | Invalid | NotFound | CommandIdReused | Contended;

export type PauseReason = 'onRequest' | 'leave' | 'quality' | 'training' | 'other';

export interface Performance {
  readonly findingGroup: string | null;
  readonly gold: number;
  readonly adjudicated: number;
  readonly effective: number;
  readonly accuracy: Estimate;
  readonly weight: Estimate;
  readonly confusion: Confusion;
}

export interface PixelBox {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export type Polarity = 'positive' | 'negative' | 'uncertain';

export type Presence = 'present' | 'absent' | 'disputed';

export interface PreviewStale {
  readonly __typename: 'PreviewStale';
  readonly message: string;
}

export interface PreviousStudy {
  readonly studyKey: string | null;
  readonly imageKeys: readonly string[];
}

export interface PreviousStudyInput {
  readonly studyKey: string;
  readonly imageKeys: readonly string[];
}

export interface Problem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly protocolVersion: number;
  readonly protocol: Protocol;
  readonly createdAt: number;
  readonly progress: ProjectProgress | null;
  readonly annotators: readonly Annotator[];
  readonly protocols: readonly ProtocolVersion[];
  readonly answeredFrom: AnsweredFrom | null;
  readonly members: readonly Member[];
  readonly closedRoles: readonly MemberRole[];
}

export interface ProjectConnection {
  readonly answeredFrom: AnsweredFrom | null;
  readonly edges: readonly ProjectEdge[];
  readonly pageInfo: PageInfo;
}

export interface ProjectCreated {
  readonly __typename: 'ProjectCreated';
  readonly projectId: string;
  readonly token: string;
}

export interface ProjectEdge {
  readonly cursor: string;
  readonly node: Project;
}

export interface ProjectProgress {
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
}

export interface ProjectProgressed {
  readonly projectId: string;
  readonly progress: ProjectProgress;
  readonly at: number;
}

export interface Protocol {
  readonly readsPerCase: number;
  readonly readsMaximum: number;
  readonly leaseSeconds: number;
  readonly openClaimsMaximum: number;
  readonly amendWindowSeconds: number;
  readonly languages: readonly Language[];
  readonly qualificationsRequired: boolean;
  readonly labels: readonly LabelDefinition[];
  readonly locations: readonly LocationDefinition[];
  readonly progressionTerms: readonly string[];
  readonly imageQualityFlags: readonly string[];
  readonly reportQualityFlags: readonly string[];
  readonly attributes: readonly AttributeDefinition[];
  readonly regionKinds: readonly RegionKind[];
  readonly matchingGate: number;
  readonly disagreements: DisagreementPolicy;
  readonly adjudication: AdjudicationPolicy;
  readonly reviewShare: number;
  readonly goldShare: number | null;
  readonly pausesOnDrift: boolean | null;
  readonly readerIdentity: ReaderIdentity;
}

export interface ProtocolAdopted {
  readonly __typename: 'ProtocolAdopted';
  readonly projectId: string;
  readonly protocolVersion: number;
  readonly token: string;
}

export interface ProtocolInput {
  readonly readsPerCase: number;
  readonly readsMaximum?: number | null;
  readonly leaseSeconds: number;
  readonly openClaimsMaximum: number;
  readonly amendWindowSeconds: number;
  readonly languages: readonly Language[];
  readonly qualificationsRequired: boolean;
  readonly labels: readonly LabelDefinitionInput[];
  readonly locations: readonly LocationDefinitionInput[];
  readonly progressionTerms: readonly string[];
  readonly imageQualityFlags: readonly string[];
  readonly reportQualityFlags: readonly string[];
  readonly attributes: readonly AttributeDefinitionInput[];
  readonly regionKinds: readonly RegionKind[];
  readonly matchingGate: number;
  readonly disagreements?: DisagreementPolicyInput | null;
  readonly adjudication?: AdjudicationPolicyInput | null;
  readonly reviewShare: number;
  readonly goldShare: number;
  readonly pausesOnDrift: boolean;
  readonly readerIdentity: ReaderIdentity;
}

export interface ProtocolMoveCounts {
  readonly possible: number;
  readonly impossible: number;
  readonly reopened: number;
  readonly completed: number;
  readonly claimsEnded: number;
}

export interface ProtocolMoveInput {
  readonly projectId: string;
  readonly protocolVersion: number;
  readonly from?: number | null;
  readonly caseIds?: readonly string[] | null;
}

export type ProtocolMoveObstacle = 'caseWithdrawn' | 'caseDecided' | 'caseExcluded' | 'alreadyThere' | 'changedSince' | 'contended';

export interface ProtocolMovePreview {
  readonly edges: readonly ProtocolMovePreviewEdge[];
  readonly pageInfo: PageInfo;
  readonly counts: ProtocolMoveCounts;
  readonly more: boolean;
  readonly token: string;
}

export interface ProtocolMovePreviewEdge {
  readonly cursor: string;
  readonly node: ProtocolMovePreviewItem;
}

export interface ProtocolMovePreviewItem {
  readonly caseId: string;
  readonly from: number;
  readonly why: ProtocolMoveObstacle | null;
  readonly reads: number;
  readonly reopens: boolean;
  readonly completes: boolean;
  readonly claimsEnded: number;
}

export interface ProtocolMoved {
  readonly __typename: 'ProtocolMoved';
  readonly done: number;
  readonly refused: number;
  readonly remaining: number;
  readonly cases: readonly MovedCase[];
}

export interface ProtocolVersion {
  readonly version: number;
  readonly protocol: Protocol;
  readonly adoptedAt: number;
  readonly actorId: string;
  readonly actorRole: string;
}

export interface Qualification {
  readonly language: Language | null;
  readonly findingGroup: string | null;
}

export interface QualificationInput {
  readonly language?: Language | null;
  readonly findingGroup?: string | null;
}

export interface QualifyAnnotatorInput {
  readonly commandId: string;
  readonly projectId: string;
  readonly personId: string;
  readonly qualification: QualificationInput;
  readonly expiresAt?: number | null;
}

export type QualifyAnnotatorResult = AnnotatorChanged | Invalid | NotFound | CommandIdReused | Contended;

export interface QueryMyAdjudicationsArguments {
  readonly projectId: string;
  readonly after?: string | null;
}

export interface QueryAdjudicationTaskArguments {
  readonly caseId: string;
  readonly after?: string | null;
}

export interface QueryAnnotationHistoryArguments {
  readonly id: string;
}

export interface QueryRegionHistoryArguments {
  readonly id: string;
}

export interface QueryEventProofArguments {
  readonly eventId: string;
  readonly since?: number | null;
}

export interface QueryCaseChangePreviewArguments {
  readonly input: CaseChangeInput;
  readonly first: number | null;
  readonly after?: string | null;
}

export interface QueryCaseArguments {
  readonly id: string;
  readonly after?: string | null;
  readonly asOf?: AsOf | null;
}

export interface QueryCasesArguments {
  readonly projectId: string;
  readonly first: number | null;
  readonly after?: string | null;
  readonly status?: CaseStatus | null;
  readonly afterChange?: string | null;
  readonly asOf?: AsOf | null;
}

export interface QueryChangesArguments {
  readonly after?: string | null;
  readonly first: number | null;
  readonly projectId?: string | null;
}

export interface QueryMyDraftArguments {
  readonly caseId: string;
}

export interface QueryExplainQueueArguments {
  readonly projectId: string;
  readonly caseId?: string | null;
  readonly language?: Language | null;
  readonly priorityAtLeast?: number | null;
}

export interface QueryFlagsArguments {
  readonly projectId: string;
  readonly first: number | null;
}

export interface QueryGoldCasesArguments {
  readonly projectId: string;
  readonly first: number | null;
  readonly after?: string | null;
  readonly afterChange?: string | null;
}

export interface QueryLateAnnotationsArguments {
  readonly projectId: string;
  readonly first: number | null;
}

export interface QueryProtocolMovePreviewArguments {
  readonly input: ProtocolMoveInput;
  readonly first: number | null;
  readonly after?: string | null;
}

export interface QueryProjectArguments {
  readonly id: string;
  readonly after?: string | null;
  readonly asOf?: AsOf | null;
}

export interface QueryProjectsArguments {
  readonly first: number | null;
  readonly after?: string | null;
  readonly asOf?: AsOf | null;
}

export interface QueryMyQueueArguments {
  readonly projectId: string;
  readonly after?: string | null;
}

export interface QueryMyReviewsArguments {
  readonly projectId: string;
  readonly after?: string | null;
}

export interface QueryReviewTaskArguments {
  readonly caseId: string;
  readonly after?: string | null;
}

export interface QueryScorecardsArguments {
  readonly projectId: string;
  readonly afterChange?: string | null;
}

export interface QueryAlertsArguments {
  readonly projectId: string;
  readonly status?: AlertStatus | null;
  readonly first: number | null;
  readonly after?: string | null;
  readonly afterChange?: string | null;
}

export interface QueryTranslationChecksArguments {
  readonly projectId: string;
  readonly first: number | null;
  readonly after?: string | null;
  readonly afterChange?: string | null;
}

export interface QueryUndoPreviewArguments {
  readonly input: UndoInput;
  readonly first: number | null;
  readonly after?: string | null;
}

export interface QueueCounts {
  readonly reading: number;
  readonly full: number;
  readonly heldBack: number;
  readonly otherwise: number;
}

export interface QueueExplanation {
  readonly rules: readonly QueueRule[];
  readonly counts: QueueCounts | null;
  readonly places: CasePlaces | null;
}

export interface QueueRule {
  readonly rule: QueueRuleName;
  readonly passes: boolean;
  readonly count: number | null;
  readonly limit: number | null;
}

export type QueueRuleName = 'registered' | 'claimsOpen' | 'submitted' | 'skipped' | 'unread' | 'unreadAsAsked' | 'assigned' | 'caseInQueue' | 'caseReading' | 'caseNotHeldBack' | 'casePlace';

export interface ReadEnded {
  readonly __typename: 'ReadEnded';
  readonly token: string;
}

export type ReaderIdentity = 'known' | 'notPublished';

export type ReadersShown = 'always' | 'afterDecision';

export interface ReadsHidden {
  readonly __typename: 'ReadsHidden';
  readonly message: string;
}

export interface RecordReviewInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken: string;
  readonly annotationId: string;
  readonly outcome: ReviewOutcome;
  readonly reason: ReviewReason;
  readonly note?: string | null;
  readonly fix?: AnnotationInput | null;
}

export type RecordReviewResult = ReviewRecorded | ReviewRefused | StaleLease | NotFound | Invalid | CommandIdReused | Contended;

export interface Refusal {
  readonly message: string;
}

export interface Region {
  readonly id: string;
  readonly imageId: string;
  readonly system: CoordinateSystem;
  readonly x1: string;
  readonly y1: string;
  readonly x2: string;
  readonly y2: string;
  readonly pixels: PixelBox;
}

export interface RegionInput {
  readonly key: string;
  readonly imageId: string;
  readonly system: CoordinateSystem;
  readonly x1: string;
  readonly y1: string;
  readonly x2: string;
  readonly y2: string;
}

export type RegionKind = 'box' | 'point' | 'polygon' | 'mask';

export interface RegionPerformance {
  readonly expected: number;
  readonly given: number;
  readonly matched: number;
  readonly meanIou: number | null;
}

export interface RegionVersion {
  readonly caseId: string;
  readonly annotationId: string;
  readonly revision: number;
  readonly at: number;
  readonly fromSequence: number | null;
  readonly eventId: string | null;
  readonly eventType: string;
  readonly actorId: string | null;
  readonly actorRole: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly region: Region | null;
}

export interface RegisterAnnotatorInput {
  readonly commandId: string;
  readonly projectId: string;
  readonly personId: string;
}

export type RegisterAnnotatorResult = AnnotatorRegistered | Invalid | NotFound | CommandIdReused | Contended;

export interface ReinstateCaseInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly reasonCode: ChangeReason;
  readonly note?: string | null;
}

export type ReinstateCaseResult = CaseReinstated | NotUndone | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export interface ReleaseAdjudicationInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken: string;
}

export interface ReleaseReadInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken: string;
  readonly reason?: ReturnReason | null;
  readonly note?: string | null;
}

export interface ReleaseReviewInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken: string;
}

export type ReleaseReviewResult = ReviewReleased | ReviewRefused | StaleLease | NotFound | Invalid | CommandIdReused | Contended;

export type ReleaseSeatResult = SeatReleased | SeatRefused | StaleLease | NotFound | Invalid | CommandIdReused | Contended;

export interface RenewLeaseInput {
  readonly caseId: string;
  readonly leaseToken: string;
}

export type RenewLeaseResult = LeaseRenewed | StaleLease | NotFound;

export interface RequestReviewInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly readId: string;
  readonly reason: WorkflowReason;
  readonly note?: string | null;
}

export interface ResolveAlertInput {
  readonly commandId: string;
  readonly projectId: string;
  readonly annotatorId: string;
  readonly alertId: string;
  readonly outcome: AlertOutcome;
}

export interface ResolveFlagInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly flagId: string;
  readonly note?: string | null;
}

export type ResolveFlagResult = FlagResolved | CaseNotAvailable | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export interface RestoreAnnotationInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly annotationId: string;
  readonly revision: number;
  readonly reasonCode: ChangeReason;
  readonly note?: string | null;
}

export type RestoreAnnotationResult = AnnotationRestored | NotUndone | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export interface ResumeAnnotatorInput {
  readonly commandId: string;
  readonly projectId: string;
  readonly personId: string;
}

export type ResumeAnnotatorResult = AnnotatorChanged | Invalid | NotFound | CommandIdReused | Contended;

export interface RetireGoldInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly reasonCode: GoldReason;
  readonly note?: string | null;
}

export type RetireGoldResult = GoldRetired | NotGold | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export interface RetractCommentInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly commentId: string;
  readonly reason: RetractReason;
}

export type RetractCommentResult = CommentRetracted | CommentRefused | NotFound | Invalid | CommandIdReused | Contended;

export type RetractReason = 'writtenByMistake' | 'identifiesPatient' | 'outOfPlace' | 'other';

export type ReturnReason = 'needsOtherExpertise' | 'imageProblem' | 'reportProblem' | 'noTime' | 'claimedByMistake' | 'other';

export interface Review {
  readonly id: string;
  readonly readId: string;
  readonly cause: ReviewCause;
  readonly openedAt: number;
  readonly endedAt: number | null;
  readonly outcome: ReviewOutcome | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly reviewerId: string | null;
  readonly fix: ReviewFix | null;
}

export type ReviewCause = 'sampled' | 'requested';

export interface ReviewChanged {
  readonly __typename: 'ReviewChanged';
  readonly caseId: string;
  readonly token: string;
}

export interface ReviewClaimed {
  readonly __typename: 'ReviewClaimed';
  readonly caseId: string;
  readonly leaseToken: string;
  readonly leaseEndsAt: number;
  readonly token: string;
}

export interface ReviewFix {
  readonly annotationId: string;
  readonly answer: Answer;
  readonly findings: readonly Finding[];
  readonly regions: readonly Region[];
  readonly imageQualityFlags: readonly string[];
  readonly reportQualityFlags: readonly string[];
}

export type ReviewObstacle = 'reviewUnknown' | 'reviewTaken' | 'readByYou' | 'adjudicatedByYou' | 'readChanged' | 'notSubmitted' | 'caseClosed';

export type ReviewOutcome = 'accepted' | 'fixed' | 'rejectedToSame' | 'rejectedToOther';

export type ReviewReason = 'correct' | 'findingMissed' | 'findingWrong' | 'wrongPlace' | 'wrongTerm' | 'incomplete' | 'againstProtocol' | 'judgement' | 'other';

export interface ReviewRecorded {
  readonly __typename: 'ReviewRecorded';
  readonly reviewId: string;
  readonly fixAnnotationId: string | null;
  readonly token: string;
}

export interface ReviewRefused {
  readonly __typename: 'ReviewRefused';
  readonly message: string;
  readonly why: ReviewObstacle;
}

export interface ReviewReleased {
  readonly __typename: 'ReviewReleased';
  readonly token: string;
}

export interface ReviewTask {
  readonly caseId: string;
  readonly reviewId: string;
  readonly leaseToken: string;
  readonly leaseEndsAt: number;
  readonly case: Case;
  readonly read: AnnotationRecord | null;
}

export interface SaveDraftInput {
  readonly caseId: string;
  readonly leaseToken: string;
  readonly revision: number;
  readonly annotation: AnnotationInput;
}

export type SaveDraftResult = DraftSaved | DraftConflict | StaleLease | Invalid | NotFound;

export interface ScoreMethod {
  readonly name: string;
  readonly version: string;
  readonly level: number;
  readonly halfLife: number;
}

export interface Scorecard {
  readonly annotatorId: string;
  readonly answers: number;
  readonly performance: readonly Performance[];
  readonly regions: RegionPerformance;
  readonly medianSeconds: number | null;
  readonly drift: Drift;
}

export interface Scorecards {
  readonly projectId: string;
  readonly withheld: ScoresWithheld | null;
  readonly answers: number;
  readonly hasOlder: boolean;
  readonly method: ScoreMethod;
  readonly pooled: readonly Performance[];
  readonly annotators: readonly Scorecard[];
}

export type ScoresWithheld = 'readersNotKnown';

export interface SeatClaimed {
  readonly __typename: 'SeatClaimed';
  readonly caseId: string;
  readonly leaseToken: string;
  readonly leaseEndsAt: number;
  readonly token: string;
}

export type SeatObstacle = 'notAdjudicating' | 'readByYou' | 'noSeat' | 'roleMayNot' | 'alreadyVoted' | 'reviewedByYou';

export interface SeatRefused {
  readonly __typename: 'SeatRefused';
  readonly message: string;
  readonly why: SeatObstacle;
}

export interface SeatReleased {
  readonly __typename: 'SeatReleased';
  readonly token: string;
}

export interface SentenceAtInput {
  readonly sentenceId: string;
  readonly version: number;
}

export type SentenceCause = 'imported' | 'wording' | 'translation' | 'meaning' | 'split' | 'merged';

export type SentenceChange = 'wording' | 'translation' | 'meaning';

export interface SentenceConflict {
  readonly __typename: 'SentenceConflict';
  readonly message: string;
  readonly sentenceId: string;
  readonly version: number;
  readonly text: BilingualText;
}

export interface SentenceCorrected {
  readonly __typename: 'SentenceCorrected';
  readonly caseId: string;
  readonly sentenceId: string;
  readonly version: number;
  readonly outdatedReads: number;
  readonly hits: readonly TranslationHit[];
  readonly token: string;
}

export interface SentenceMachine {
  readonly model: string | null;
  readonly version: string | null;
}

export interface SentenceMachineInput {
  readonly model: string;
  readonly version?: string | null;
}

export type SentenceOrigin = 'report' | 'machine' | 'person';

export type SentenceReason = 'typing' | 'translationError' | 'differsFromReport' | 'wronglySegmented' | 'identifiesPatient' | 'other';

export interface SentenceSplit {
  readonly __typename: 'SentenceSplit';
  readonly caseId: string;
  readonly sentenceIds: readonly string[];
  readonly outdatedReads: number;
  readonly token: string;
}

export interface SentenceVersion {
  readonly version: number;
  readonly cause: SentenceCause;
  readonly text: BilingualText;
  readonly at: number;
  readonly actorId: string | null;
  readonly actorRole: string | null;
  readonly reason: string | null;
  readonly note: string | null;
}

export interface SentencesChanged {
  readonly __typename: 'SentencesChanged';
  readonly message: string;
}

export interface SentencesMerged {
  readonly __typename: 'SentencesMerged';
  readonly caseId: string;
  readonly sentenceId: string;
  readonly outdatedReads: number;
  readonly token: string;
}

export interface SetGoldInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly annotation?: AnnotationInput | null;
  readonly externalSource?: string | null;
  readonly note?: string | null;
}

export type Sex = 'female' | 'male' | 'other';

export interface SignedHead {
  readonly size: number;
  readonly note: string;
}

export interface SkipReadInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken: string;
  readonly reason: SkipReason;
  readonly note?: string | null;
}

export type SkipReason = 'imageUnusable' | 'reportUnusable' | 'outsideMyField' | 'conflictOfInterest' | 'other';

export interface SplitSentenceInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly sentenceId: string;
  readonly version: number;
  readonly into: readonly NewSentenceInput[];
  readonly linksTo?: number | null;
  readonly reasonCode: SentenceReason;
  readonly note?: string | null;
}

export type SplitSentenceResult = SentenceSplit | SentenceConflict | CaseNotAvailable | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export interface StaleLease {
  readonly __typename: 'StaleLease';
  readonly message: string;
}

export interface StaleRevision {
  readonly __typename: 'StaleRevision';
  readonly message: string;
  readonly revision: number;
}

export interface StatementInput {
  readonly es?: string | null;
  readonly en?: string | null;
}

export interface SubjectErased {
  readonly __typename: 'SubjectErased';
  readonly subjectId: string;
  readonly cases: number;
  readonly recipients: readonly ExportRecipient[];
  readonly token: string;
}

export interface SubmitAnnotationInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly leaseToken: string;
  readonly revision: number;
  readonly annotation: AnnotationInput;
}

export type SubmitAnnotationResult = AnnotationSubmitted | Invalid | StaleLease | StaleRevision | AlreadySubmitted | NotFound | CommandIdReused | Contended | LateAnnotationKept | SentencesChanged;

export interface SubscriptionCaseChangedArguments {
  readonly caseId?: string | null;
  readonly projectId?: string | null;
  readonly after?: string | null;
}

export interface SubscriptionMyQueueChangedArguments {
  readonly projectId: string;
  readonly after?: string | null;
}

export interface SubscriptionProjectProgressedArguments {
  readonly projectId: string;
  readonly after?: string | null;
}

export interface SubscriptionDisagreementFoundArguments {
  readonly projectId: string;
  readonly after?: string | null;
}

export interface TermCode {
  readonly system: string;
  readonly code: string;
}

export interface TermCodeInput {
  readonly system: string;
  readonly code: string;
}

export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export interface Thread {
  readonly id: string;
  readonly subject: ThreadSubject;
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  readonly resolverId: string | null;
  readonly comments: readonly Comment[];
}

export interface ThreadConnection {
  readonly edges: readonly ThreadEdge[];
  readonly pageInfo: PageInfo;
}

export interface ThreadEdge {
  readonly cursor: string;
  readonly node: Thread;
}

export interface ThreadOpened {
  readonly __typename: 'ThreadOpened';
  readonly caseId: string;
  readonly threadId: string;
  readonly commentId: string;
  readonly token: string;
}

export interface ThreadSubject {
  readonly kind: ThreadSubjectKind;
  readonly sentenceId: string | null;
  readonly findingId: string | null;
  readonly readId: string | null;
  readonly disagreementId: string | null;
}

export type ThreadSubjectKind = 'case' | 'sentence' | 'finding' | 'disagreement';

export interface ThreadTurned {
  readonly __typename: 'ThreadTurned';
  readonly caseId: string;
  readonly threadId: string;
  readonly isResolved: boolean;
  readonly token: string;
}

export interface TimeOnTask {
  readonly activeSeconds: number;
  readonly wallSeconds: number;
  readonly idleGapSeconds: number;
}

export interface TooManyClaims {
  readonly __typename: 'TooManyClaims';
  readonly message: string;
  readonly held: readonly HeldRead[];
}

export interface TooManyFlags {
  readonly __typename: 'TooManyFlags';
  readonly message: string;
}

export interface TranslationCheck {
  readonly caseId: string;
  readonly disagreementId: string;
  readonly sentenceId: string;
  readonly version: number;
  readonly text: BilingualText;
  readonly hits: readonly TranslationHit[];
  readonly checker: string;
  readonly askedAt: number;
}

export interface TranslationCheckConnection {
  readonly edges: readonly TranslationCheckEdge[];
  readonly pageInfo: PageInfo;
}

export interface TranslationCheckEdge {
  readonly cursor: string;
  readonly node: TranslationCheck;
}

export interface TranslationConfirmed {
  readonly __typename: 'TranslationConfirmed';
  readonly caseId: string;
  readonly sentenceId: string;
  readonly token: string;
}

export interface TranslationHit {
  readonly type: TranslationHitType;
  readonly code: TranslationHitCode;
  readonly es: TextSpan | null;
  readonly en: TextSpan | null;
}

export type TranslationHitCode = 'changed' | 'lost' | 'added' | 'swapped';

export type TranslationHitType = 'negation' | 'laterality' | 'number' | 'severity' | 'anatomy' | 'length';

export interface TurnThreadInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly threadId: string;
}

export type TurnThreadResult = ThreadTurned | CommentRefused | NotFound | Invalid | CommandIdReused | Contended;

export type UndoAction = 'withdrawAnnotation' | 'withdrawCase';

export interface UndoChangesInput {
  readonly commandId: string;
  readonly of: UndoInput;
  readonly previewToken: string;
  readonly reasonCode: ChangeReason;
  readonly note?: string | null;
  readonly limit: number;
}

export type UndoChangesResult = ChangesUndone | PreviewStale | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export interface UndoCounts {
  readonly possible: number;
  readonly impossible: number;
  readonly reopened: number;
}

export interface UndoInput {
  readonly projectId: string;
  readonly personId?: string | null;
  readonly from?: number | null;
  readonly to?: number | null;
  readonly importCommandId?: string | null;
  readonly importedBy?: string | null;
  readonly withReads: boolean;
}

export type UndoObstacle = 'nothingCounts' | 'changedSince' | 'revisionUnknown' | 'readHeld' | 'noPlace' | 'hasReads' | 'caseWithdrawn' | 'caseFinalised' | 'caseExcluded' | 'caseNotWithdrawn' | 'subjectErased' | 'contended' | 'sentencesChanged';

export interface UndoPreview {
  readonly edges: readonly UndoPreviewEdge[];
  readonly pageInfo: PageInfo;
  readonly counts: UndoCounts;
  readonly more: boolean;
  readonly token: string;
}

export interface UndoPreviewEdge {
  readonly cursor: string;
  readonly node: UndoPreviewItem;
}

export interface UndoPreviewItem {
  readonly caseId: string;
  readonly action: UndoAction;
  readonly why: UndoObstacle | null;
  readonly reads: number;
  readonly reopens: boolean;
  readonly annotationId: string | null;
  readonly revision: number | null;
  readonly submittedAt: number | null;
}

export interface UndoneCase {
  readonly caseId: string;
  readonly why: UndoObstacle | null;
  readonly token: string | null;
}

export type ViewPosition = 'ap' | 'pa' | 'll' | 'rl' | 'rld' | 'lld' | 'rlo' | 'llo';

export interface Viewer {
  readonly id: string;
  readonly role: string;
}

export interface WaiveReviewInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly reviewId: string;
  readonly reason: WorkflowReason;
  readonly note?: string | null;
}

export interface WithdrawAnnotationInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly annotationId: string;
  readonly revision: number;
  readonly reasonCode: ChangeReason;
  readonly note?: string | null;
}

export type WithdrawAnnotationResult = AnnotationWithdrawn | NotUndone | ReadsHidden | Invalid | NotFound | CommandIdReused | Contended;

export type WorkflowReason = 'workComplete' | 'noReaderLeft' | 'clinicalUrgency' | 'protocolChanged' | 'errorFound' | 'newInformation' | 'other';
