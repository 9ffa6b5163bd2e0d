export { readModelMigrations } from './migrations.ts';
export { type ReadStatus, readStatuses } from './tables/case-status.ts';
export { longestPage, type Page } from './queries/page.ts';
export {
  annotatesAnywhere,
  findProject,
  listProjects,
  type ProjectPlace,
  projectProgress,
  type ProjectProgress,
  type ProjectView,
} from './queries/project-queries.ts';
export { consensusAsOf, findCaseAsOf, listCasesAsOf, submittedReadsAsOf } from './queries/case-as-of-queries.ts';
export {
  endOfLog,
  hasPassed,
  hasWholeHistory,
  headCovering,
  type HeadView,
  newestHead,
  parkedUpTo,
  seqBefore,
} from './queries/point-queries.ts';
export {
  findProjectAsOf,
  listProjectsAsOf,
  listProtocolVersions,
  projectProgressAsOf,
  type ProtocolVersionView,
} from './queries/project-as-of-queries.ts';
export { annotationVersions, type AnnotationVersionView, regionVersions } from './queries/version-queries.ts';
export { type CaseListRequest, type CasePlace, type CaseView, findCase, listCases } from './queries/case-queries.ts';
export {
  consensusOf,
  type ConsensusView,
  readsOf,
  type ReadView,
  type SubmissionView,
} from './queries/read-queries.ts';
export { externalReadersOf, type ExternalReaderView } from './queries/external-read-queries.ts';
export { type CaseEventsRequest, type CaseEventView, listCaseEvents } from './queries/history-queries.ts';
export {
  type ChangePage,
  type ChangesRequest,
  type ChangeView,
  feedEnd,
  feedTail,
  listChanges,
} from './queries/change-queries.ts';
export {
  adjudicationsOf,
  type AdjudicationView,
  type DecisionView,
  suggestAdjudications,
  votesOf,
  type VoteView,
} from './queries/adjudication-queries.ts';
export { type AlertListRequest, type AlertView, listAlerts } from './queries/alert-queries.ts';
export { type AnswerScoreView, scoresOf } from './queries/score-queries.ts';
export { reviewsOf, type ReviewView, suggestReviews } from './queries/review-queries.ts';
export { assignmentsOf, type AssignmentView, countAssigned, suggestAssigned } from './queries/assignment-queries.ts';
export { threadEventsOf, type ThreadEventView } from './queries/thread-queries.ts';
export {
  type GoldAnswerView,
  goldAnswersOf,
  type GoldCaseView,
  type GoldListRequest,
  goldTruthsOf,
  type GoldTruthView,
  listGold,
} from './queries/gold-queries.ts';
export {
  countAvailable,
  countClaimed,
  countUnread,
  type HeldClaim,
  heldClaims,
  type QueueRequest,
  suggestCases,
  suggestGold,
} from './queries/queue-queries.ts';
export {
  type OutdatedReadView,
  outdatedReadsOf,
  type SentenceChangeEvent,
  sentenceChangesOf,
  type SentenceChangeView,
  translationQuestions,
  type TranslationQuestionView,
} from './queries/sentence-queries.ts';
export {
  type FlagView,
  lateAnnotations,
  type LateAnnotationView,
  openFlags,
  openFlagsOf,
} from './queries/decision-queries.ts';
export {
  type CaseHolder,
  holdersOf,
  type OwnClaims,
  ownClaims,
  queueCounts,
  type QueueCounts,
  serverClock,
} from './queries/explain-queries.ts';
export { listExportRecipients, recordExport } from './queries/export-queries.ts';
export type { ExportEntry, ExportRecipientView } from './queries/export-queries.ts';
export { listParkedStreams, type ParkedStreamView } from './queries/parked-queries.ts';
export { casesSubmittedBy, type SubmittedReadsRequest } from './queries/undo-queries.ts';
export { casesOfStatus, type CasesOfStatusRequest } from './queries/bulk-queries.ts';
export { casesToMove, type CasesToMoveRequest } from './queries/move-queries.ts';
export {
  type AnnotatorView,
  findAnnotatorOf,
  listAnnotators,
  listMembers,
  type MemberView,
  type ProjectMembersView,
} from './queries/people-queries.ts';
export { type Passage, passageOf, type StreamPosition } from './queries/position-queries.ts';
export { type ViewName, viewNames } from './tables/view-tables.ts';
export type { ConsumedRecord } from './store/decode-record.ts';
export {
  type BatchOutcome,
  ProjectionStore,
  type ProjectionStoreOptions,
  type RecordBatch,
} from './store/projection-store.ts';
export { GenerationRetired, LogReplaced, TooManyParkedStreams } from './store/projection-errors.ts';
export {
  activeGeneration,
  analyzeGeneration,
  createGeneration,
  dropGeneration,
  type Generation,
  listGenerations,
  newestShape,
  type ParkedStream,
  discardedEventsOf,
  parkedStreamsOf,
  placesOf,
  shapeOf,
  switchGeneration,
  type ViewPlace,
} from './generations/generations.ts';
export { type CanonicalRow, canonicalRows } from './generations/canonical-rows.ts';
export { canonicalSha256, type ViewHash, type ViewHashes } from './generations/canonical-sha256.ts';
export { LineReader } from './lines/line-reader.ts';
export { type StoredEvent, StreamRows } from './lines/stream-rows.ts';
