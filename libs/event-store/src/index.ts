export type {
  AuditedEvent,
  AuditedRow,
  EventOfStream,
  JournalAudit,
  JournalCounters,
  StreamLink,
  StreamPlace,
} from './audit/journal-audit.ts';
export { claimStatusAfter } from './claim-status-after.ts';
export { claimStatuses, isLease } from './event-store.ts';
export { countReadersLeft, type ReadersLeftQuery } from './postgres/count-readers-left.ts';
export type {
  AppendOutcome,
  AppendRequest,
  Claim,
  ClaimStatus,
  CommandKey,
  EventStore,
  Loaded,
  LoadedStream,
  LoadRequest,
  RecordedEvent,
  RenewLeaseRequest,
  StoredCommand,
  StreamPosition,
  StreamWrite,
} from './event-store.ts';
export { decideAndAppend } from './handle-command.ts';
export type { CommandDecision, CommandOutcome, CommandToHandle } from './handle-command.ts';
export { limits as eventStoreLimits } from './limits.ts';
export type { LoggedEvent, LoggedPlace, LogLeaf, LogReader, PartitionPlace } from './log-reader.ts';
export { eventStoreMigrations } from './migrations.ts';
export { findSequencedEvent, type SequencedEventBytes } from './postgres/find-sequenced-event.ts';
export { type GoldScoresQuery, goldScoresOf, type StoredScoring } from './postgres/gold-scores-of.ts';
export { findUnansweredReadsCompleted, findUnscored } from './postgres/find-unanswered.ts';
export type { Unanswered, UnansweredQuery } from './postgres/find-unanswered.ts';
export { PostgresEventStore } from './postgres/postgres-event-store.ts';
export { PostgresJournalAudit } from './postgres/postgres-journal-audit.ts';
export { PostgresLogReader } from './postgres/postgres-log-reader.ts';
export { PostgresRelayLease } from './postgres/postgres-relay-lease.ts';
export { PostgresSealStore } from './postgres/postgres-seal-store.ts';
export { PostgresSequencer } from './postgres/postgres-sequencer.ts';
export { compareWithLog } from './relay/compare-with-log.ts';
export type { KafkaEnd, LogComparison, LogRelation, PartitionComparison } from './relay/compare-with-log.ts';
export { describePartitions } from './relay/describe-partitions.ts';
export type { KafkaPartitionEnd } from './relay/describe-partitions.ts';
export type { HeldRelayLease, RelayLease } from './relay/relay-lease.ts';
export type { Sealing, SealStore, StoredCheckpoint, StoredTile, TilePlace } from './seal-store.ts';
export type { Sequencer } from './sequencer.ts';
export { EpochFenced, EventTooLarge, InvalidAppend, SealRefused, StoreUnavailable } from './store-errors.ts';
export { chooseKeyEncryption } from './vault/choose-key-encryption.ts';
export type { KeyEncryption, WrappedKey } from './vault/key-encryption.ts';
export { KeyUnwrapFailed } from './vault/key-encryption.ts';
export { KeyServiceRefused } from './vault/kms-key-encryption.ts';
export type { KmsOptions } from './vault/kms-key-encryption.ts';
export {
  addKeyEncryptionKey,
  ensureLocalKeyFile,
  KeyFileUnusable,
  LocalKeyEncryption,
  readLocalKeyFile,
} from './vault/local-key-file.ts';
export type { LocalKeys } from './vault/local-key-file.ts';
export { casesOfSubject, destroyKeysOfErased } from './vault/erased-subjects.ts';
export type { CaseOfSubject } from './vault/erased-subjects.ts';
export { PostgresSubjectKeys } from './vault/postgres-subject-keys.ts';
export type { SubjectKeysOptions } from './vault/postgres-subject-keys.ts';
export { rewrapKeys } from './vault/rewrap-keys.ts';
export type { RewrapOptions, RewrapOutcome } from './vault/rewrap-keys.ts';
export { SubjectErased } from './vault/subject-keys.ts';
export type { SubjectKeys, WantedKey } from './vault/subject-keys.ts';
export {
  type DraftOutcome,
  type DraftToSave,
  findDraft,
  saveDraft,
  type SealedDraft,
  type StoredDraft,
} from './drafts/drafts.ts';
export { activeTime, type ActiveTimeQuery } from './drafts/active-time.ts';
