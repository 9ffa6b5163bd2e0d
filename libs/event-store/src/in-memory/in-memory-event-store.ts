import { streamIdOf } from '@consilium/domain';
import type { Instant, OrganisationId, StreamId } from '@consilium/domain';
import { checkAppend, checkLoad, checkRenewLease } from '../check-append.ts';
import { isLease } from '../event-store.ts';
import type {
  AppendOutcome,
  AppendRequest,
  Claim,
  CommandKey,
  EventStore,
  Loaded,
  LoadedStream,
  LoadRequest,
  RecordedEvent,
  RenewLeaseRequest,
  StoredCommand,
  StreamWrite,
} from '../event-store.ts';
import { heldLeases } from '../held-leases.ts';
import { InvalidAppend } from '../store-errors.ts';
import { payloadHashOf, routeOf, streamLinkOf, streamStartOf } from '@consilium/contracts';
import type { EncodedEvent } from '@consilium/contracts';
import { InMemoryLog } from './in-memory-log.ts';

interface StreamRecord {
  readonly organisation: OrganisationId;
  readonly events: readonly RecordedEvent[];
}

export interface InMemoryOptions {
  /** The store's clock. */
  readonly now: () => Instant;
}

/**
 * The event store without a server, for tests of what is built upon it. It passes the contract suite of the real one, and
 * computes the hashes on its own, so that the suite compares two implementations of them.
 */
export class InMemoryEventStore implements EventStore {
  /** What the sequencer and the log reader of this store work on. */
  readonly log: InMemoryLog;
  readonly #options: InMemoryOptions;
  readonly #streams = new Map<StreamId, StreamRecord>();
  readonly #commands = new Map<string, StoredCommand>();
  readonly #claims = new Map<string, Claim & { readonly organisation: OrganisationId }>();
  readonly #eventIds = new Set<string>();

  constructor(options: InMemoryOptions) {
    this.#options = options;
    this.log = new InMemoryLog(options.now);
  }

  async load(request: LoadRequest): Promise<Loaded> {
    checkLoad(request);
    const { organisation, streams, command } = request;
    return {
      now: this.#options.now(),
      command: command === undefined ? undefined : this.#commands.get(commandKey(organisation, command)),
      streams: new Map(streams.map((streamId) => [streamId, this.#loadStream(organisation, streamId)])),
    };
  }

  /** Nothing is awaited between the first check and the last write, which is what a transaction comes to here. */
  async append(request: AppendRequest): Promise<AppendOutcome> {
    checkAppend(request);
    const { organisation, command, writes, claims } = request;
    const conflict = writes.find((write) => this.#isConflict(organisation, write));
    const stored = this.#commands.get(commandKey(organisation, command));
    if (stored !== undefined) {
      return stored.requestHash === command.requestHash
        ? { kind: 'repeated', answer: stored.answer }
        : { kind: 'commandMismatch' };
    }
    if (conflict !== undefined) {
      const { streamId } = conflict;
      return { kind: 'conflict', streamId, actualVersion: this.#versionFor(organisation, streamId) };
    }
    this.#refuseTakenIds(organisation, writes);
    const streams = writes.map((write) => this.#write(organisation, write));
    const { requestHash, answer } = command;
    this.#commands.set(commandKey(organisation, command), { requestHash, answer, streams });
    for (const claim of claims) this.#claims.set(claimKey(claim), { ...claim, organisation });
    return { kind: 'appended', streams };
  }

  async renewLease(request: RenewLeaseRequest): Promise<Instant | undefined> {
    checkRenewLease(request);
    const claim = this.#claims.get(claimKey(request));
    const now = this.#options.now();
    if (claim?.organisation !== request.organisation || claim.claimId !== request.claimId) return undefined;
    if (!isLease(claim.status) || claim.leaseEndsAt <= now) return undefined;
    const leaseEndsAt = Math.max(claim.leaseEndsAt, now + request.leaseMs) as Instant;
    this.#claims.set(claimKey(request), { ...claim, leaseEndsAt });
    return leaseEndsAt;
  }

  #loadStream(organisation: OrganisationId, streamId: StreamId): LoadedStream {
    const stream = this.#streams.get(streamId);
    const events = stream?.organisation === organisation ? stream.events : [];
    return { streamId, version: events.length, events, claims: this.#claimsOf(organisation, streamId) };
  }

  #claimsOf(organisation: OrganisationId, streamId: StreamId): readonly Claim[] {
    return [...this.#claims.values()]
      .filter((claim) => claim.organisation === organisation && streamIdOf('case', claim.caseId) === streamId)
      .map(({ organisation: _organisation, ...claim }) => claim);
  }

  #isConflict(organisation: OrganisationId, { streamId, expectedVersion, claimsSeen }: StreamWrite): boolean {
    if (this.#versionFor(organisation, streamId) !== expectedVersion) return true;
    return claimsSeen !== undefined && heldLeases(claimsSeen) !== heldLeases(this.#claimsOf(organisation, streamId));
  }

  #versionFor(organisation: OrganisationId, streamId: StreamId): number {
    const stream = this.#streams.get(streamId);
    return stream?.organisation === organisation ? stream.events.length : 0;
  }

  #refuseTakenIds(organisation: OrganisationId, writes: readonly StreamWrite[]): void {
    const taken = writes.some(
      ({ streamId, events }) =>
        (this.#streams.get(streamId)?.organisation ?? organisation) !== organisation ||
        events.some(({ eventId }) => this.#eventIds.has(eventId)),
    );
    if (taken) throw new InvalidAppend('an id is taken');
  }

  #write(organisation: OrganisationId, { streamId, events }: StreamWrite): { streamId: StreamId; version: number } {
    let recorded = this.#streams.get(streamId)?.events ?? [];
    const route = routeOf(streamId);
    for (const event of events) {
      const next = record(streamId, recorded, event);
      recorded = [...recorded, next];
      this.#eventIds.add(event.eventId);
      this.log.addPending({ ...next, ...route, organisation });
    }
    this.#streams.set(streamId, { organisation, events: recorded });
    return { streamId, version: recorded.length };
  }
}

function record(streamId: StreamId, earlier: readonly RecordedEvent[], event: EncodedEvent): RecordedEvent {
  const { eventId, type, schemaVersion, recordedAt, metaBytes, payloadBytes, salt } = event;
  const payloadHash = payloadHashOf(salt, payloadBytes);
  const previous = earlier.at(-1)?.streamHash ?? streamStartOf(streamId);
  return {
    eventId,
    streamId,
    streamVersion: earlier.length + 1,
    type,
    schemaVersion,
    recordedAt,
    metaBytes,
    payloadBytes,
    salt,
    payloadHash,
    streamHash: streamLinkOf(previous, payloadHash, metaBytes),
  };
}

const commandKey = (organisation: OrganisationId, { actorId, commandId }: CommandKey): string =>
  `${organisation} ${commandId} ${actorId}`;

const claimKey = ({ caseId, annotatorId }: Pick<Claim, 'caseId' | 'annotatorId'>): string => `${caseId} ${annotatorId}`;
