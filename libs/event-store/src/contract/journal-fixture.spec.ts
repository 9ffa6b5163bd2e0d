import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { streamIdOf } from '@consilium/domain';
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
import type { AppendRequest, Claim, EventStore, StreamWrite } from '../event-store.ts';
import type { LogReader } from '../log-reader.ts';
import type { RelayLease } from '../relay/relay-lease.ts';
import type { SealStore } from '../seal-store.ts';
import type { Sequencer } from '../sequencer.ts';
import type { EncodedEvent } from '@consilium/contracts';

/** One store with everything around it, as the contract suite needs it. */
export interface Journal {
  readonly store: EventStore;
  readonly sequencer: Sequencer;
  readonly log: LogReader;
  readonly lease: RelayLease;
  readonly seals: SealStore;
}

export const newId = (): string => randomUUID();
export const newOrganisation = (): OrganisationId => newId() as OrganisationId;
export const newCaseId = (): CaseId => newId() as CaseId;
export const newCaseStream = (): StreamId => streamIdOf('case', newId());
export const newCommandId = (): CommandId => newId() as CommandId;
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

export function newEvent(type = 'somethingHappened', payload = `{"type":"${type}"}`): EncodedEvent {
  const eventId = newId() as EventId;
  return {
    eventId,
    type,
    schemaVersion: 1,
    recordedAt: 1_600_000_000_123 as Instant,
    metaBytes: Buffer.from(`{"eventId":"${eventId}"}`),
    payloadBytes: Buffer.from(payload),
    salt: randomBytes(16),
  };
}

export interface CommandParts {
  readonly organisation: OrganisationId;
  readonly writes?: readonly StreamWrite[];
  readonly claims?: readonly Claim[];
  readonly actorId?: string;
  readonly commandId?: CommandId;
  readonly request?: string;
  readonly answer?: string;
}

export const newAppend = (parts: CommandParts): AppendRequest => ({
  organisation: parts.organisation,
  command: {
    actorId: parts.actorId ?? 'someone',
    commandId: parts.commandId ?? newCommandId(),
    requestHash: sha256Hex(parts.request ?? 'a request'),
    answer: parts.answer ?? '{"kind":"accepted"}',
  },
  writes: parts.writes ?? [],
  claims: parts.claims ?? [],
});

export const newClaim = (caseId: CaseId, parts: Partial<Claim> = {}): Claim => ({
  caseId,
  annotatorId: newId() as AnnotatorId,
  projectId: newId() as ProjectId,
  claimId: newId() as ClaimId,
  status: 'held',
  leaseEndsAt: 1_890_000_000_000 as Instant,
  ...parts,
});

/** Appends one event to each stream, as the next of its version. */
export async function appendNext(
  store: EventStore,
  organisation: OrganisationId,
  ...streamIds: readonly StreamId[]
): Promise<void> {
  const { streams } = await store.load({ organisation, streams: streamIds });
  const writes = [...streams.values()].map(({ streamId, version }) => ({
    streamId,
    expectedVersion: version,
    events: [newEvent()],
  }));
  const outcome = await store.append(newAppend({ organisation, writes }));
  if (outcome.kind !== 'appended') throw new Error(`the fixture could not append: ${outcome.kind}`);
}

/** Takes the relay lease, whoever holds it, and sequences everything that can be seen. */
export async function sequenceAll({ sequencer, lease }: Journal): Promise<void> {
  const held = await lease.acquire('fixture', 0);
  if (held === undefined) throw new Error('the fixture did not get the relay lease');
  while ((await sequencer.sequence(held.epoch, 1_000)) > 0);
}
