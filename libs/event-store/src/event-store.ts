import type {
  AnnotatorId,
  CaseId,
  ClaimId,
  CommandId,
  EventId,
  Instant,
  OrganisationId,
  ProjectId,
  StreamId,
} from '@consilium/domain';
import type { EncodedEvent } from '@consilium/contracts';

/**
 * The write side of the journal. Both stores, on Postgres and in memory, pass one contract suite.
 *
 * Words: a *stream* is everything that happened to one aggregate, versions 1, 2, 3, ...; version 0 is a stream that nothing
 * has happened to. A *command* is one intended change, known by (organisation, actorId, commandId); it is answered once and
 * its answer is kept. A *claim* is one annotator's hold on one case; it changes together with the events about it.
 */
export interface EventStore {
  /** One round trip, one snapshot. @throws StoreUnavailable */
  load(request: LoadRequest): Promise<Loaded>;
  /**
   * One round trip, one transaction: everything is written or nothing is. After StoreUnavailable the outcome is unknown:
   * append the same command again, the answer tells ('repeated' when it had been written).
   * A case of a subject whose key was destroyed since its texts were sealed is refused: decide again.
   * @throws EventTooLarge, InvalidAppend, SubjectErased, StoreUnavailable
   */
  append(request: AppendRequest): Promise<AppendOutcome>;
  /** Extends a lease that is live by the store's clock; undefined when it is not live any more. @throws StoreUnavailable */
  renewLease(request: RenewLeaseRequest): Promise<Instant | undefined>;
}

export interface CommandKey {
  /** Who asked: a person id, or the name of a service. 1 to 200 characters. */
  readonly actorId: string;
  readonly commandId: CommandId;
}

export interface LoadRequest {
  readonly organisation: OrganisationId;
  /** 0 to 200, without repeats. */
  readonly streams: readonly StreamId[];
  readonly command?: CommandKey;
}

export interface Loaded {
  /** The store's clock, in whole milliseconds: decisions about leases go by it, whatever this machine's clock says. */
  readonly now: Instant;
  /** What the command was answered before, if it was. */
  readonly command: StoredCommand | undefined;
  /** Every asked stream is here; one that does not exist, or is another organisation's, has version 0. */
  readonly streams: ReadonlyMap<StreamId, LoadedStream>;
}

export interface StoredCommand {
  /** SHA-256 of the request, 64 hex digits. */
  readonly requestHash: string;
  /** JSON text. */
  readonly answer: string;
  /** Where the command left the streams it wrote. */
  readonly streams: readonly StreamPosition[];
}

export interface StreamPosition {
  readonly streamId: StreamId;
  readonly version: number;
}

export interface LoadedStream extends StreamPosition {
  /** In order of version, from 1. */
  readonly events: readonly RecordedEvent[];
  /** Of a case stream: one for each annotator who ever claimed the case. */
  readonly claims: readonly Claim[];
}

export interface RecordedEvent {
  readonly eventId: EventId;
  readonly streamId: StreamId;
  readonly streamVersion: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAt: Instant;
  readonly metaBytes: Uint8Array;
  readonly payloadBytes: Uint8Array;
  /** 16 bytes. */
  readonly salt: Uint8Array;
  /** 32 bytes, as are the next. */
  readonly payloadHash: Uint8Array;
  readonly streamHash: Uint8Array;
}

export const claimStatuses = [
  'held',
  'submitted',
  'released',
  'expired',
  'skipped',
  'adjudicating',
  'adjudicated',
  'answeringGold',
  'answeredGold',
  'reviewing',
  'reviewed',
] as const;
/**
 * 'adjudicating' and 'reviewing' are leases of an adjudicator and a reviewer, as 'held' is that of a reader; 'adjudicated' is a vote
 * that was given, 'reviewed' that somebody has had a review before them. 'answeringGold' and 'answeredGold' are to gold what 'held'
 * and 'submitted' are to a read of the case.
 */
export type ClaimStatus = (typeof claimStatuses)[number];

export interface Claim {
  readonly caseId: CaseId;
  readonly annotatorId: AnnotatorId;
  readonly projectId: ProjectId;
  readonly claimId: ClaimId;
  /** 'held', 'adjudicating', 'answeringGold' and 'reviewing' are live only while now < leaseEndsAt. */
  readonly status: ClaimStatus;
  readonly leaseEndsAt: Instant;
}

/** Whether a claim of this status is a lease that may still be live. */
export const isLease = (status: ClaimStatus): boolean =>
  status === 'held' || status === 'adjudicating' || status === 'answeringGold' || status === 'reviewing';

export interface AppendRequest {
  readonly organisation: OrganisationId;
  readonly command: CommandKey & {
    /** SHA-256 of the request, 64 hex digits: the same command id with another request is refused. */
    readonly requestHash: string;
    /** JSON text, kept for repeats of the command; at most 64 KiB. */
    readonly answer: string;
  };
  /** 0 to 200, each stream once. Without writes the answer alone is stored. */
  readonly writes: readonly StreamWrite[];
  /** Each (case, annotator) once, and only of cases whose stream is written here. */
  readonly claims: readonly Claim[];
}

export interface StreamWrite {
  readonly streamId: StreamId;
  /** The version the decision was made on; 0 for a new stream. */
  readonly expectedVersion: number;
  /** 1 to 100. */
  readonly events: readonly EncodedEvent[];
  /**
   * Of a case stream: the claims the decision was made on, when it counted on some lease having ended. A renewal since
   * then, which no event shows, is a conflict.
   */
  readonly claimsSeen?: readonly Claim[];
}

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly streams: readonly StreamPosition[] }
  /** The same command with the same request was answered before: nothing was written. */
  | { readonly kind: 'repeated'; readonly answer: string }
  /** The same command id with another request: nothing was written. */
  | { readonly kind: 'commandMismatch' }
  /** The stream moved on, or a lease was renewed: load again and decide again. */
  | { readonly kind: 'conflict'; readonly streamId: StreamId; readonly actualVersion: number };

export interface RenewLeaseRequest {
  readonly organisation: OrganisationId;
  readonly caseId: CaseId;
  readonly annotatorId: AnnotatorId;
  readonly claimId: ClaimId;
  /** From now; 1 to 86,400,000 (a day). A lease never becomes shorter. */
  readonly leaseMs: number;
}
